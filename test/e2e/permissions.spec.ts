import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERMISSION_NAMES, type AccessRule } from '#auth';
import { routesOf } from '../architecture/access.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, type DisposableDatabase } from '../support/services.ts';
import { ask, type Reply } from './ask.ts';
import {
  askAs,
  bySession,
  byToken,
  CALLERS,
  expectedOutcome,
  limitedPermissionsOfRole,
  outcomeOf,
  permissionsOfRole,
  type Caller,
} from './callers.ts';
import { documentedRoutes, filled, nameOf, type DocumentedRoute } from './documented-routes.ts';
import { People, type Person, type Token } from './people.ts';

/** What everybody may call, and what a user may. Everything else takes an admin or is about one's own account. */
const PUBLIC = [
  'GET /healthz',
  'GET /readyz',
  'GET /api/v1/auth/session',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/logout',
  'POST /api/v1/auth/link',
  'POST /api/v1/auth/link/check',
  'POST /api/v1/setup',
  'GET /api/v1/auth/google',
  'GET /api/v1/auth/google/callback',
];
const OF_THE_PRESENT = [
  'GET /api/v1/info',
  'GET /api/v1/live',
  'GET /api/v1/networks',
  'GET /api/v1/networks/{network}/machines',
  'GET /api/v1/networks/{network}/machines/{machine}',
  'GET /api/v1/networks/{network}/machines/{machine}/devices',
  'GET /api/v1/networks/{network}/services',
  'GET /api/v1/networks/{network}/services/{service}',
];
const VALUES = { network: 'acme', machine: 'web-1', machines: 'web-1', service: 'shop', metric: 'cpu' };

let database: DisposableDatabase;
let server: ServerProcess;
let people: People;
let routes: readonly DocumentedRoute[];
let bystander: Person;
let bystandersToken: Token;

const networkText = (network: string, machine: string, service: string): string => `network_id: ${network}
version: 1
machines:
  - { name: ${machine}, netdata: "http://127.0.0.1:9" }
monitors:
  - { name: ${service}, kind: tcp, host: 127.0.0.1, port: 9, interval: 1h }
`;

beforeAll(async () => {
  database = await createDatabase(databases()[0]?.url ?? '');
  server = await ServerProcess.create({ DATABASE_URL: database.url, RATE_LIMIT: '0' });
  await server.network(networkText('acme', 'web-1', 'shop'));
  await server.network(networkText('zeta', 'zeta-db', 'zeta-shop'));
  await server.start();
  people = await People.of(server.url);
  routes = await documentedRoutes(server.url, people.admin.cookie);
  bystander = await people.invite({ role: 'user' });
  bystandersToken = await people.token(bystander, ['metrics:read']);
});
afterAll(async () => {
  await server?.dispose();
  await database?.drop();
});

const withRule = (...rules: readonly AccessRule[]): string[] =>
  routes.filter(({ rule }) => rule !== undefined && rules.includes(rule)).map(nameOf);

describe('the API document', () => {
  test('names every route of the sources, and no other', () => {
    const files = globSync('apps/server/src/**/*.controller.ts');
    const ofSources = files.flatMap(file => routesOf(file, readFileSync(file, 'utf8')).map(({ name }) => name));
    expect(routes.map(nameOf).toSorted()).toEqual(ofSources.map(String).toSorted());
    expect(routes.length).toBeGreaterThan(30);
  });

  test('says of each route who may use it', () => {
    expect(routes.filter(({ rule }) => rule === undefined).map(nameOf)).toEqual([]);
  });

  test('and by what', () => {
    const securityOf = (rule: AccessRule | undefined): unknown =>
      rule === 'public' ? [] : rule === 'own-account' ? [{ session: [] }] : [{ session: [] }, { token: [] }];
    const wrong = routes.filter(({ rule, security }) => JSON.stringify(security) !== JSON.stringify(securityOf(rule)));
    expect(wrong.map(nameOf)).toEqual([]);
  });

  test('opens to everybody what signing in needs, and to users the present: nothing else', () => {
    expect(withRule('public').toSorted()).toEqual(PUBLIC.toSorted());
    expect(withRule('metrics:read').toSorted()).toEqual(OF_THE_PRESENT.toSorted());
    const forOneself = withRule('own-account').filter(name => !/\/(sessions|tokens|auth\/password)\b/.test(name));
    expect(forOneself).toEqual([]);
  });

  test('has a route for every permission', () => {
    expect(PERMISSION_NAMES.filter(permission => withRule(permission).length === 0)).toEqual([]);
  });
});

