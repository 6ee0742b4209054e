import { describe, expect, test } from 'vitest';
import type { ServerProcess } from '../support/server-process.ts';
import { waitFor, type DisposableDatabase } from '../support/services.ts';
import { ask, type Reply } from './ask.ts';
import { query } from './callers.ts';
import { EventStream } from './event-stream.ts';
import { COOKIE, type People, sessionIn, type Person } from './people.ts';
import { useServer } from './use-server.ts';

const HOST_COOKIE = `__Host-${COOKIE}`;
/** A stream may outlive its session by ten seconds, and the machine of a test may be busy for some more. */
const STREAM_MS = 20_000;
/** Thirty days, less the time that signing in took. */
const A_MONTH = expect.stringMatching(/^Max-Age=(2592000|25919[6-9]\d)$/) as string;
const TLS = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.1' };
const PLAIN = { 'x-forwarded-proto': 'http', 'x-forwarded-for': '198.51.100.1' };

let database: DisposableDatabase;
let server: ServerProcess;
let people: People;
useServer(['acme', 'other'], used => void ({ server, database, people } = used));

type Headers = Readonly<Record<string, string>>;
interface SessionItem {
  readonly id: string;
  readonly current: boolean;
  readonly method: string;
  readonly address: string;
  readonly userAgent: string | null;
}

const logIn = ({ email, password }: Person, headers: Headers = {}): Promise<Reply> =>
  ask(server.url, { method: 'POST', path: '/api/v1/auth/login', body: { email, password }, headers });
const isIn = async (cookie: string, headers: Headers = {}): Promise<boolean> => {
  const { status } = await ask(server.url, { path: '/api/v1/networks', headers: { cookie, ...headers } });
  return status === 200;
};
const aged = (sql: string, { accountId }: Person): Promise<unknown> =>
  query(database.url, `update session set ${sql} where account_id = $1`, [accountId]);
const sessionsOf = async (person: Person): Promise<SessionItem[]> =>
  (await people.does({ path: '/api/v1/sessions' }, person)).body['items'] as SessionItem[];

describe('the cookie of a session', () => {
  test('on plain http is out of reach for scripts and other sites', async () => {
    const line = (await logIn(await people.invite({ role: 'user' }))).cookieLine(COOKIE) ?? '';
    const [value, ...attributes] = line.split('; ');
    expect(value).toMatch(/^distomon_session=[\w-]{43}$/);
    expect(attributes.toSorted()).toEqual(['HttpOnly', A_MONTH, 'Path=/', 'SameSite=Lax']);
  });

  test('behind a proxy that ends TLS is one that only this host can have set', async () => {
    const reply = await logIn(await people.invite({ role: 'user' }), TLS);
    const [value, ...attributes] = (reply.cookieLine(HOST_COOKIE) ?? '').split('; ');
    expect(value).toMatch(/^__Host-distomon_session=[\w-]{43}$/);
    expect(attributes.toSorted()).toEqual(['HttpOnly', A_MONTH, 'Path=/', 'SameSite=Lax', 'Secure']);
    expect(reply.cookie(COOKIE)).toBeNull();
  });

  test('is read under that name only, and on plain http under the other', async () => {
    const person = await people.invite({ role: 'user' });
    const value = person.cookie.slice(COOKIE.length + 1);
    const seen = [
      await isIn(`${COOKIE}=${value}`, PLAIN),
      await isIn(`${COOKIE}=${value}`, TLS),
      await isIn(`${HOST_COOKIE}=${value}`, TLS),
      await isIn(`${HOST_COOKIE}=${value}`, PLAIN),
      await isIn(`${COOKIE}=planted; ${HOST_COOKIE}=${value}`, TLS),
    ];
    expect(seen).toEqual([true, false, true, false, true]);
  });

  test('says that plain http from another machine is read by others', async () => {
    const insecure = async (headers: Headers): Promise<unknown> =>
      (await ask(server.url, { path: '/api/v1/auth/session', headers })).body['insecure'];
    expect([await insecure(PLAIN), await insecure(TLS)]).toEqual([true, false]);
  });
});

