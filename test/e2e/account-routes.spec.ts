import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN } from '../support/sign-in.ts';
import { AccountServer, newAddress, PASSWORD, refusal, secretOf, type Link, type User } from './account-server.ts';
import { ask } from './ask.ts';
import { query } from './callers.ts';
import { COOKIE, sessionIn, type Person } from './people.ts';

let on: AccountServer;
beforeAll(async () => {
  on = await AccountServer.start();
});
afterAll(async () => {
  await on?.dispose();
});

describe('an invitation', () => {
  test('makes an account that nobody can sign in to, and a link that says it to nobody on the way', async () => {
    const { user, link } = await on.invite({ email: '  New.One@ACME.example ', name: ' New One ', networks: ['beta'] });
    expect(user).toEqual({
      id: expect.any(Number),
      email: 'new.one@acme.example',
      name: 'New One',
      role: 'user',
      networks: ['beta'],
      status: 'invited',
      hasPassword: false,
      hasGoogle: false,
      createdAt: expect.any(String),
      lastSignInAt: null,
    });
    expect(link).toEqual({ purpose: 'invite', url: expect.any(String), expiresAt: expect.any(String) });
    expect(link.url).toMatch(new RegExp(`^${on.url}/link#[\\w-]{43}$`));
    const days = (Date.parse(link.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    const guess = await on.anybody('POST', '/auth/login', { email: user.email, password: PASSWORD });
    expect(refusal(guess)).toEqual([401, 'SIGN_IN_FAILED']);
  });

  test('is used once: it sets the password and signs in', async () => {
    const { user, secret } = await on.invite();
    const check = await on.anybody('POST', '/auth/link/check', { token: secret });
    expect([check.status, check.body]).toEqual([200, { purpose: 'invite', email: user.email }]);
    const reply = await on.useLink(secret);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ account: { id: user.id, hasPassword: true }, via: 'session' });
    const me = await ask(on.url, { path: '/api/v1/auth/session', headers: { cookie: sessionIn(reply) } });
    expect(me.body).toMatchObject({ account: { email: user.email, permissions: ['metrics:read'] } });
    expect(refusal(await on.useLink(secret, 'another four brown owls'))).toEqual([403, 'LINK_INVALID']);
    expect(refusal(await on.anybody('POST', '/auth/link/check', { token: secret }))).toEqual([403, 'LINK_INVALID']);
    expect((await on.admin('GET', `/users/${user.id}`)).body).toMatchObject({ status: 'active', hasPassword: true });
    const again = await on.anybody('POST', '/auth/login', { email: user.email, password: PASSWORD });
    expect(again.status).toBe(200);
  });

  test('is used by one of those who use it at the same moment', async () => {
    const { secret } = await on.invite();
    const replies = await Promise.all([1, 2, 3, 4].map(n => on.useLink(secret, `${PASSWORD} ${n}`)));
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403, 403, 403]);
  });

  test('is not used up by a password that is too weak', async () => {
    const { user, secret } = await on.invite();
    for (const weak of ['short', user.email, 'aaaaaaaaaaaaaaaaaaaa', 'distomondistomon', 'x'.repeat(257)])
      expect(refusal(await on.useLink(secret, weak))).toEqual([400, 'WEAK_PASSWORD']);
    expect((await on.useLink(secret)).status).toBe(200);
  });

  test('made again replaces the one before', async () => {
    const { user, secret } = await on.invite();
    const reply = await on.admin('POST', `/users/${user.id}/link`);
    expect([reply.status, reply.body['purpose']]).toEqual([201, 'invite']);
    expect(refusal(await on.useLink(secret))).toEqual([403, 'LINK_INVALID']);
    expect((await on.useLink(secretOf(reply.body as unknown as Link))).status).toBe(200);
  });

  test('of an account that is gone by now is good for nothing', async () => {
    const { user, secret } = await on.invite();
    expect((await on.admin('DELETE', `/users/${user.id}`)).status).toBe(204);
    expect(refusal(await on.useLink(secret))).toEqual([403, 'LINK_INVALID']);
  });

  test.each([
    ['an address that has an account', { email: ADMIN.email.toUpperCase() }, 409, 'EMAIL_TAKEN'],
    ['a network that is not here', { networks: ['acme', 'gamma'] }, 400, 'INVALID_NETWORK'],
    ['no network', { networks: [] }, 400, 'INVALID_REQUEST'],
    ['a role that is none', { role: 'owner' }, 400, 'INVALID_REQUEST'],
    ['no role', { role: undefined }, 400, 'INVALID_REQUEST'],
    ['a password', { password: PASSWORD }, 400, 'INVALID_REQUEST'],
    ['no address', { email: 'alice' }, 400, 'INVALID_REQUEST'],
  ])('with %s is refused', async (_, wish, status, code) => {
    expect(refusal(await on.admin('POST', '/users', { email: newAddress(), role: 'user', ...wish }))).toEqual([
      status,
      code,
    ]);
  });
});