/** Something that may be destroyed by whoever is let through, or what has to be there still after he was not. */
async function victimsFor(route: DocumentedRoute, owner: Person | null): Promise<Record<string, string>> {
  if (owner === null || route.method === 'GET') {
    const session = '00000000-0000-4000-8000-000000000000';
    return { ...VALUES, user: String(bystander.accountId), token: bystandersToken.id, session };
  }
  const values: Record<string, string> = { ...VALUES };
  if (route.path.includes('{user}')) {
    const email = `victim-${crypto.randomUUID()}@acme.example`;
    const { body } = await people.does({ method: 'POST', path: '/api/v1/users', body: { email, role: 'user' } });
    values['user'] = String((body['user'] as { id: number }).id);
  }
  if (route.path.includes('{machine}')) {
    const machine = { name: `victim-${crypto.randomUUID().slice(0, 8)}`, netdata: 'http://127.0.0.1:9' };
    await people.does({ method: 'POST', path: '/api/v1/networks/acme/machines', body: { machines: [machine] } });
    values['machine'] = machine.name;
  }
  if (route.path.includes('{token}')) {
    const own = await people.signIn(owner);
    values['token'] = (await people.token(own, ['metrics:read'])).id;
  }
  if (route.path.includes('{session}')) {
    const other = await people.signIn(owner);
    const { body } = await people.does({ path: '/api/v1/sessions' }, other);
    const items = body['items'] as { id: string; current: boolean }[];
    values['session'] = items.find(({ current }) => current)?.id ?? '';
  }
  return values;
}

async function call(caller: Caller, route: DocumentedRoute): Promise<Reply> {
  const isLetThrough = route.rule !== undefined && expectedOutcome(route.rule, caller) === 'let through';
  const values = await victimsFor(route, isLetThrough ? caller.owner : null);
  const body = ['POST', 'PUT', 'PATCH'].includes(route.method) ? { body: {} } : {};
  return askAs(caller, server.url, { method: route.method, path: filled(route, values), ...body });
}

/** What came of a request by what should have: nothing when they are the same. */
function difference(route: DocumentedRoute, caller: Caller, reply: Reply): string[] {
  const expected = route.rule === undefined ? 'a declared permission' : expectedOutcome(route.rule, caller);
  const outcome = outcomeOf(reply);
  if (outcome !== expected) return [`${nameOf(route)}: ${outcome} (${reply.status}), not ${expected}`];
  return outcome === 'let through' ? [] : wrongRefusal(route, reply).map(wrong => `${nameOf(route)}: ${wrong}`);
}

/** What of a refusal does not say what it has to. */
function wrongRefusal({ rule }: DocumentedRoute, reply: Reply): string[] {
  const { detail } = reply.body as { detail?: string };
  const facts = {
    'is no problem document': reply.type.includes('application/problem+json'),
    'does not say how to sign in': reply.status !== 401 || reply.headers['www-authenticate'] === 'Bearer',
    'does not name the permission': reply.code !== 'FORBIDDEN' || detail?.includes(String(rule)) === true,
    'may be kept': /no-store|no-cache|private/.test(reply.headers['cache-control'] ?? ''),
  };
  return Object.entries(facts).flatMap(([wrong, isRight]) => (isRight ? [] : [wrong]));
}

describe.each(Object.keys(CALLERS))('%s', name => {
  let caller: Caller;
  beforeAll(async () => {
    caller = (await CALLERS[name]?.(people, database.url)) as Caller;
  });

  test('is let in where the table of permissions says so, and nowhere else', async () => {
    const differences: string[] = [];
    for (const route of routes) differences.push(...difference(route, caller, await call(caller, route)));
    expect(differences).toEqual([]);
  });

  test('is answered to HEAD as to GET', async () => {
    const differences: string[] = [];
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      const path = filled(route, await victimsFor(route, null));
      const [head, get] = [
        await askAs(caller, server.url, { method: 'HEAD', path }),
        await askAs(caller, server.url, { method: 'GET', path }),
      ];
      if (head.status !== get.status || head.text !== '')
        differences.push(`${nameOf(route)}: ${head.status}, not ${get.status}`);
    }
    expect(differences).toEqual([]);
  });
});