describe('a session', () => {
  test('that nobody used for a week is over', async () => {
    const person = await people.invite({ role: 'user' });
    await aged(`last_used_at = now() - interval '6 days 23 hours'`, person);
    expect(await isIn(person.cookie)).toBe(true);
    await aged(`last_used_at = now() - interval '7 days 1 minute'`, person);
    expect(await isIn(person.cookie)).toBe(false);
    expect(await query(database.url, 'select 1 from session where account_id = $1', [person.accountId])).toHaveLength(
      1,
    );
  });

  test('is kept by using it', async () => {
    const person = await people.invite({ role: 'user' });
    await aged(`last_used_at = now() - interval '6 days'`, person);
    expect(await isIn(person.cookie)).toBe(true);
    await waitFor(async () => {
      const [row] = await query(
        database.url,
        `select last_used_at > now() - interval '1 minute' as used from session where account_id = $1`,
        [person.accountId],
      );
      return row?.['used'] === true;
    });
  });

  test('is over after a month, however much it is used', async () => {
    const person = await people.invite({ role: 'user' });
    const [row] = await query(
      database.url,
      'select expires_at - created_at as length from session where account_id = $1',
      [person.accountId],
    );
    expect(row?.['length']).toMatchObject({ days: 30 });
    await aged(`expires_at = now() - interval '1 s', last_used_at = now()`, person);
    expect(await isIn(person.cookie)).toBe(false);
  });

  test('is listed with what tells it from others, and never with its secret', async () => {
    const person = await people.invite({ role: 'user' });
    const other = sessionIn(
      await logIn(person, { 'user-agent': 'Firefox of Alice', 'x-forwarded-for': '198.51.100.9' }),
    );
    const reply = await people.does({ path: '/api/v1/sessions' }, person);
    const items = reply.body['items'] as SessionItem[];
    expect(items.map(({ current, method }) => `${current} ${method}`).toSorted()).toEqual([
      'false password',
      'true invite',
    ]);
    expect(items.find(({ current }) => !current)).toMatchObject({
      userAgent: 'Firefox of Alice',
      address: '198.51.100.9',
    });
    for (const cookie of [person.cookie, other]) expect(reply.text).not.toContain(cookie.slice(COOKIE.length + 1));
  });

  test('is ended by its owner, one or all others', async () => {
    const person = await people.invite({ role: 'user' });
    const [a, b] = [await people.signIn(person), await people.signIn(person)];
    const ofA = (await sessionsOf(a)).find(({ current }) => current);
    await people.does({ method: 'DELETE', path: `/api/v1/sessions/${ofA?.id}` }, person);
    expect([await isIn(person.cookie), await isIn(a.cookie), await isIn(b.cookie)]).toEqual([true, false, true]);
    await people.does({ method: 'DELETE', path: '/api/v1/sessions' }, person);
    expect([await isIn(person.cookie), await isIn(b.cookie)]).toEqual([true, false]);
  });

  test('is ended by nobody else', async () => {
    const [person, other] = [await people.invite({ role: 'user' }), await people.invite({ role: 'admin' })];
    const [item] = await sessionsOf(person);
    const reply = await ask(server.url, {
      method: 'DELETE',
      path: `/api/v1/sessions/${item?.id}`,
      headers: { cookie: other.cookie },
    });
    expect([reply.status, reply.code]).toEqual([404, 'SESSION_NOT_FOUND']);
    expect(await isIn(person.cookie)).toBe(true);
  });

  test('is over after signing out, and the browser forgets it', async () => {
    const person = await people.invite({ role: 'user' });
    const reply = await people.does({ method: 'POST', path: '/api/v1/auth/logout' }, person);
    expect(reply.status).toBe(204);
    expect(reply.cookieLine(COOKIE)).toMatch(/^distomon_session=; .*Max-Age=0\b/);
    expect(await isIn(person.cookie)).toBe(false);
  });

  test('ends with its password, except the one that changes it', async () => {
    const person = await people.invite({ role: 'user' });
    const other = await people.signIn(person);
    const change = { current: person.password, password: 'a much better one, really' };
    await people.does({ method: 'POST', path: '/api/v1/auth/password', body: change }, person);
    expect([await isIn(person.cookie), await isIn(other.cookie)]).toEqual([true, false]);
    expect((await logIn(person)).status).toBe(401);
    expect((await logIn({ ...person, password: change.password })).status).toBe(200);
  });

  test('alone does not change the password', async () => {
    const person = await people.invite({ role: 'user' });
    for (const body of [
      { password: 'a much better one, really' },
      { current: 'wrong', password: 'a much better one' },
    ]) {
      const reply = await ask(server.url, {
        method: 'POST',
        path: '/api/v1/auth/password',
        body,
        headers: { cookie: person.cookie },
      });
      expect([reply.status, reply.code]).toEqual([403, 'WRONG_PASSWORD']);
    }
    expect((await logIn(person)).status).toBe(200);
  });

  test('ends when a reset link is used, which works once', async () => {
    const person = await people.invite({ role: 'user' });
    const made = await people.does({ method: 'POST', path: `/api/v1/users/${person.accountId}/link` });
    const url = String(made.body['url']);
    expect(new URL(url).pathname).toBe('/link');
    const token = new URL(url).hash.slice(1);
    const use = (password: string): Promise<Reply> =>
      ask(server.url, { method: 'POST', path: '/api/v1/auth/link', body: { token, password } });
    const [first, second] = await Promise.all([use('the first one to be set'), use('the second one, too late')]);
    expect(new Set([first?.status, second?.status])).toEqual(new Set([200, 403]));
    expect((await use('a third one, much later')).code).toBe('LINK_INVALID');
    expect(await isIn(person.cookie)).toBe(false);
    const winner = first?.status === 200 ? first : second;
    expect(await isIn(sessionIn(winner as Reply))).toBe(true);
  });

  test('of an account that is changed is what the account is now, at once', async () => {
    const person = await people.invite({ role: 'admin' });
    const users = async (): Promise<number> =>
      (await ask(server.url, { path: '/api/v1/users', headers: { cookie: person.cookie } })).status;
    const change = (body: object): Promise<unknown> =>
      people.does({ method: 'PATCH', path: `/api/v1/users/${person.accountId}`, body });
    expect(await users()).toBe(200);
    await change({ role: 'user' });
    expect(await users()).toBe(403);
    await change({ role: 'admin' });
    expect(await users()).toBe(200);
    await change({ disabled: true });
    expect(await users()).toBe(401);
  });
});