describe('a link for who forgot the password', () => {
  test('lasts a day, ends all sessions when it is used, and the old password is the right one no more', async () => {
    const person = await on.people.invite({ role: 'user' });
    const reply = await on.admin('POST', `/users/${person.accountId}/link`);
    const link = reply.body as unknown as Link;
    expect(link.purpose).toBe('reset');
    const leftMs = Date.parse(link.expiresAt) - Date.now();
    expect(leftMs).toBeLessThanOrEqual(86_400_000);
    expect(leftMs).toBeGreaterThan(86_340_000);
    expect(await on.seen(person)).not.toBeNull();
    const used = await on.useLink(secretOf(link));
    expect(used.status).toBe(200);
    expect(await on.seen(person)).toBeNull();
    const old = await on.anybody('POST', '/auth/login', { email: person.email, password: person.password });
    expect(refusal(old)).toEqual([401, 'SIGN_IN_FAILED']);
    await expect(on.people.signIn({ email: person.email, password: PASSWORD })).resolves.toBeDefined();
  });

  test('works no more after its time', async () => {
    const person = await on.people.invite({ role: 'user' });
    const { body } = await on.admin('POST', `/users/${person.accountId}/link`);
    await query(on.database, "update account_link set expires_at = now() - interval '1 s' where account_id = $1", [
      person.accountId,
    ]);
    expect(refusal(await on.useLink(secretOf(body as unknown as Link)))).toEqual([403, 'LINK_INVALID']);
    expect(await on.seen(person)).not.toBeNull();
  });

  test.each(['', 'x', 'A'.repeat(43), 'A'.repeat(200), "' or 1=1 --", '../../../etc/passwd', '\0'])(
    'is not %j',
    async token => {
      const { status, code } = await on.useLink(token);
      expect([
        [400, 'INVALID_REQUEST'],
        [403, 'LINK_INVALID'],
      ]).toContainEqual([status, code]);
    },
  );
});

describe('an account that is changed', () => {
  test('has its new role from the next request on', async () => {
    const person = await on.people.invite({ role: 'user' });
    expect((await on.as(person, { path: '/api/v1/users' })).code).toBe('FORBIDDEN');
    const reply = await on.admin('PATCH', `/users/${person.accountId}`, { role: 'admin', name: 'Boss' });
    expect(reply.body).toMatchObject({ id: person.accountId, role: 'admin', name: 'Boss', networks: null });
    expect((await on.as(person, { path: '/api/v1/users' })).status).toBe(200);
    await on.admin('PATCH', `/users/${person.accountId}`, { role: 'user' });
    expect((await on.as(person, { path: '/api/v1/users' })).code).toBe('FORBIDDEN');
  });

  test('sees the networks it is limited to', async () => {
    const person = await on.people.invite({ role: 'user', networks: ['acme'] });
    const names = async (): Promise<unknown[]> =>
      ((await on.as(person, { path: '/api/v1/networks' })).body['items'] as { network: string }[]).map(n => n.network);
    expect(await names()).toEqual(['acme']);
    await on.admin('PATCH', `/users/${person.accountId}`, { networks: ['beta'] });
    expect(await names()).toEqual(['beta']);
    await on.admin('PATCH', `/users/${person.accountId}`, { networks: null });
    expect(await names()).toEqual(['acme', 'beta']);
  });

  test('keeps what is not named', async () => {
    const { user } = await on.invite({ name: 'Alice', networks: ['beta'] });
    expect((await on.admin('PATCH', `/users/${user.id}`, {})).body).toEqual(user);
    expect((await on.admin('PATCH', `/users/${user.id}`, { name: 'Bob' })).body).toEqual({ ...user, name: 'Bob' });
  });

  test.each([{ email: 'x@y.example' }, { role: null }, { name: null }, { disabled: 'true' }, { id: 1 }, []])(
    'is not changed by %j',
    async changes => {
      const { user } = await on.invite();
      expect(refusal(await on.admin('PATCH', `/users/${user.id}`, changes))).toEqual([400, 'INVALID_REQUEST']);
      expect((await on.admin('GET', `/users/${user.id}`)).body).toEqual(user);
    },
  );
});

