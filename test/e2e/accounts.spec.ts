import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess, type Environment } from '../support/server-process.ts';
import { ADMIN } from '../support/sign-in.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { ask, type Reply } from './ask.ts';
import { query } from './callers.ts';
import { COOKIE, People, sessionIn } from './people.ts';

const NO_ADMIN = { ADMIN_EMAIL: '', ADMIN_PASSWORD: '' };
const NETWORK = 'network_id: acme\nversion: 1\nmachines:\n  - { name: web-1, netdata: "http://127.0.0.1:9" }\n';
const LINK = /http:\/\/127\.0\.0\.1:\d+\/setup#([\w-]{43})\s*$/;
const PASSWORD = 'four brown owls were late';

let database: DisposableDatabase;
let server: ServerProcess;
const begin = async (environment: Environment): Promise<void> => {
  server = await ServerProcess.create({ DATABASE_URL: database.url, ...environment });
  await server.network(NETWORK);
  await server.start();
};
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  ask(server.url, { method: 'POST', path, body, headers });
const rows = (sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
  query(database.url, sql, values);

/** The secrets of the setup links that were printed, in order. The last is printed a moment after the server is ready. */
const linksIn = (log: readonly string[]): string[] => log.flatMap(line => LINK.exec(line)?.[1] ?? []);
async function linkOfStart(count: number): Promise<string> {
  await waitFor(() => linksIn(server.log).length === count);
  return linksIn(server.log).at(-1) ?? '';
}
const setUp = (token: string, email = 'first@acme.example', password = PASSWORD): Promise<Reply> =>
  post('/api/v1/setup', { token, email, name: 'First', password });

describe('the first start without an admin', () => {
  let link: string;
  beforeAll(async () => {
    database = await createDatabase(databases()[0]?.url ?? '');
    await begin(NO_ADMIN);
    link = await linkOfStart(1);
  });
  afterAll(async () => {
    await server?.dispose();
    await database?.drop();
  });

  test('shows a link, once, and never in the log', () => {
    expect(server.log.filter(line => line.includes(link))).toHaveLength(1);
    expect(server.log.filter(line => line.startsWith('{') && line.includes(link))).toEqual([]);
  });

  test('has no account, no default password and nothing to see', async () => {
    expect(await rows('select 1 from account')).toEqual([]);
    const { body } = await ask(server.url, { path: '/api/v1/auth/session' });
    expect(body).toMatchObject({ account: null, setupNeeded: true, google: false, contacts: [] });
    expect((await ask(server.url, { path: '/api/v1/networks' })).status).toBe(401);
    const guesses = [
      ['admin', 'admin'],
      ['admin@example.org', 'admin'],
      ['admin@localhost', 'distomon'],
      ['root@localhost', ''],
      ['admin@distomon', 'password'],
      [ADMIN.email, ADMIN.password],
    ];
    for (const [email, password] of guesses) {
      const { status } = await post('/api/v1/auth/login', { email, password });
      expect([400, 401]).toContain(status);
    }
  });

  test.each([
    ['another link', () => ({ token: 'A'.repeat(43) }), 403, 'LINK_INVALID'],
    ['no link', () => ({ token: '' }), 400, 'INVALID_REQUEST'],
    ['a short password', () => ({ password: 'short' }), 400, 'WEAK_PASSWORD'],
    ['its own address as password', () => ({ password: 'first@acme.example' }), 400, 'WEAK_PASSWORD'],
    ['a password that everybody tries', () => ({ password: 'distomondistomon' }), 400, 'WEAK_PASSWORD'],
    ['no e-mail address', () => ({ email: 'first' }), 400, 'INVALID_REQUEST'],
    ['a role of its choice', () => ({ role: 'admin' }), 400, 'INVALID_REQUEST'],
  ])('does not take %s, and the link stays', async (_what, wrong, status, code) => {
    const right = { token: link, email: 'first@acme.example', password: PASSWORD };
    const reply = await post('/api/v1/setup', { ...right, ...wrong() });
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect(reply.headers['set-cookie']).toBeUndefined();
    expect(await rows('select 1 from account')).toEqual([]);
  });

  test('the link is not taken from an address', async () => {
    const { status } = await post(`/api/v1/setup?token=${link}`, { email: 'first@acme.example', password: PASSWORD });
    expect(status).toBe(400);
  });

  test('a link that is too old is refused', async () => {
    await rows(`update account_link set expires_at = now() - interval '1 s'`);
    const { status, code } = await setUp(link);
    expect([status, code]).toEqual([403, 'LINK_INVALID']);
  });

  test('of two who use two links at the same moment one becomes the admin', async () => {
    await server.restart();
    const second = await linkOfStart(2);
    await server.restart();
    const third = await linkOfStart(3);
    const replies = await Promise.all([setUp(second), setUp(third, 'other@acme.example'), setUp(third)]);
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await rows('select role, networks from account')).toEqual([{ role: 'admin', networks: null }]);
    const winner = replies.find(({ status }) => status === 201) as Reply;
    expect(winner.body).toMatchObject({
      account: { role: 'admin', networks: null },
      via: 'session',
      setupNeeded: false,
    });
    const { status } = await ask(server.url, { path: '/api/v1/users', headers: { cookie: sessionIn(winner) } });
    expect(status).toBe(200);
    for (const used of [link, second, third]) expect((await setUp(used, 'late@acme.example')).status).toBe(409);
    expect(await rows('select 1 from account')).toHaveLength(1);
  });

  test('a later start shows no link', async () => {
    await server.restart();
    await waitFor(() => server.log.filter(line => line.includes('Ctrl-C stops it')).length === 4);
    expect(linksIn(server.log)).toHaveLength(3);
    expect(await rows('select 1 from account_link')).toEqual([]);
  });
});

