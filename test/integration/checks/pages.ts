import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

const PIECE = Buffer.alloc(64 * 1024, 'x');

type Page = (response: ServerResponse, request: IncomingMessage, url: URL) => unknown;

/** The pages of a site, by path. */
const PAGES: Readonly<Record<string, Page>> = {
  '/ok': response => response.end('All is well.\nversion: 2.10\n'),
  '/empty': response => response.end(),
  '/teapot': response => response.writeHead(418).end('short and stout'),
  '/login': response => response.writeHead(401, { 'www-authenticate': 'Basic' }).end('who are you?'),
  '/forbidden': response => response.writeHead(403).end('no'),
  '/moved': response => response.writeHead(301, { location: '/ok' }).end('moved'),
  '/moved-away': (response, _, url) => response.writeHead(302, { location: url.searchParams.get('to') ?? '' }).end(),
  '/moved-by': (response, _, url) =>
    response.writeHead(Number(url.searchParams.get('status')), { location: '/echo' }).end(),
  '/moved-nowhere': response => response.writeHead(302, { location: 'ftp://files.example/' }).end(),
  '/round': response => response.writeHead(307, { location: '/round' }).end(),
  '/json': response =>
    response
      .setHeader('content-type', 'application/json; charset=utf-8')
      .end('{"status":{"db":"up","queue":7,"lag":null,"ok":true},"items":[{"state":"ready"}],"version":"v2.10.1"}'),
  '/deep': response => response.end('['.repeat(40) + ']'.repeat(40)),
  '/latin': response => response.end(Buffer.from('caf\xe9 \u0007\u001b[31mred', 'latin1')),
  '/cookies': response => response.setHeader('set-cookie', ['a=1', 'b=2']).end('ok'),
  '/echo': async (response, request) => {
    const body = await textOf(request);
    response.end(JSON.stringify({ method: request.method, body, headers: request.headers }));
  },
  '/hints': response => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.end('All is well.');
  },
  '/silent': () => undefined,
  '/never-ends': response => response.write('All is well so far'),
  '/drips': response => {
    const timer = setInterval(() => response.write('.'), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/large': response => response.setHeader('content-length', 10 * 1024 * 1024).end(Buffer.alloc(10 * 1024 * 1024, 'x')),
  '/announced': response => void response.writeHead(200, { 'content-length': 10 * 1024 * 1024 }).write('x'),
  '/endless': response => {
    const pour = (): void => {
      while (!response.destroyed && response.write(PIECE));
    };
    response.on('drain', pour);
    pour();
  },
  '/whole-megabyte': response => response.end(`${'x'.repeat(1024 * 1024 - 6)}status`),
  '/crumbs': response => {
    response.socket?.setNoDelay(true);
    const crumble = (): void => {
      for (let count = 0; count < 200; count++) response.write('x');
      if (!response.destroyed) setImmediate(crumble);
    };
    crumble();
  },
  '/packed': response => response.setHeader('content-encoding', 'gzip').end(gzipSync('All is well.')),
  '/cut': response => {
    response.writeHead(200, { 'content-length': 100 }).write('half of');
    setImmediate(() => response.destroy());
  },
  '/large-headers': response => response.setHeader('x-large', 'x'.repeat(64 * 1024)).end('ok'),
};

/** A site with all of these pages. */
export const site: RequestListener = (request, response) => {
  const url = new URL(request.url ?? '/', 'http://site');
  const page = PAGES[url.pathname];
  if (page === undefined) response.writeHead(404).end('There is no such page.');
  else page(response, request, url);
};

/** Serves it without a limit for headers of its own. */
export const siteServer = (): ReturnType<typeof createServer> => createServer({ keepAliveTimeout: 60_000 }, site);

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