describe('what was refused', () => {
  test('changed nothing', async () => {
    const { body } = await people.does({ path: `/api/v1/users/${bystander.accountId}` });
    expect(body).toMatchObject({ id: bystander.accountId, role: 'user', status: 'active' });
    const { status } = await ask(server.url, {
      path: '/api/v1/networks',
      headers: { authorization: `Bearer ${bystandersToken.secret}` },
    });
    expect(status).toBe(200);
    await people.does({ path: '/api/v1/networks' }, bystander);
  });

  test('is refused by every method that no route has', async () => {
    const known = new Set(routes.map(nameOf));
    const paths = [...new Set(routes.map(({ path }) => path))];
    const others = paths.flatMap(path =>
      ['POST', 'PUT', 'PATCH', 'DELETE'].map(method => ({
        method,
        path,
        parameters: [],
        security: [],
        rule: undefined,
      })),
    );
    const served: string[] = [];
    for (const route of others.filter(one => !known.has(nameOf(one)))) {
      const path = filled(route, await victimsFor(route, null));
      const { status } = await ask(server.url, {
        method: route.method,
        path,
        headers: { cookie: people.admin.cookie },
      });
      if (![404, 405].includes(status)) served.push(`${nameOf(route)}: ${status}`);
    }
    expect(served).toEqual([]);
  });

  test('is no way around: a path written otherwise', async () => {
    const path = '/api/v1/networks/acme/machines/web-1/metrics';
    const ways = [
      path.toUpperCase(),
      `${path}/`,
      `/${path}`,
      path.replace('metrics', '%6detrics'),
      path.replace('/machines', '//machines'),
      path.replace('/web-1', '/./web-1'),
      `${path}?_method=GET`,
      `http://127.0.0.1${path}`,
    ];
    const answers: string[] = [];
    for (const way of ways) {
      for (const cookie of ['', bystander.cookie]) {
        const reply = await ask(server.url, { path: way, headers: { cookie } });
        if (![401, 403, 404].includes(reply.status)) answers.push(`${way}: ${reply.status}`);
      }
    }
    expect(answers).toEqual([]);
  });

  test.each(['x-http-method-override', 'x-original-url', 'x-rewrite-url', 'x-forwarded-prefix'])(
    'is no way around: the header %s',
    async header => {
      const headers = { cookie: bystander.cookie, [header]: '/healthz' };
      const { status } = await ask(server.url, { path: '/api/v1/users', headers });
      expect(status).toBe(403);
    },
  );
});

describe('what is not in the document', () => {
  const status = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
    (await ask(server.url, { path, headers })).status;

  test.each([
    '/api/docs',
    '/api/docs/',
    '/api/docs/swagger-ui-init.js',
    '/api/docs/swagger-ui-bundle.js',
    '/api/openapi.json',
    '/api/openapi.yaml',
  ])('%s is for whoever is signed in, in whatever way', async path => {
    expect(await status(path)).toBe(401);
    expect(await status(path, { cookie: bystander.cookie })).toBeLessThan(400);
    expect(await status(path, { authorization: `Bearer ${bystandersToken.secret}` })).toBeLessThan(400);
  });

  test.each([
    ['this machine itself', {}, 200],
    ['a proxy on this machine', { 'x-forwarded-for': '192.0.2.7' }, 401],
    ['a proxy that says so otherwise', { forwarded: 'for=192.0.2.7' }, 401],
    ['a page whose name points to this machine', { host: 'attacker.example' }, 401],
  ])('/metrics is read without signing in by %s: %j is %i', async (_what, headers, expected) => {
    expect(await status('/metrics', headers)).toBe(expected);
  });

  test('nothing there is not there for those who are signed in, and says nothing to those who are not', async () => {
    expect(await status('/api/v1/nothing', { cookie: bystander.cookie })).toBe(404);
    expect([401, 404]).toContain(await status('/api/v1/nothing'));
  });
});

describe('a browser', () => {
  const navigate = (path: string, headers: Record<string, string> = {}): Promise<Reply> =>
    ask(server.url, { path, headers: { 'sec-fetch-mode': 'navigate', accept: 'text/html', ...headers } });
  const target = ({ status, headers }: Reply): [number, string | undefined] => [status, headers.location];
  const HISTORY = '/api/v1/networks/acme/machines/web-1/metrics?from=-1d&parts=avg';

  test.each([HISTORY, '/api/docs', '/', '/machines?x=1', '/api/v1/networks'])(
    'that nobody has signed in is sent to sign in, and back to %s',
    async path => {
      expect(target(await navigate(path))).toEqual([303, `/sign-in?next=${encodeURIComponent(path)}`]);
    },
  );

  test('of a user is told what he may not have', async () => {
    const [status, location = ''] = target(await navigate(HISTORY, { cookie: bystander.cookie }));
    expect(status).toBe(303);
    const { pathname, searchParams } = new URL(location, server.url);
    expect(pathname).toBe('/forbidden');
    expect(searchParams.get('permission')).toBe('history:read');
    expect(searchParams.get('path')).toContain('/api/v1/networks/acme/machines/web-1/metrics');
  });

  test.each([
    ['a script of the page', { 'sec-fetch-mode': 'cors', accept: '*/*' }],
    ['a script that asks for a page', { 'sec-fetch-mode': 'cors', accept: 'text/html' }],
    ['a program', { accept: 'application/json' }],
  ])('%s is told by a status instead', async (_what, headers) => {
    const nobody = await ask(server.url, { path: HISTORY, headers });
    const user = await ask(server.url, { path: HISTORY, headers: { ...headers, cookie: bystander.cookie } });
    expect([nobody.status, user.status]).toEqual([401, 403]);
  });

  test.each(['/sign-in', '/setup', '/link', '/forbidden'])('%s is for everybody', async path => {
    const reply = await navigate(path);
    expect([reply.status, reply.type]).toEqual([200, 'text/html; charset=utf-8']);
  });

  test('with a session gets its page', async () => {
    expect((await navigate('/', { cookie: bystander.cookie })).status).toBe(200);
  });
});

