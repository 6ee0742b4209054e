import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { type Page, pageOf } from '../http/access/page-rules.ts';
import { sendRefusal } from '../http/access/pages.ts';
import type { Refusal } from '../http/access/refusal.ts';
import { decideAnswer } from './decide-answer.ts';
import { linksFor } from './page-links.ts';
import { type Asset, type Dashboard, ENCODINGS, readDashboard } from './read-assets.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** Stands in index.html where each response gets a nonce of its own. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';
/** The build puts a hash of the content into the names below /assets/, so such a file never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'public, max-age=0, must-revalidate';

const NOT_BUILT_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>distomon: the dashboard is not built</title></head>
<body><h1>The dashboard is not built</h1><p>distomon runs, and its API answers at <a href="/api/docs">/api/docs</a>.
Build the dashboard with <code>npm run build</code>, then load this page again.</p></body></html>
`;

/**
 * Serves the built dashboard. To be registered before the API's router: it passes on what is not a page or a file of
 * the dashboard. A path that nobody has is answered with a problem document (RFC 9457), never with index.html.
 *
 * @param directory where the build lies; it is read into memory once. When there is none, that is said with 503, and the
 * directory is looked at again with each request.
 * @param refusalOf why a page is not shown to whoever asks; `null`: it is
 */
export function dashboardAssets(
  directory: string,
  refusalOf: (request: Request) => Promise<Refusal | null>,
): RequestHandler {
  let dashboard = readDashboard(directory);
  return async (request, response, next) => {
    dashboard ??= readDashboard(directory);
    const asset = dashboard?.assets.get(request.path);
    const page = pageOf(request.path);
    const answer = decideAnswer({
      method: request.method,
      path: request.path,
      acceptsHtml: acceptsHtml(request),
      isAsset: asset !== undefined,
      isPage: page !== null,
    });
    if (answer === 'pass') return next();
    if (asset !== undefined && answer === 'asset') return sendAsset(request, response, asset);
    if (answer === 'missing') return sendMissing(response);
    const refusal = await refusalOf(request);
    if (refusal !== null) return sendRefusal(response, refusal);
    if (dashboard === null) return sendNotBuilt(response);
    sendPage(response.status(answer === 'page' ? 200 : 404), dashboard, page);
  };
}

/** Whether html was named: `*\/*` is what programs send that did not think about it. */
function acceptsHtml(request: Request): boolean {
  return request.get('accept')?.includes('text/html') ?? false;
}

function sendPage(response: Response, { index, pages }: Dashboard, page: Page | null): void {
  const nonce = randomBytes(16).toString('base64');
  setSecurityHeaders(response, nonce);
  // No tag: with its nonce, no two answers are the same. express would add a weak one to a string it sends itself.
  response.set({ 'Cache-Control': 'no-cache', 'Content-Type': 'text/html; charset=utf-8' });
  const links = page === null ? '' : linksFor(page, pages[page.pattern]);
  response.end(index.replaceAll(NONCE_PLACEHOLDER, nonce).replace('</head>', () => `${links}</head>`));
}

function sendAsset(request: Request, response: Response, asset: Asset): void {
  const accepted = request.acceptsEncodings(...ENCODINGS);
  const encoding = ENCODINGS.find(known => known === accepted && asset.encoded[known] !== undefined);
  const body = (encoding === undefined ? undefined : asset.encoded[encoding]) ?? asset.body;
  setSecurityHeaders(response, null);
  response.set({
    'Cache-Control': request.path.startsWith('/assets/') ? FOR_EVER : ASK_AGAIN,
    'Content-Type': asset.contentType,
    ETag: `"${asset.tag}${encoding === undefined ? '' : `-${encoding}`}"`,
    Vary: 'Accept-Encoding',
  });
  if (encoding !== undefined) response.set('Content-Encoding', encoding);
  if (request.fresh) {
    response.removeHeader('Content-Encoding');
    response.status(304).end();
    return;
  }
  response.set('Content-Length', String(body.length));
  response.end(request.method === 'HEAD' ? undefined : body);
}

function sendMissing(response: Response): void {
  const problem = {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'There is nothing at this path.',
    code: 'NOT_FOUND',
  };
  setSecurityHeaders(response, null);
  response.status(404).set({ 'Cache-Control': 'no-store', 'Content-Type': 'application/problem+json; charset=utf-8' });
  response.end(JSON.stringify(problem));
}

function sendNotBuilt(response: Response): void {
  setSecurityHeaders(response, null);
  response.status(503).set({ 'Cache-Control': 'no-store', 'Content-Type': 'text/html; charset=utf-8' });
  response.end(NOT_BUILT_PAGE);
}