describe('an account that is disabled', () => {
  test('is out at once, session and token, and only who knows its password is told why', async () => {
    const person = await on.people.invite({ role: 'admin' });
    const { secret } = await on.people.token(person, ['metrics:read']);
    expect((await on.withToken(secret, '/networks')).status).toBe(200);
    const { body } = await on.admin('PATCH', `/users/${person.accountId}`, { disabled: true });
    expect(body).toMatchObject({ status: 'disabled' });
    expect(await on.seen(person)).toBeNull();
    expect(refusal(await on.as(person, { path: '/api/v1/networks' }))).toEqual([401, 'NOT_SIGNED_IN']);
    expect(refusal(await on.withToken(secret, '/networks'))).toEqual([401, 'NOT_SIGNED_IN']);
    const { email, password } = person;
    const right = await on.anybody('POST', '/auth/login', { email, password });
    expect([...refusal(right), right.cookie(COOKIE)]).toEqual([403, 'ACCOUNT_DISABLED', null]);
    const wrong = await on.anybody('POST', '/auth/login', { email, password: `${password}!` });
    expect(refusal(wrong)).toEqual([401, 'SIGN_IN_FAILED']);
  });

  test('can be used again when it is enabled', async () => {
    const person = await on.people.invite({ role: 'user' });
    const { secret } = await on.people.token(person, ['metrics:read']);
    await on.admin('PATCH', `/users/${person.accountId}`, { disabled: true });
    await on.admin('PATCH', `/users/${person.accountId}`, { disabled: false });
    expect((await on.withToken(secret, '/networks')).status).toBe(200);
    await expect(on.people.signIn(person)).resolves.toMatchObject({ accountId: person.accountId });
  });
});

describe('an account that is deleted', () => {
  test('is gone with its sessions and tokens, and its address is free', async () => {
    const person = await on.people.invite({ role: 'user' });
    const { secret } = await on.people.token(person, ['metrics:read']);
    expect((await on.admin('DELETE', `/users/${person.accountId}`)).status).toBe(204);
    expect(await on.seen(person)).toBeNull();
    expect(refusal(await on.withToken(secret, '/networks'))).toEqual([401, 'NOT_SIGNED_IN']);
    expect(refusal(await on.admin('GET', `/users/${person.accountId}`))).toEqual([404, 'USER_NOT_FOUND']);
    expect(refusal(await on.admin('DELETE', `/users/${person.accountId}`))).toEqual([404, 'USER_NOT_FOUND']);
    const { user } = await on.invite({ email: person.email });
    expect(user.id).toBeGreaterThan(person.accountId);
  });
});