describe.each(['admin', 'user'] as const)('an account of role %s that is limited to one network', role => {
  const seen: Caller[] = [];
  const headers = async (): Promise<Readonly<Record<string, string>>> => (await seen[0]?.headers(false)) ?? {};
  beforeAll(async () => {
    const owner = await people.invite({ role, networks: ['acme'] });
    const permissions = limitedPermissionsOfRole(role);
    const token = await people.token(owner, permissions);
    seen.push(bySession(people, owner, permissions), byToken(token.secret, owner, permissions));
  });

  test('may do there what its role may, and nothing that is about the whole server', async () => {
    const differences: string[] = [];
    for (const caller of seen)
      for (const route of routes) differences.push(...difference(route, caller, await call(caller, route)));
    expect(differences).toEqual([]);
  });

  test('finds the other one nowhere, exactly as if it were not there', async () => {
    const ofNetworks = routes.filter(({ parameters }) => parameters.some(({ name }) => name === 'network'));
    expect(ofNetworks.length).toBeGreaterThanOrEqual(11);
    const differences: string[] = [];
    for (const caller of seen) {
      for (const route of ofNetworks.filter(({ rule = 'public' }) => expectedOutcome(rule, caller) === 'let through')) {
        const [zeta, none] = await Promise.all(
          ['zeta', 'nope'].map(network =>
            askAs(caller, server.url, { method: route.method, path: filled(route, { ...VALUES, network }) }),
          ),
        );
        if (zeta?.status !== 404 || zeta.code !== 'NETWORK_NOT_FOUND')
          differences.push(`${nameOf(route)}: ${zeta?.status}`);
        if (zeta?.text.replaceAll('zeta', 'nope') !== none?.text) differences.push(`${nameOf(route)}: ${zeta?.text}`);
      }
    }
    expect(differences).toEqual([]);
  });

  test('does not find the other one by naming both', async () => {
    for (const query of ['network=acme&network=zeta', 'network[]=zeta&network=acme', 'network[x]=zeta']) {
      const { status } = await ask(server.url, { path: `/api/v1/live?${query}`, headers: await headers() });
      expect([400, 404]).toContain(status);
    }
  });

  test('finds what is of the other one not here either', async () => {
    for (const path of ['machines/zeta-db', 'services/zeta-shop']) {
      const { status } = await ask(server.url, {
        path: `/api/v1/networks/acme/${path}`,
        headers: await headers(),
      });
      expect(status).toBe(404);
    }
  });

  test('reads of the other one in no answer', async () => {
    const named: string[] = [];
    for (const caller of seen) {
      for (const route of routes.filter(({ method }) => method === 'GET')) {
        const { text } = await call(caller, route);
        if (text.includes('zeta')) named.push(`${nameOf(route)}: ${text.slice(0, 200)}`);
      }
    }
    expect(named).toEqual([]);
  });

  test('is one that somebody without a limit is not', async () => {
    const { body } = await people.does({ path: '/api/v1/networks' });
    expect((body['items'] as { network: string }[]).map(({ network }) => network)).toEqual(['acme', 'zeta']);
  });
});

test('a token is not given what its owner does not have', async () => {
  const owner = await people.invite({ role: 'user' });
  const wide = PERMISSION_NAMES.filter(name => !permissionsOfRole('user').includes(name));
  for (const scope of wide) {
    const reply = await ask(server.url, {
      method: 'POST',
      path: '/api/v1/tokens',
      headers: { cookie: owner.cookie },
      body: { name: 'wide', scopes: ['metrics:read', scope], expiresAt: null },
    });
    expect([reply.status, reply.code]).toEqual([403, 'SCOPE_NOT_ALLOWED']);
  }
});
