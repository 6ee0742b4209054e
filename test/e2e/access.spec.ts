import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, type DisposableDatabase } from '../support/services.ts';
import { ADMIN } from '../support/sign-in.ts';
import { ask, type Reply } from './ask.ts';
import { documentedRoutes, filled, nameOf } from './documented-routes.ts';
import { COOKIE, People, sessionIn, type Person } from './people.ts';

const NETWORK = 'network_id: acme\nversion: 1\nmachines:\n  - { name: web-1, netdata: "http://127.0.0.1:9" }\n';
const HISTORY = '/api/v1/networks/acme/machines/web-1/metrics?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z';
/** What stands in paths and queries where something is to be named. */
const VALUES = {
  network: 'acme',
  machine: 'web-1',
  service: 'shop',
  metric: 'cpu',
  machines: 'web-1',
  user: '1',
  session: '00000000-0000-4000-8000-000000000000',
  token: '00000000-0000-4000-8000-000000000000',
};
/** Streams, which end when they are left, and what leads elsewhere. */
const ANSWERS_OTHERWISE = /\/live$|\/google/;

let database: DisposableDatabase;
beforeAll(async () => {
  database = await createDatabase(databases()[0]?.url ?? '');
});
afterAll(() => database?.drop());

describe('one server', () => {
  let server: ServerProcess;
  let people: People;
  let user: Person;
  const asAdmin = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> =>
    ask(server.url, { path, headers: { cookie: people.admin.cookie, ...headers } });

  beforeAll(async () => {
    server = await ServerProcess.create({ DATABASE_URL: database.url, RATE_LIMIT: '0' });
    await server.network(NETWORK);
    await server.start();
    people = await People.of(server.url);
    user = await people.invite({ role: 'user' });
  });
  afterAll(() => server?.dispose());

  test('does nothing of what another site asks for in the name of an admin, by any route', async () => {
    const headers = { cookie: people.admin.cookie, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const changing = (await documentedRoutes(server.url, people.admin.cookie)).filter(({ method }) => method !== 'GET');
    expect(changing.length).toBeGreaterThan(10);
    const done: string[] = [];
    for (const route of changing) {
      const { status, code } = await ask(server.url, {
        method: route.method,
        path: filled(route, VALUES),
        headers,
        body: {},
      });
      if (status !== 403 || code !== 'CROSS_ORIGIN') done.push(`${nameOf(route)}: ${status} ${code}`);
    }
    expect(done).toEqual([]);
  });

  test('knows nobody by a cookie of which any one letter is another', async () => {
    const value = user.cookie.slice(COOKIE.length + 1);
    const known: number[] = [];
    for (const place of Array.from(value, (_letter, index) => index)) {
      const other = value[place] === 'A' ? 'B' : 'A';
      const cookie = `${COOKIE}=${value.slice(0, place)}${other}${value.slice(place + 1)}`;
      const { status } = await ask(server.url, { path: '/api/v1/networks', headers: { cookie } });
      if (status !== 401) known.push(place);
    }
    expect([value.length, known]).toEqual([43, []]);
  });

  test('lets nothing be kept for the next who uses the same browser', async () => {
    const kept: string[] = [];
    const routes = await documentedRoutes(server.url, people.admin.cookie);
    const read = routes.filter(({ method, path }) => method === 'GET' && path.startsWith('/api/'));
    for (const route of read.filter(({ path }) => !ANSWERS_OTHERWISE.test(path))) {
      const { headers } = await asAdmin(filled(route, VALUES));
      const said = headers['cache-control'] ?? '';
      if (said !== 'no-store' && !said.startsWith('private, ')) kept.push(`${nameOf(route)}: "${said}"`);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    }
    expect(kept).toEqual([]);
  });

  test('tells who has a history already that it is the same, and only who may see it', async () => {
    const { headers } = await asAdmin(HISTORY);
    expect(headers.vary).toBe('Accept, Authorization, Cookie');
    const known = { 'if-none-match': headers.etag ?? '' };
    const [admin, ofUser, nobody] = await Promise.all([
      asAdmin(HISTORY, known),
      ask(server.url, { path: HISTORY, headers: { cookie: user.cookie, ...known } }),
      ask(server.url, { path: HISTORY, headers: known }),
    ]);
    expect([admin.status, ofUser.status, nobody.status]).toEqual([304, 403, 401]);
  });

  test('says in its document by what one is known, and how one is refused', async () => {
    const { body } = await asAdmin('/api/openapi.json');
    const { components, paths } = body as {
      components: { securitySchemes: unknown };
      paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>>;
    };
    expect(components.securitySchemes).toMatchObject({
      session: { type: 'apiKey', in: 'cookie', name: COOKIE },
      token: { type: 'http', scheme: 'bearer' },
    });
    const login = paths['/api/v1/auth/login']?.['post']?.responses ?? {};
    expect(login['401']?.description).toBe('SIGN_IN_FAILED');
    expect(login['429']?.description).toContain('TOO_MANY_REQUESTS');
    expect(paths['/api/v1/users']?.['get']?.responses['403']?.description).toBe('FORBIDDEN');
  });
});

/** A way in at one address, and from where. */
interface Way {
  readonly port: number;
  readonly localAddress: string;
}

/** What a proxy of this machine does: it adds who asks to what it was told, and passes everything on. */
async function startProxy(socketPath: string, port: number): Promise<Server> {
  const proxy = createServer((asked, answer) => void pass(asked, answer, socketPath)).listen(port, '127.0.0.1');
  await once(proxy, 'listening');
  return proxy;
}

/** Whole and over a connection of its own: what is written piece by piece may meet a server that has answered already. */
async function pass(asked: IncomingMessage, answer: ServerResponse, socketPath: string): Promise<void> {
  const { method, url, socket } = asked;
  const forwarded = [asked.headers['x-forwarded-for'], socket.remoteAddress].filter(part => part !== undefined);
  const headers = { ...asked.headers, 'x-forwarded-for': forwarded.join(', ') };
  const body = Buffer.concat(await asked.toArray());
  request({ socketPath, method, path: url, headers, agent: false }, got => {
    answer.writeHead(got.statusCode ?? 502, got.headers);
    got.pipe(answer);
  })
    .on('error', () => answer.writeHead(502).end())
    .end(body);
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** A request over TCP from a given address, or over a UNIX socket. */
async function send(
  way: Way | { readonly socketPath: string },
  method: string,
  path: string,
  options: { readonly headers?: Record<string, string>; readonly body?: unknown } = {},
): Promise<Answered> {
  const headers = { host: '127.0.0.1', 'content-type': 'application/json', ...options.headers };
  const asked = request({
    ...('port' in way ? { host: '127.0.0.1', ...way } : way),
    method,
    path,
    headers,
    agent: false,
  });
  asked.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const text = (await answer.toArray()).join('');
  const isJson = (answer.headers['content-type'] ?? '').includes('json');
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

describe('at a UNIX socket, behind one proxy', () => {
  let directory: string;
  let socketPath: string;
  let server: ServerProcess;
  let proxy: Server;
  let way: Way;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'access-'));
    socketPath = join(directory, 'd.sock');
    server = await ServerProcess.create({
      DATABASE_URL: database.url,
      LISTEN: socketPath,
      HOST: '',
      PORT: '',
      RATE_LIMIT: '0',
    });
    await server.network(NETWORK);
    way = { port: Number(new URL(server.url).port), localAddress: '127.0.0.5' };
    proxy = await startProxy(socketPath, way.port);
    await server.start();
  });
  afterAll(async () => {
    proxy?.closeAllConnections();
    proxy?.close();
    await server?.dispose();
    await rm(directory, { recursive: true, force: true });
  });

  /** From where the session was begun that signing in over this way has begun, as its owner sees it. */
  async function addressSeen(
    over: Way | { readonly socketPath: string },
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const begun = await send(over, 'POST', '/api/v1/auth/login', { headers, body: ADMIN });
    expect(begun.status).toBe(200);
    const line = begun.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const listed = await send(over, 'GET', '/api/v1/sessions', { headers: { ...headers, cookie: line } });
    const items = listed.body['items'] as { current: boolean; address: string }[];
    return items.find(({ current }) => current)?.address;
  }

  test('a client is known by its own address', async () => {
    expect(await addressSeen(way)).toBe('127.0.0.5');
  });

  test.each(['203.0.113.9', '127.0.0.1', '203.0.113.9, 198.51.100.1', 'unknown', '::1'])(
    'a client that says it is %s is known by its own address',
    async forged => {
      expect(await addressSeen(way, { 'x-forwarded-for': forged })).toBe('127.0.0.5');
    },
  );

  test('who says nothing of himself has no address, and is counted all the same', async () => {
    expect(await addressSeen({ socketPath })).toBe('unknown');
  });

  test('wrong passwords of one address keep no other address out', async () => {
    const guess = (localAddress: string): Promise<Answered> =>
      send({ ...way, localAddress }, 'POST', '/api/v1/auth/login', {
        body: { ...ADMIN, password: 'a wrong password' },
      });
    const statuses = new Set<number>();
    for (let i = 0; i < 12; i += 1) statuses.add((await guess('127.0.0.6')).status);
    expect(statuses).toEqual(new Set([401, 429]));
    expect((await guess('127.0.0.7')).status).toBe(401);
  });

  test.each([
    ['through the proxy', () => way],
    ['at the socket', () => ({ socketPath })],
  ])('nobody is this machine itself: /metrics %s takes a token', async (_what, over) => {
    expect((await send(over(), 'GET', '/metrics')).status).toBe(401);
  });
});