describe('the last admin', () => {
  const others = async (): Promise<User[]> =>
    ((await on.admin('GET', '/users?limit=1000')).body['items'] as User[]).filter(
      ({ id, role }) => role === 'admin' && id !== on.people.admin.accountId,
    );

  test.each<[string, string, unknown]>([
    ['is not made a user', 'PATCH', { role: 'user' }],
    ['is not disabled', 'PATCH', { disabled: true }],
    ['is not limited to some networks', 'PATCH', { networks: ['acme', 'beta'] }],
    ['is not deleted', 'DELETE', undefined],
  ])('%s', async (_, method, body) => {
    for (const { id } of await others()) await on.admin('DELETE', `/users/${id}`);
    await on.invite({ role: 'admin' }); // cannot sign in yet
    await on.people.invite({ role: 'admin', networks: ['acme'] });
    const disabled = await on.people.invite({ role: 'admin' });
    await on.admin('PATCH', `/users/${disabled.accountId}`, { disabled: true });
    const path = `/users/${on.people.admin.accountId}`;
    expect(refusal(await on.admin(method, path, body))).toEqual([409, 'LAST_ADMIN']);
    expect(await on.seen(on.people.admin)).toMatchObject({ role: 'admin', networks: null });
  });

  test('is one that stays when two remove each other at the same moment', async () => {
    for (const { id } of await others()) await on.admin('DELETE', `/users/${id}`);
    const other = await on.people.invite({ role: 'admin' });
    const path = (person: Person): string => `/api/v1/users/${person.accountId}`;
    const body = { role: 'user' };
    const replies = await Promise.all([
      on.as(on.people.admin, { method: 'PATCH', path: path(other), body }),
      on.as(other, { method: 'PATCH', path: path(on.people.admin), body }),
    ]);
    // The second was refused as the last one, or was no admin any more when he asked.
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const [row] = await query(on.database, "select count(*)::int as n from account where role = 'admin'");
    expect(row).toEqual({ n: 1 });
    await query(on.database, "update account set role = 'admin' where account_id = $1", [on.people.admin.accountId]);
  });
});

describe('a list of accounts', () => {
  test('comes in pages that hold each once, the oldest first', async () => {
    for (let i = 0; i < 5; i++) await on.invite();
    const all = (await on.admin('GET', '/users?limit=1000')).body['items'] as User[];
    expect(await on.walk('/users', 2)).toEqual(all);
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => a - b));
  });

  test.each(['0', '-1', '1.5', 'abc', '007', '1e3', '99999999999999999999', "1'--", '%00', 'NaN'])(
    'has no account %s',
    async id => {
      for (const [method, path] of [
        ['GET', `/users/${id}`],
        ['PATCH', `/users/${id}`],
        ['DELETE', `/users/${id}`],
        ['POST', `/users/${id}/link`],
        ['DELETE', `/users/${id}/sessions`],
      ] as const)
        expect(refusal(await on.admin(method, path, method === 'PATCH' ? {} : undefined))).toEqual([
          404,
          'USER_NOT_FOUND',
        ]);
    },
  );

  test.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'cursor=x',
    'cursor=-1',
    'cursor=99999999999999',
    'token=x',
    'cursor=1&cursor=2',
  ])('is not asked for by %s', async parameters => {
    expect(refusal(await on.admin('GET', `/users?${parameters}`))).toEqual([400, 'INVALID_REQUEST']);
  });
});

test('somebody is signed out everywhere, and his tokens stay', async () => {
  const person = await on.people.invite({ role: 'user' });
  const more = await on.people.signIn(person);
  const { secret } = await on.people.token(person, ['metrics:read']);
  expect((await on.admin('DELETE', `/users/${person.accountId}/sessions`)).status).toBe(204);
  expect([await on.seen(person), await on.seen(more)]).toEqual([null, null]);
  expect((await on.withToken(secret, '/networks')).status).toBe(200);
});

test('nothing that any of this answered is kept on the way', async () => {
  const { user } = await on.invite();
  const replies = await Promise.all([
    on.anybody('GET', '/auth/session'),
    on.admin('GET', '/users'),
    on.admin('GET', '/audit'),
    on.admin('POST', `/users/${user.id}/link`),
    on.as(on.people.admin, { path: '/api/v1/tokens' }),
    on.as(on.people.admin, { path: '/api/v1/sessions' }),
  ]);
  expect(new Set(replies.map(({ headers }) => headers['cache-control']))).toEqual(new Set(['no-store']));
});