/** What ends a session, and its stream with it. */
const ENDS: Readonly<Record<string, (person: Person) => Promise<unknown>>> = {
  'signing out': person => people.does({ method: 'POST', path: '/api/v1/auth/logout' }, person),
  'its end, asked for elsewhere': async person =>
    people.does({ method: 'DELETE', path: '/api/v1/sessions' }, await people.signIn(person)),
  'its end, asked for by an admin': person =>
    people.does({ method: 'DELETE', path: `/api/v1/users/${person.accountId}/sessions` }),
  'its last day': person => aged(`expires_at = now() - interval '1 s'`, person),
  'a disabled account': person => changed(person, { disabled: true }),
  'a deleted account': person => people.does({ method: 'DELETE', path: `/api/v1/users/${person.accountId}` }),
  'a network that was taken away': person => changed(person, { networks: ['other'] }),
};
const changed = ({ accountId }: Person, body: object): Promise<unknown> =>
  people.does({ method: 'PATCH', path: `/api/v1/users/${accountId}`, body });

describe('a live stream', () => {
  const open = async (headers: Headers): Promise<EventStream> => {
    const stream = await EventStream.open(`${server.url}/api/v1/live?network=acme`, headers);
    await waitFor(() => stream.of('hello').length > 0);
    return stream;
  };

  test('ends within seconds of its session or token, whatever ended that, and not before', async () => {
    const bystander = await open({ cookie: (await people.invite({ role: 'user' })).cookie });
    const streams = new Map<string, EventStream>();
    for (const [what, end] of Object.entries(ENDS)) {
      const person = await people.invite({ role: 'user' });
      streams.set(what, await open({ cookie: person.cookie }));
      await end(person);
    }
    const owner = await people.invite({ role: 'user' });
    const token = await people.token(owner, ['metrics:read']);
    streams.set('a revoked token', await open({ authorization: `Bearer ${token.secret}` }));
    await people.does({ method: 'DELETE', path: `/api/v1/tokens/${token.id}` }, owner);
    const running = (): string[] => [...streams].flatMap(([what, { isOver }]) => (isOver ? [] : what));
    await waitFor(() => running().length === 0, { timeoutMs: STREAM_MS }).catch(() => undefined);
    expect(running()).toEqual([]);
    expect(bystander.isOver).toBe(false);
    bystander.close();
  });
});