describe('with an admin of the environment', () => {
  const HTML = `<img src=x onerror=alert(1)>"'&</script>`;
  let people: People;
  beforeAll(async () => {
    database = await createDatabase(databases()[0]?.url ?? '');
    await begin({});
    people = await People.of(server.url);
  });
  afterAll(async () => {
    await server?.dispose();
    await database?.drop();
  });

  test('who signs in is that admin, and no link is shown', async () => {
    const { body } = await people.does({ path: '/api/v1/auth/session' });
    expect(body).toMatchObject({ account: { email: ADMIN.email, role: 'admin', networks: null }, setupNeeded: false });
    expect(linksIn(server.log)).toEqual([]);
    expect((await setUp('A'.repeat(43))).code).toBe('SETUP_DONE');
  });

  test('who has lost his password gets in by the statement that docs/accounts.md tells', async () => {
    const person = await people.invite({ role: 'admin' });
    const docs = readFileSync(join(import.meta.dirname, '../../docs/accounts.md'), 'utf8');
    const statement = /<<'SQL'\n(insert into account_link .*?)\nSQL\n/s.exec(docs)?.[1] ?? '';
    const secret = randomBytes(32).toString('base64url');
    await rows(statement.replaceAll(":'secret'", `'${secret}'`).replaceAll(":'email'", `'${person.email}'`));
    const reply = await post('/api/v1/auth/link', { token: secret, password: PASSWORD });
    expect(reply.status).toBe(200);
    expect((await post('/api/v1/auth/login', { email: person.email, password: PASSWORD })).status).toBe(200);
  });

  test('what people write comes back as text wherever it is shown', async () => {
    const person = await people.invite({ role: 'user', name: HTML });
    const token = { name: HTML, scopes: ['metrics:read'], expiresAt: null };
    const headers = { cookie: person.cookie, 'user-agent': HTML };
    expect((await post('/api/v1/tokens', token, headers)).status).toBe(201);
    const { email, password } = person;
    expect((await post('/api/v1/auth/login', { email, password }, { 'user-agent': HTML })).status).toBe(200);
    const shown = [
      await people.does({ path: '/api/v1/users' }),
      await people.does({ path: `/api/v1/users/${person.accountId}` }),
      await people.does({ path: '/api/v1/auth/session' }, person),
      await people.does({ path: '/api/v1/tokens' }, person),
      await people.does({ path: '/api/v1/sessions' }, person),
    ];
    for (const reply of shown) {
      expect(reply.type).toBe('application/json; charset=utf-8');
      expect(JSON.stringify(reply.body)).toContain(JSON.stringify(HTML).slice(1, -1));
    }
  });

  test.each([
    ['an e-mail address', () => post('/api/v1/auth/login', { email: HTML, password: PASSWORD })],
    ['a name in a path', () => people.does({ path: '/api/v1/networks' }).then(() => get(`/api/v1/networks/${HTML}x`))],
    [
      'a page',
      () => get(`/forbidden?permission=${encodeURIComponent(HTML)}&path=${encodeURIComponent(HTML)}`, 'text/html'),
    ],
    ['a page to go back to', () => get(`/${encodeURIComponent(HTML)}`, 'text/html')],
  ])('what people write is no markup in what answers %s', async (_what, asked) => {
    const reply = await asked();
    const isMarkup = reply.type.includes('text/html') && reply.text.includes('<img src=x');
    expect([isMarkup, reply.headers.location?.includes('<') ?? false]).toEqual([false, false]);
    expect(reply.type).toMatch(/^(text\/html|application\/problem\+json)/);
  });
  const get = (path: string, accept = 'application/json'): Promise<Reply> =>
    ask(server.url, { path: encodeURI(decodeURI(path)), headers: { cookie: people.admin.cookie, accept } });

  test('what is secret is in no column and in no line of the log', async () => {
    const person = await people.invite({ role: 'admin' });
    const token = await people.token(person, ['history:read']);
    const changed = 'and now something different';
    await people.does(
      { method: 'POST', path: '/api/v1/auth/password', body: { current: person.password, password: changed } },
      person,
    );
    const reset = await people.does({ method: 'POST', path: `/api/v1/users/${person.accountId}/link` });
    const link = new URL(String(reset.body['url'])).hash.slice(1);
    const secrets = [
      person.password,
      changed,
      token.secret,
      link,
      person.cookie.slice(COOKIE.length + 1),
      ADMIN.password,
    ];
    const tables = await rows(`select table_name from information_schema.tables where table_schema = 'public'`);
    for (const { table_name: table } of tables) {
      for (const secret of secrets) {
        // By an alias that no column has, a row of a table is its text.
        const found = await rows(`select 1 from "${String(table)}" as whole_row where whole_row::text like $1`, [
          `%${secret}%`,
        ]);
        expect(found, `${String(table)} has ${secret}`).toEqual([]);
      }
    }
    for (const secret of secrets) expect(server.log.filter(line => line.includes(secret))).toEqual([]);
  });
});
