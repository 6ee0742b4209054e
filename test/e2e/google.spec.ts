import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerProcess } from '../support/server-process.ts';
import type { DisposableDatabase } from '../support/services.ts';
import { query } from './callers.ts';
import { BEGIN, Browser, CALLBACK, chooseAccount } from './google-dance.ts';
import {
  accountsIn,
  auditOf,
  CLIENT_ID,
  CLIENT_SECRET,
  newcomer,
  startServer,
  useGoogle,
  type AccountRow,
  type Google,
  type Started,
} from './google-server.ts';
import type { People } from './people.ts';

const COOKIE = 'distomon_google';
const SECRET = /^[\w-]{43}$/;

let google: Google;
let server: ServerProcess;
let database: DisposableDatabase;
let people: People;
useGoogle(used => void ({ google, server, database, people } = used));

const accountOf = async (email: string): Promise<AccountRow | undefined> =>
  (await accountsIn(database)).find(account => account.email === email);

describe('on the way to Google', () => {
  test('a browser takes along a state and a PKCE challenge, and keeps a cookie that scripts cannot read', async () => {
    const browser = new Browser(server.url);
    const page = await browser.begin('/machines/web-1');
    expect(page.origin + page.pathname).toBe(`http://127.0.0.1:${google.port}/authorize`);
    expect(Object.fromEntries(page.searchParams)).toEqual({
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri: server.url + CALLBACK,
      scope: 'openid email profile',
      prompt: 'select_account',
      state: expect.stringMatching(SECRET),
      code_challenge: expect.stringMatching(SECRET),
      code_challenge_method: 'S256',
    });
    expect([...browser.cookies]).toEqual([[COOKIE, expect.stringMatching(SECRET)]]);
    expect(page.href).not.toContain(browser.cookies.get(COOKIE));
  });

  test('the cookie lasts ten minutes, and other sites cannot send it', async () => {
    const line = (await new Browser(server.url).go(BEGIN)).cookieLine(COOKIE) ?? '';
    const attributes = line.split('; ').slice(1).toSorted();
    expect(attributes).toEqual(['HttpOnly', expect.stringMatching(/^Max-Age=(600|599)$/), 'Path=/', 'SameSite=Lax']);
  });

  test('every way has a state, a challenge and a cookie of its own', async () => {
    const pages = await Promise.all(Array.from({ length: 5 }, () => new Browser(server.url).begin()));
    for (const name of ['state', 'code_challenge'])
      expect(new Set(pages.map(page => page.searchParams.get(name))).size).toBe(5);
  });

  test('the database knows the cookie only by its hash', async () => {
    const browser = new Browser(server.url);
    await browser.begin();
    const secret = browser.cookies.get(COOKIE) ?? '';
    const found = await query(database.url, 'select a::text as row from oauth_attempt a where id_hash = $1', [
      createHash('sha256').update(secret).digest(),
    ]);
    expect(found).toHaveLength(1);
    expect(String(found[0]?.['row'])).not.toContain(secret);
  });

  test.each([
    ['two pages to go to', 'next=/a&next=/b'],
    ['a page that is no text', 'next[x]=y'],
    ['a page with a very long path', `next=/${'a'.repeat(3000)}`],
    ['a token', 'token=x'],
    ['a code', 'code=x'],
  ])('%s in the address is refused', async (_, parameters) => {
    const reply = await new Browser(server.url).go(`${BEGIN}?${parameters}`);
    expect([reply.status, reply.code, reply.cookieLine(COOKIE)]).toEqual([400, 'INVALID_REQUEST', null]);
  });
});

