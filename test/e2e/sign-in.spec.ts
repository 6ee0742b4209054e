import { beforeAll, describe, expect, test } from 'vitest';
import type { ServerProcess } from '../support/server-process.ts';
import { waitFor, type DisposableDatabase } from '../support/services.ts';
import { ask, type Reply } from './ask.ts';
import { query } from './callers.ts';
import { COOKIE, type People, sessionIn, type Person } from './people.ts';
import { useServer } from './use-server.ts';

let database: DisposableDatabase;
let server: ServerProcess;
let people: People;
useServer(['acme'], used => void ({ server, database, people } = used));

type Headers = Readonly<Record<string, string>>;
const from = (address: string, headers: Headers = {}): Headers => ({ 'x-forwarded-for': address, ...headers });
const logIn = ({ email, password }: { email: string; password: string }, headers: Headers): Promise<Reply> =>
  ask(server.url, { method: 'POST', path: '/api/v1/auth/login', body: { email, password }, headers });
const guess = (email: string, headers: Headers): Promise<Reply> =>
  logIn({ email, password: 'this is not the password' }, headers);
const whoIs = async (cookie: string, headers: Headers = {}): Promise<string | null> => {
  const { body } = await ask(server.url, { path: '/api/v1/auth/session', headers: { cookie, ...headers } });
  return (body['account'] as { email: string } | null)?.email ?? null;
};

describe('fifty wrong passwords at once', () => {
  const HERE = from('198.51.100.7');
  let victim: Person;
  let replies: readonly Reply[];
  beforeAll(async () => {
    victim = await people.invite({ role: 'user' });
    replies = await Promise.all(Array.from({ length: 50 }, () => guess(victim.email, HERE)));
  });

  test('are looked at a few times, and then refused with the time to wait', () => {
    const tried = replies.filter(({ status }) => status === 401);
    const refused = replies.filter(({ status }) => status === 429);
    expect(tried.length + refused.length).toBe(50);
    // Five are free; a second later, and they take about that long, there is another one.
    expect(tried.length).toBeGreaterThanOrEqual(5);
    expect(tried.length).toBeLessThanOrEqual(8);
    expect(new Set(tried.map(({ code }) => code))).toEqual(new Set(['SIGN_IN_FAILED']));
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['TOO_MANY_ATTEMPTS']));
    for (const { headers } of refused) expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
  });

  test('do not keep others at the same address out', async () => {
    const other = await people.invite({ role: 'user' });
    expect((await logIn(other, HERE)).status).toBe(200);
  });

  test('do not keep the owner out elsewhere', async () => {
    expect((await logIn(victim, from('203.0.113.9'))).status).toBe(200);
  });

  test('keep the right one out as well, until the time is over', async () => {
    const mallory = from('198.51.100.66');
    const waitOf = async (): Promise<number> =>
      Number((await guess(victim.email, mallory)).headers['retry-after'] ?? 0);
    await waitFor(async () => (await waitOf()) > 1, { timeoutMs: 30_000 });
    const refused = await logIn(victim, mallory);
    expect([refused.status, refused.code, refused.headers['set-cookie']]).toEqual([
      429,
      'TOO_MANY_ATTEMPTS',
      undefined,
    ]);
    await waitFor(async () => (await logIn(victim, mallory)).status === 200, { timeoutMs: 30_000 });
    // From here on everything is forgiven.
    expect((await guess(victim.email, mallory)).status).toBe(401);
  });

  test('are in the audit log: each that was looked at, and the beginning of the delay', async () => {
    const { body } = await people.does({ path: `/api/v1/audit?limit=200&action=sign_in.fail` });
    const failures = (body['items'] as { address: string; actor: string }[]).filter(
      ({ address, actor }) => address === '198.51.100.7' && actor === victim.email,
    );
    expect(failures).toHaveLength(replies.filter(({ status }) => status === 401).length);
    const delays = await people.does({ path: `/api/v1/audit?limit=200&action=sign_in.delay` });
    const ofHere = (delays.body['items'] as { address: string }[]).filter(({ address }) => address === '198.51.100.7');
    expect(ofHere).toHaveLength(1);
  });
});

