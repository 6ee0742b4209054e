import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN } from '../support/sign-in.ts';
import { AccountServer, PASSWORD, refusal } from './account-server.ts';
import { query } from './callers.ts';
import { sessionIn, type Person } from './people.ts';

let on: AccountServer;
beforeAll(async () => {
  on = await AccountServer.start();
});
afterAll(async () => {
  await on?.dispose();
});

describe('the audit log', () => {
  interface Entry {
    readonly id: number;
    readonly at: string;
    readonly actor: string;
    readonly accountId: number | null;
    readonly via: string | null;
    readonly address: string | null;
    readonly action: string;
    readonly subject: string | null;
    readonly details: Record<string, unknown>;
  }
  const entries = async (parameters: Readonly<Record<string, string>>): Promise<Entry[]> => {
    const reply = await on.admin('GET', `/audit?${new URLSearchParams(parameters).toString()}`);
    expect(reply.status).toBe(200);
    return reply.body['items'] as Entry[];
  };

  test('says of every change who made it, to what, by what and from where', async () => {
    const { user, secret } = await on.invite({ name: 'Carol' });
    const { id } = user;
    const used = await on.useLink(secret);
    const carol: Person = { email: user.email, password: PASSWORD, accountId: id, cookie: sessionIn(used) };
    const token = await on.people.token(carol, ['metrics:read']);
    await on.as(carol, { method: 'DELETE', path: `/api/v1/tokens/${token.id}` });
    const other = await on.people.signIn(carol);
    await on.anybody('POST', '/auth/login', { email: user.email, password: 'wrong' });
    await on.as(carol, { method: 'DELETE', path: '/api/v1/sessions' });
    expect(await on.seen(other)).toBeNull();
    const change = { current: PASSWORD, password: `${PASSWORD} again` };
    await on.as(carol, { method: 'POST', path: '/api/v1/auth/password', body: change });
    await on.as(carol, { method: 'POST', path: '/api/v1/auth/logout' });
    await on.admin('PATCH', `/users/${id}`, { role: 'admin', name: 'Carol' });
    await on.admin('PATCH', `/users/${id}`, { disabled: true });
    await on.admin('PATCH', `/users/${id}`, { disabled: false });
    await on.admin('POST', `/users/${id}/link`);
    await on.admin('DELETE', `/users/${id}`);

    const made = (await entries({ actor: user.email })).toReversed();
    expect(made.map(({ action }) => action)).toEqual([
      'link.use',
      'session.begin',
      'token.create',
      'token.revoke',
      'session.begin',
      'sign_in.fail',
      'session.revoke',
      'password.change',
      'session.end',
    ]);
    const about = (await entries({ subject: `account:${id}`, actor: ADMIN.email })).toReversed();
    expect(about.map(({ action }) => action)).toEqual([
      'account.create',
      'link.create',
      'account.change',
      'account.disable',
      'account.enable',
      'link.create',
      'account.delete',
    ]);
    expect(about[0]).toEqual({
      id: expect.any(Number),
      at: expect.any(String),
      actor: ADMIN.email,
      accountId: on.people.admin.accountId,
      via: expect.stringMatching(/^session:[0-9a-f-]{36}$/),
      address: '127.0.0.1',
      action: 'account.create',
      subject: `account:${id}`,
      details: { email: user.email, name: 'Carol', role: 'user', networks: null },
    });
    expect(about[2]?.details).toMatchObject({ role: { from: 'user', to: 'admin' } });
    expect(made.find(({ action }) => action === 'sign_in.fail')).toMatchObject({ via: null, address: '127.0.0.1' });
    expect(made.find(({ action }) => action === 'link.use')).toMatchObject({ subject: `account:${id}` });
    expect(made.find(({ action }) => action === 'token.create')).toMatchObject({ subject: `token:${token.id}` });
    const secrets = [secret, token.secret, PASSWORD, carol.cookie.split('=')[1] ?? ''];
    for (const hidden of secrets) expect(JSON.stringify([...made, ...about])).not.toContain(hidden);
  });

  test('what is refused leaves no entry', async () => {
    const before = (await entries({ limit: '1' }))[0]?.id;
    await on.admin('POST', '/users', { email: ADMIN.email, role: 'user' });
    await on.admin('PATCH', `/users/${on.people.admin.accountId}`, { name: '' });
    await on.admin('DELETE', '/users/999999999');
    expect((await entries({ limit: '1' }))[0]?.id).toBe(before);
  });

  test('comes in pages that hold each entry once, newest first, and entries that are added do not move it', async () => {
    for (let i = 0; i < 4; i++) await on.invite();
    const all = await entries({ limit: '1000' });
    expect(await on.walk('/audit', Math.ceil(all.length / 4), () => on.invite())).toEqual(all);
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a));
  });

  test('is filtered by what, who, to what and when, all at once', async () => {
    const person = await on.people.invite({ role: 'user' });
    const { id } = await on.people.token(person, ['metrics:read']);
    const all = await entries({ limit: '1000' });
    const same = async (parameters: Record<string, string>, fits: (entry: Entry) => boolean): Promise<number> => {
      const found = await entries({ limit: '1000', ...parameters });
      expect(found).toEqual(all.filter(entry => fits(entry)));
      return found.length;
    };
    const subject = `token:${id}`;
    expect(await same({ subject }, entry => entry.subject === subject)).toBe(1);
    expect(await same({ actor: person.email }, entry => entry.actor === person.email)).toBe(3);
    expect(await same({ action: 'account.create' }, entry => entry.action === 'account.create')).toBeGreaterThan(5);
    const both = { actor: person.email, action: 'token.create' };
    expect(await same(both, entry => entry.actor === both.actor && entry.action === both.action)).toBe(1);
    const middle = all[Math.floor(all.length / 2)]?.at ?? '';
    const [from, to] = [{ from: middle }, { to: middle }];
    const counts = [await same(from, entry => entry.at >= middle), await same(to, entry => entry.at < middle)];
    expect(counts[0]! + counts[1]!).toBe(all.length);
    expect(await entries({ to: '-1d' })).toEqual([]);
    expect(await entries({ from: '-100000d', limit: '1000' })).toEqual(all);
  });

  test.each([
    'limit=0',
    'cursor=x',
    'cursor=9999999999999999',
    'from=yesterday',
    'from=2016-12-31T23:59:60Z',
    'action=drop',
    'actor=%00',
    'actor=a&actor=b',
    'subject=%0A',
    'x=1',
  ])('is not asked for by %s', async parameters => {
    expect(refusal(await on.admin('GET', `/audit?${parameters}`))).toEqual([400, 'INVALID_REQUEST']);
  });

  test('is only ever added to, also by whoever has the database', async () => {
    for (const statement of ["update audit_entry set actor = 'x'", 'delete from audit_entry', 'truncate audit_entry'])
      await expect(query(on.database, statement)).rejects.toThrow('only ever added to');
  });
});