describe('who comes back from Google', () => {
  test.each([
    ['whose address is listed', { sub: '1', email: 'listed@else.example' }],
    ['whose domain is listed', { sub: '2', email: 'New.One@Corp.Example' }],
  ])('for the first time, %s, gets an account with the role that new ones have', async (_, claims) => {
    google.is({ ...claims, name: 'New One' });
    const browser = new Browser(server.url);
    const reply = await browser.signIn('/machines?sort=cpu');
    expect([reply.status, reply.headers.location]).toEqual([303, '/machines?sort=cpu']);
    const email = claims.email.toLowerCase();
    expect(await accountOf(email)).toEqual({ email, role: 'user', name: 'New One', google_subject: claims.sub });
    const { body } = await browser.session();
    expect(body).toMatchObject({
      account: { email, role: 'user', permissions: ['metrics:read'], hasGoogle: true, hasPassword: false },
      via: 'session',
      google: true,
    });
    expect(await auditOf(database, 'account.create', email)).toMatchObject([{ details: { google: 'linked' } }]);
    expect(await auditOf(database, 'session.begin', email)).toMatchObject([{ details: { method: 'google' } }]);
  });

  test('shows the server its code with the verifier of the challenge, and no longer needs its cookie', async () => {
    const browser = new Browser(server.url);
    const page = await browser.begin();
    await browser.go(await chooseAccount(page));
    const [exchange] = google.exchanges;
    expect(exchange).toMatchObject({ grant_type: 'authorization_code', redirect_uri: server.url + CALLBACK });
    const challenge = createHash('sha256').update(String(exchange?.['code_verifier'])).digest('base64url');
    expect(challenge).toBe(page.searchParams.get('code_challenge'));
    expect([...browser.cookies.keys()]).toEqual(['distomon_session']);
  });

  test('again, has the same account', async () => {
    const claims = newcomer('corp.example');
    google.is(claims);
    await new Browser(server.url).signIn();
    const before = await accountsIn(database);
    const reply = await new Browser(server.url).signIn();
    expect([reply.headers.location, await accountsIn(database)]).toEqual(['/', before]);
  });

  test('with another address than before has the account that was his', async () => {
    const claims = newcomer('corp.example');
    google.is(claims);
    await new Browser(server.url).signIn();
    google.is({ sub: claims.sub, email: 'elsewhere@else.example' });
    const browser = new Browser(server.url);
    expect((await browser.signIn()).headers.location).toBe('/');
    expect((await browser.session()).body).toMatchObject({ account: { email: claims.email } });
    expect(await accountOf('elsewhere@else.example')).toBeUndefined();
  });

  test('and was invited has that account with its role, though no list names him', async () => {
    const { email, sub } = newcomer('else.example');
    const { id } = await invite(email, 'admin');
    google.is({ sub, email: email.toUpperCase() });
    const browser = new Browser(server.url);
    expect((await browser.signIn()).headers.location).toBe('/');
    expect((await browser.session()).body).toMatchObject({ account: { id, email, role: 'admin', hasGoogle: true } });
    expect(await auditOf(database, 'account.change', email)).toMatchObject([{ details: { google: 'linked' } }]);
    expect((await people.does({ path: `/api/v1/users/${id}` })).body).toMatchObject({ status: 'active' });
  });

  test('and has a password keeps it', async () => {
    const person = await people.invite({ role: 'user' });
    google.is({ sub: newcomer('x.example').sub, email: person.email });
    const browser = new Browser(server.url);
    await browser.signIn();
    const account = { id: person.accountId, hasGoogle: true, hasPassword: true };
    expect((await browser.session()).body).toMatchObject({ account });
    await expect(people.signIn(person)).resolves.toMatchObject({ accountId: person.accountId });
  });

  test('with a session, whosever it was, has a new one instead', async () => {
    const person = await people.invite({ role: 'user' });
    const browser = new Browser(server.url);
    const [name = '', planted = ''] = person.cookie.split('=');
    browser.cookies.set(name, planted);
    await browser.signIn();
    expect(browser.cookies.get(name)).toMatch(SECRET);
    expect(browser.cookies.get(name)).not.toBe(planted);
    const before = new Browser(server.url);
    before.cookies.set(name, planted);
    expect((await before.session()).body).toMatchObject({ account: null });
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    'machines',
    '',
  ])('never goes to another server: %j', async next => {
    const { status, headers } = await new Browser(server.url).signIn(next);
    expect([status, headers.location]).toEqual([303, '/']);
  });
});