test('who has no account is answered as who has one', async () => {
  const known = await people.invite({ role: 'user' });
  const invited = `invited-${crypto.randomUUID()}@acme.example`;
  await people.does({ method: 'POST', path: '/api/v1/users', body: { email: invited, role: 'user' } });
  const answersTo = async (email: string, address: string): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (let i = 0; i < 6; i += 1) {
      const { status, text, headers } = await guess(email, from(address));
      const { date: _date, 'content-length': length, ...rest } = headers;
      answers.push([
        status,
        text.replace(/\d+ seconds?|a second/, 'some time'),
        status === 429 || length,
        Object.keys(rest),
      ]);
    }
    return answers;
  };
  const answers = await answersTo(known.email, '198.51.100.20');
  expect(answers.map(answer => (answer as [number])[0])).toEqual([401, 401, 401, 401, 401, 429]);
  expect(await answersTo('nobody@acme.example', '198.51.100.21')).toEqual(answers);
  expect(await answersTo(invited, '198.51.100.22')).toEqual(answers);
});

test('a disabled account is told so only after the right password', async () => {
  const person = await people.invite({ role: 'user' });
  await people.does({ method: 'PATCH', path: `/api/v1/users/${person.accountId}`, body: { disabled: true } });
  expect((await guess(person.email, from('198.51.100.30'))).code).toBe('SIGN_IN_FAILED');
  const right = await logIn(person, from('198.51.100.30'));
  expect([right.status, right.code, right.headers['set-cookie']]).toEqual([403, 'ACCOUNT_DISABLED', undefined]);
});

describe('the session of somebody who signs in', () => {
  test('is never the one that a cookie has chosen', async () => {
    const person = await people.invite({ role: 'user' });
    const chosen = `${COOKIE}=${'chosen-by-mallory-'.padEnd(43, 'x')}`;
    const reply = await logIn(person, { cookie: chosen });
    expect(sessionIn(reply)).not.toBe(chosen);
    expect(await whoIs(sessionIn(reply))).toBe(person.email);
    expect(await whoIs(chosen)).toBeNull();
  });

  test("does not become another's, whose cookie was planted, and ends that one", async () => {
    const [mallory, person] = [await people.invite({ role: 'user' }), await people.invite({ role: 'user' })];
    const reply = await logIn(person, { cookie: mallory.cookie });
    expect(await whoIs(sessionIn(reply))).toBe(person.email);
    expect(await whoIs(mallory.cookie)).toBeNull();
  });

  test('is a new one each time, and the one before ends', async () => {
    const person = await people.invite({ role: 'user' });
    const reply = await logIn(person, { cookie: person.cookie });
    expect(sessionIn(reply)).not.toBe(person.cookie);
    expect([await whoIs(person.cookie), await whoIs(sessionIn(reply))]).toEqual([null, person.email]);
  });

  test.each([
    ['empty', ''],
    ['cut', 'AAAA'],
    ['longer', 'A'.repeat(5000)],
    ['of other characters', '%00%ff"; drop table session; --'],
    ['two of them', `${'A'.repeat(43)}; ${COOKIE}=${'B'.repeat(43)}`],
    ['under the name of a prototype', 'x; __proto__=y; constructor=z'],
  ])('is nobody when its cookie is %s', async (_what, value) => {
    expect(await whoIs(`${COOKIE}=${value}`)).toBeNull();
  });

  test('is not in the answer, and the answer is not kept', async () => {
    const reply = await logIn(await people.invite({ role: 'user' }), {});
    expect(reply.text).not.toContain(sessionIn(reply).slice(COOKIE.length + 1));
    expect(reply.headers['cache-control']).toContain('no-store');
  });
});

