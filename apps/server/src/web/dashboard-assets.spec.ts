import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../http/access/refusal.ts';
import { dashboardAssets } from './dashboard-assets.ts';

const SCRIPT = 'console.log("a script of the build");'.repeat(40);
const INDEX =
  '<!doctype html><head><meta name="csp-nonce" content="__CSP_NONCE__"><title>distomon</title></head><body></body>';
const PAGE_FILES = {
  '/events': { files: ['/assets/events-abc.js'], reads: [] },
  '/machines/$network/$machine': {
    files: ['/assets/machine-abc.js', '/assets/machine-abc.css'],
    reads: ['/api/v1/networks', '/api/v1/networks/$network/machines/$machine'],
  },
};
const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';

let directory = '';
let app: express.Express;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'dashboard-'));
  build(directory);
  app = appServing(directory);
});

afterAll(() => rmSync(directory, { recursive: true }));

function build(target: string): void {
  mkdirSync(join(target, 'assets'), { recursive: true });
  writeFileSync(join(target, 'page-files.json'), JSON.stringify(PAGE_FILES));
  writeFileSync(join(target, 'index.html'), INDEX);
  writeFileSync(join(target, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(target, 'assets/index-abc.js'), SCRIPT);
  writeFileSync(join(target, 'assets/index-abc.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(target, 'assets/index-abc.js.gz'), gzipSync(SCRIPT));
}

const nobodyIsRefused = (): Promise<null> => Promise.resolve(null);

function appServing(target: string, refusalOf: () => Promise<Refusal | null> = nobodyIsRefused): express.Express {
  const created = express();
  created.use(dashboardAssets(target, refusalOf));
  created.use((asked, response) => {
    response.status(418).json({ passedOn: asked.path });
  });
  return created;
}

describe('what is answered by whom', () => {
  it.each([
    ['GET', '/', HTML, 200, 'text/html'],
    ['HEAD', '/', HTML, 200, 'text/html'],
    ['GET', '/index.html', HTML, 200, 'text/html'],
    ['GET', '/machines/acme/db-1', HTML, 200, 'text/html'],
    ['GET', '/machines/acme/db.example.org', HTML, 200, 'text/html'],
    ['GET', '/machines/acme/db.js', '*/*', 404, 'application/problem+json'],
    ['GET', '/nowhere', HTML, 404, 'text/html'],
    ['HEAD', '/nowhere', HTML, 404, 'text/html'],
    ['GET', '/favicon.svg', '*/*', 200, 'image/svg+xml'],
    ['GET', '/assets/index-abc.js', '*/*', 200, 'text/javascript'],
    ['GET', '/assets/gone.js', HTML, 404, 'application/problem+json'],
    ['GET', '/assets/gone', HTML, 404, 'application/problem+json'],
    ['GET', '/assets/index-abc.js.br', '*/*', 404, 'application/problem+json'],
    ['GET', '/page-files.json', '*/*', 404, 'application/problem+json'],
    ['GET', '/gone.png', HTML, 404, 'application/problem+json'],
    ['GET', '/machines', 'application/json', 404, 'application/problem+json'],
    ['GET', '/machines', '*/*', 404, 'application/problem+json'],
    ['GET', '/assets/../../etc/passwd', '*/*', 404, 'application/problem+json'],
    ['GET', '/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd', '*/*', 404, 'application/problem+json'],
    ['POST', '/machines', HTML, 418, 'application/json'],
    ['GET', '/api', HTML, 418, 'application/json'],
    ['GET', '/api/v1/nope', HTML, 418, 'application/json'],
    ['GET', '/healthz', HTML, 418, 'application/json'],
    ['GET', '/readyz', HTML, 418, 'application/json'],
    ['GET', '/metrics', HTML, 418, 'application/json'],
    ['GET', '/metrics-explained', HTML, 404, 'text/html'],
  ] as const)('%s %s asked for as %s is a %i %s', async (method, path, accept, status, type) => {
    const agent = request(app);
    const answer = await agent[method.toLowerCase() as 'get'](path).set('Accept', accept);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain(type);
  });

  it('a missing file is a problem with a stable code', async () => {
    const answer = await request(app).get('/assets/gone.js');
    expect(JSON.parse(answer.text)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});

describe('who may see a page', () => {
  const refusing = (location: string | null): express.Express =>
    appServing(directory, () => Promise.resolve(new Refusal(401, 'NOT_SIGNED_IN', 'Nobody is signed in.', location)));

  it('is asked before a page is sent: a browser goes to sign in, and nothing is kept', async () => {
    const answer = await request(refusing('/sign-in?next=%2F')).get('/').set('Accept', HTML);
    expect([answer.status, answer.headers['location']]).toEqual([303, '/sign-in?next=%2F']);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.text).not.toContain('distomon');
  });

  it('and what is no browser is told so', async () => {
    const answer = await request(refusing(null)).get('/').set('Accept', HTML);
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'NOT_SIGNED_IN' });
  });

  it.each([
    ['/assets/index-abc.js', 200],
    ['/favicon.svg', 200],
    ['/assets/gone.js', 404],
    ['/api/v1/info', 418],
  ])('does not matter for %s', async (path, status) => {
    const answer = await request(refusing('/sign-in')).get(path);
    expect(answer.status).toBe(status);
  });
});

describe('what a page needs', () => {
  const FILES = ['modulepreload /assets/machine-abc.js', 'preload /assets/machine-abc.css'];
  const linksOf = async (path: string): Promise<string[]> => {
    const { text } = await request(app).get(path).set('Accept', HTML);
    const links = text
      .slice(0, text.indexOf('</head>'))
      .matchAll(/<link rel="(\w+)"[^>]* crossorigin href="([^"]+)">/g);
    return Array.from(links, ([, rel, href]) => `${rel} ${href}`);
  };

  it('is named in its head, its files and what it reads', async () => {
    const reads = ['preload /api/v1/networks', 'preload /api/v1/networks/acme/machines/db.example.org'];
    expect(await linksOf('/machines/acme/db.example.org')).toEqual([...FILES, ...reads]);
  });

  it.each(['/machines/acme/&quot;', "/machines/'/db-1", '/machines/acme/%64b', '/machines/acme/..db'])(
    'is only its files where the address has what no name has: %s',
    async path => {
      expect(await linksOf(path)).toEqual(FILES);
    },
  );

  it('are its own files', async () => {
    expect(await linksOf('/events')).toEqual(['modulepreload /assets/events-abc.js']);
  });

  it('has no part in the nonce', async () => {
    const { text } = await request(app).get('/machines/acme/__CSP_NONCE__').set('Accept', HTML);
    expect(text).not.toMatch(/<link[^>]*machines\/acme/);
    const named = await request(app).get('/machines/acme/a__CSP_NONCE__').set('Accept', HTML);
    expect(named.text).toContain('/machines/a__CSP_NONCE__"');
  });

  it.each(['/', '/index.html', '/nowhere'])('is nothing for %s', async path => {
    expect(await linksOf(path)).toEqual([]);
  });
});

describe('encodings', () => {
  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
    ['zstd', undefined],
  ])('a browser that accepts %s gets %s, and the same bytes', async (accepted, encoding) => {
    const answer = await request(app).get('/assets/index-abc.js').set('Accept-Encoding', accepted);
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers['vary']).toBe('Accept-Encoding');
    expect(answer.text).toBe(SCRIPT);
  });

  it('a file without compressed copies is sent as it is', async () => {
    const answer = await request(app).get('/favicon.svg').set('Accept-Encoding', 'br, gzip');
    expect(answer.headers['content-encoding']).toBeUndefined();
  });
});