/** An account that nobody has signed in to. */
async function invite(email: string, role: string): Promise<{ id: number }> {
  const { body } = await people.does({ method: 'POST', path: '/api/v1/users', body: { email, role } });
  return body['user'] as { id: number };
}

test('the same way back works once, also when it is gone twice at the same moment', async () => {
  const browser = new Browser(server.url);
  const path = await chooseAccount(await browser.begin());
  const cookie = browser.cookies.get(COOKIE) ?? '';
  const replies = await Promise.all(
    Array.from({ length: 5 }, () => {
      const copy = new Browser(server.url);
      copy.cookies.set(COOKIE, cookie);
      return copy.go(path);
    }),
  );
  const places = Object.groupBy(replies, ({ headers }) => headers.location ?? '');
  expect(places['/']).toHaveLength(1);
  expect(places['/sign-in?error=google_state']).toHaveLength(4);
  expect(google.exchanges).toHaveLength(1);
});

test('what Google and the server told each other is in no line of the log', async () => {
  const browser = new Browser(server.url);
  const page = await browser.begin();
  const path = await chooseAccount(page);
  await browser.go(path);
  const { searchParams } = new URL(path, server.url);
  const secrets = [
    CLIENT_SECRET,
    searchParams.get('code'),
    searchParams.get('state'),
    google.exchanges[0]?.['code_verifier'],
  ];
  for (const secret of secrets) expect(server.log.filter(line => line.includes(String(secret)))).toEqual([]);
});

describe('behind a proxy that ends TLS', () => {
  const FROM_PROXY = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7', host: 'distomon.example' };
  let proxied: Started;
  beforeAll(async () => {
    const settings = { PUBLIC_URL: 'https://distomon.example', TRUST_PROXY: '1', GOOGLE_ROLE: 'admin' };
    proxied = await startServer({ ...google.settings, ...settings });
  });
  afterAll(() => proxied?.dispose());

  test('people come back to the public address, with cookies of this host alone, and have the role that is set', async () => {
    const browser = new Browser(proxied.server.url, FROM_PROXY);
    const page = await browser.begin('/machines');
    expect(page.searchParams.get('redirect_uri')).toBe(`https://distomon.example${CALLBACK}`);
    expect([...browser.cookies.keys()]).toEqual([`__Host-${COOKIE}`]);
    const reply = await browser.go(await chooseAccount(page));
    expect([reply.status, reply.headers.location]).toEqual([303, '/machines']);
    expect(reply.cookieLine('__Host-distomon_session')).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect([...browser.cookies.keys()]).toEqual(['__Host-distomon_session']);
    expect((await browser.session()).body).toMatchObject({ account: { role: 'admin' }, insecure: false });
  });

  test('a cookie that was planted over plain http is of no use', async () => {
    const browser = new Browser(proxied.server.url, FROM_PROXY);
    const path = await chooseAccount(await browser.begin());
    const secret = browser.cookies.get(`__Host-${COOKIE}`) ?? '';
    browser.cookies.clear();
    browser.cookies.set(COOKIE, secret);
    expect((await browser.go(path)).headers.location).toBe('/sign-in?error=google_state');
  });
});

describe('without credentials', () => {
  let plain: Started;
  beforeAll(async () => {
    plain = await startServer({});
  });
  afterAll(() => plain?.dispose());

  test.each([BEGIN, `${CALLBACK}?code=x&state=y`, CALLBACK])('there is nothing at %s', async path => {
    const reply = await new Browser(plain.server.url).go(path);
    expect([reply.status, reply.code, reply.cookieLine(COOKIE)]).toEqual([404, 'GOOGLE_OFF', null]);
  });

  test('nobody is told that there is', async () => {
    expect((await new Browser(plain.server.url).session()).body).toMatchObject({ google: false });
  });
});