describe('a change', () => {
  const URL_OF_OTHERS = 'https://attacker.example';
  let person: Person;
  beforeAll(async () => {
    person = await people.invite({ role: 'user' });
  });
  const own = (): string => new URL(server.url).origin;
  const changes = async (headers: Headers): Promise<number | string> => {
    const body = { name: 'x', scopes: ['metrics:read'], expiresAt: null };
    const reply = await ask(server.url, { method: 'POST', path: '/api/v1/tokens', body, headers });
    return reply.status === 201 ? 201 : `${reply.status} ${reply.code}`;
  };
  const REFUSED = '403 CROSS_ORIGIN';

  test.each([
    ['our page', 201, (): Headers => ({ 'sec-fetch-site': 'same-origin', origin: own() })],
    ['a bookmarklet', 201, (): Headers => ({ 'sec-fetch-site': 'none' })],
    ['another site', REFUSED, (): Headers => ({ 'sec-fetch-site': 'cross-site', origin: URL_OF_OTHERS })],
    ['a neighbour', REFUSED, (): Headers => ({ 'sec-fetch-site': 'same-site', origin: own() })],
    ['what says nothing we know', REFUSED, (): Headers => ({ 'sec-fetch-site': 'trust-me' })],
    ['an old browser on our page', 201, (): Headers => ({ origin: own() })],
    ['an old browser on another site', REFUSED, (): Headers => ({ origin: URL_OF_OTHERS })],
    ['a page without an origin', REFUSED, (): Headers => ({ origin: 'null' })],
    ['another port of this machine', REFUSED, (): Headers => ({ origin: 'http://127.0.0.1:1' })],
    ['a name that begins like ours', REFUSED, (): Headers => ({ origin: `${own()}.attacker.example` })],
    ['a program', 201, (): Headers => ({})],
  ])('by %s is answered %s', async (_what, expected, headers) => {
    expect(await changes({ cookie: person.cookie, ...headers() })).toBe(expected);
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'is not read from a form of another site: %s',
    async type => {
      const before = await query(database.url, 'select count(*) from session');
      const { email, password } = person;
      const forms = [`email=${email}&password=${password}`, JSON.stringify({ email, password })];
      for (const body of forms) {
        const headers = { 'content-type': type };
        const reply = await ask(server.url, { method: 'POST', path: '/api/v1/auth/login', body, headers });
        expect([400, 415]).toContain(reply.status);
        expect(reply.headers['set-cookie']).toBeUndefined();
      }
      expect(await query(database.url, 'select count(*) from session')).toEqual(before);
    },
  );

  test('of other sites signs nobody in and nobody out', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', cookie: person.cookie };
    expect((await logIn(person, headers)).code).toBe('CROSS_ORIGIN');
    const out = await ask(server.url, { method: 'POST', path: '/api/v1/auth/logout', headers });
    expect(out.code).toBe('CROSS_ORIGIN');
    expect(await whoIs(person.cookie)).toBe(person.email);
  });

  test('by a token needs no origin', async () => {
    const { secret } = await people.token(person, ['metrics:read']);
    const headers = { authorization: `Bearer ${secret}`, 'sec-fetch-site': 'cross-site', origin: URL_OF_OTHERS };
    // Let through as far as tokens are: they make no tokens.
    expect(await changes(headers)).toBe('403 SESSION_ONLY');
  });

  test('of a body that is too large is not read', async () => {
    const body = { email: 'a@b.example', password: 'x'.repeat(100_000) };
    const { status } = await ask(server.url, { method: 'POST', path: '/api/v1/auth/login', body });
    expect(status).toBe(413);
  });
});

describe('a token in an address', () => {
  test.each(['token', 'access_token', 'api_key', 'session'])('as %s opens nothing', async name => {
    const { secret } = await people.token(people.admin, ['metrics:read']);
    const path = `/api/v1/networks?${name}=${secret}`;
    expect((await ask(server.url, { path })).status).toBe(401);
    expect(server.log.filter(line => line.includes(secret))).toEqual([]);
  });
});

test.each([
  ['//attacker.example', '/'],
  ['/\\attacker.example', '/'],
  ['https://attacker.example/', '/'],
  ['javascript:alert(1)', '/'],
])('who is sent to sign in is never sent on to %s', async (path, next) => {
  const headers = { 'sec-fetch-mode': 'navigate', accept: 'text/html' };
  const reply = await ask(server.url, { path: path.startsWith('/') ? path : `/${path}`, headers });
  const location = new URL(reply.headers.location ?? '/sign-in?next=/', server.url);
  expect(location.pathname).toBe('/sign-in');
  expect(location.host).toBe(new URL(server.url).host);
  const asked = location.searchParams.get('next') ?? '';
  expect([next, `/${path}`]).toContain(asked);
  expect(new URL(asked, server.url).host).toBe(new URL(server.url).host);
});