describe('behind a proxy that says nothing of itself', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.create({ DATABASE_URL: database.url, PUBLIC_URL: 'https://status.example.org' });
    await server.network(NETWORK);
    await server.start();
  });
  afterAll(() => server?.dispose());

  test('nobody is this machine itself: /metrics takes a token', async () => {
    expect((await ask(server.url, { path: '/metrics' })).status).toBe(401);
  });

  test('the log says once what to set', () => {
    expect(server.log.join('\n').match(/Set TRUST_PROXY to the number of proxies in front/g)).toHaveLength(1);
  });
});

describe('two processes that share a database', () => {
  const LIMIT = 25;
  const servers: ServerProcess[] = [];

  beforeAll(async () => {
    for (const PROCESS_LABEL of ['front', 'back']) {
      const server = await ServerProcess.create({
        DATABASE_URL: database.url,
        RATE_LIMIT: String(LIMIT),
        PROCESS_LABEL,
      });
      servers.push(server);
      await server.network(NETWORK);
      await server.start();
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.dispose();
  });

  test('count what one account asks together, and nobody else with it', async () => {
    const urls = servers.map(({ url }) => url);
    const [front = '', back = ''] = urls;
    const begun = await ask(front, { method: 'POST', path: '/api/v1/auth/login', body: ADMIN });
    const headers = { cookie: sessionIn(begun) };
    const replies: Reply[] = [];
    for (let i = 0; i < 2 * LIMIT; i += 1) {
      replies.push(await ask(urls[i % 2] ?? '', { path: '/api/v1/networks', headers }));
    }
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(LIMIT);
    const last = replies.slice(-2);
    expect(last.map(({ code }) => code)).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
    for (const reply of last) {
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(reply.headers['retry-after'])).toBeLessThanOrEqual(60);
      expect(reply.type).toContain('application/problem+json');
    }
    const nobody = await Promise.all(urls.map(url => ask(url, { path: '/api/v1/auth/session' })));
    expect(nobody.map(({ status }) => status)).toEqual([200, 200]);
    const alive = await Promise.all(['/healthz', '/readyz', '/favicon.svg'].map(path => ask(back, { path, headers })));
    expect(alive.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});