describe('caching', () => {
  it('a file with its hash in the name is kept for ever, any other is asked for again', async () => {
    const hashed = await request(app).get('/assets/index-abc.js');
    const plain = await request(app).get('/favicon.svg');
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
  });

  it('a file that the browser has is not sent again, in the same encoding only', async () => {
    const first = await request(app).get('/assets/index-abc.js').set('Accept-Encoding', 'br');
    const tag = String(first.headers['etag']);
    const again = await request(app).get('/assets/index-abc.js').set({ 'Accept-Encoding': 'br', 'If-None-Match': tag });
    const other = await request(app)
      .get('/assets/index-abc.js')
      .set({ 'Accept-Encoding': 'gzip', 'If-None-Match': tag });
    expect([again.status, again.text]).toEqual([304, '']);
    expect(other.status).toBe(200);
  });

  it('the page is never kept without asking, and has no tag, because no two answers are the same', async () => {
    const answer = await request(app).get('/').set('Accept', HTML);
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['etag']).toBeUndefined();
  });
});

describe('the content security policy', () => {
  it('lets styles through by a nonce that is in the page and different each time', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => request(app).get('/').set('Accept', HTML)));
    const nonces = [one, two].map(answer => /content="([^"]+)"/.exec(answer?.text ?? '')?.[1] ?? '');
    expect(nonces[0]).toMatch(/^[\w+/]{22}==$/);
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(one?.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonces[0]}'`);
  });

  it.each(['/', '/favicon.svg', '/assets/gone.js'])(
    '%s allows no inline script, no frame and no guessing of types',
    async path => {
      const { headers } = await request(app).get(path).set('Accept', HTML);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default");
      expect(policy).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('same-origin');
    },
  );
});

describe('a dashboard that is not built', () => {
  it('says so, and is found as soon as it is there, without a restart', async () => {
    const later = join(directory, 'later');
    const waiting = appServing(later);
    const before = await request(waiting).get('/').set('Accept', HTML);
    const api = await request(waiting).get('/api/v1/info');
    build(later);
    const after = await request(waiting).get('/').set('Accept', HTML);
    expect([before.status, api.status, after.status]).toEqual([503, 418, 200]);
    expect(before.text).toContain('npm run build');
  });
});
