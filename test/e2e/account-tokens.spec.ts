import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERMISSION_NAMES } from '#auth';
import { waitFor } from '../support/services.ts';
import { AccountServer, refusal } from './account-server.ts';
import { ask, type Reply } from './ask.ts';
import { query } from './callers.ts';
import type { Person } from './people.ts';

let on: AccountServer;
beforeAll(async () => {
  on = await AccountServer.start();
});
afterAll(async () => {
  await on?.dispose();
});

describe('a token', () => {
  const make = (person: Person, body: object): Promise<Reply> =>
    on.as(person, {
      method: 'POST',
      path: '/api/v1/tokens',
      body: { name: 'a test', scopes: ['metrics:read'], ...body },
    });

  test('is shown once, and known by its beginning', async () => {
    const person = await on.people.invite({ role: 'user' });
    const reply = await make(person, { name: ' grafana ', expiresAt: '2100-01-01T00:00:00+01:00' });
    const { secret, ...item } = reply.body as { secret: string; id: string };
    expect([reply.status, secret]).toEqual([201, expect.stringMatching(/^dm_[\w-]{43}$/)]);
    expect(item).toEqual({
      id: expect.any(String),
      name: 'grafana',
      hint: secret.slice(0, 9),
      scopes: ['metrics:read'],
      createdAt: expect.any(String),
      expiresAt: '2099-12-31T23:00:00.000Z',
      lastUsedAt: null,
      revokedAt: null,
    });
    const list = await on.as(person, { path: '/api/v1/tokens' });
    expect(list.body).toEqual({ items: [item], next: null });
    expect((await on.withToken(secret, '/auth/session')).body).toMatchObject({
      via: 'token',
      account: { email: person.email, permissions: ['metrics:read'] },
      expiresAt: '2099-12-31T23:00:00.000Z',
    });
    await waitFor(async () => {
      const { items } = (await on.as(person, { path: '/api/v1/tokens' })).body as { items: { lastUsedAt: unknown }[] };
      return items[0]?.lastUsedAt !== null;
    });
  });

  test.each(PERMISSION_NAMES)('has the scope %s and no other', async scope => {
    const { secret } = await on.people.token(on.people.admin, [scope]);
    const { body } = await on.withToken(secret, '/auth/session');
    expect(body).toMatchObject({ account: { role: 'admin', permissions: [scope] } });
    expect((await on.withToken(secret, '/users')).status).toBe(scope === 'users:read' ? 200 : 403);
    expect((await on.withToken(secret, '/audit')).status).toBe(scope === 'audit:read' ? 200 : 403);
    expect((await on.withToken(secret, '/networks')).status).toBe(scope === 'metrics:read' ? 200 : 403);
  });

  test('of a user has nothing that a user has not', async () => {
    const person = await on.people.invite({ role: 'user' });
    for (const scope of PERMISSION_NAMES.filter(name => name !== 'metrics:read'))
      expect(refusal(await make(person, { scopes: ['metrics:read', scope] }))).toEqual([403, 'SCOPE_NOT_ALLOWED']);
    expect((await on.as(person, { path: '/api/v1/tokens' })).body['items']).toEqual([]);
  });

  test('becomes narrower with its owner', async () => {
    const person = await on.people.invite({ role: 'admin' });
    const { secret } = await on.people.token(person, ['metrics:read', 'users:read']);
    expect((await on.withToken(secret, '/users')).status).toBe(200);
    await on.admin('PATCH', `/users/${person.accountId}`, { networks: ['acme'] });
    expect(refusal(await on.withToken(secret, '/users'))).toEqual([403, 'FORBIDDEN']);
    const { items } = (await on.withToken(secret, '/networks')).body as { items: { network: string }[] };
    expect(items.map(({ network }) => network)).toEqual(['acme']);
  });

  test('makes no token, and sees and ends none, nor a session', async () => {
    const person = await on.people.invite({ role: 'admin' });
    const { id, secret } = await on.people.token(person, PERMISSION_NAMES);
    for (const [method, path] of [
      ['GET', '/tokens'],
      ['POST', '/tokens'],
      ['DELETE', `/tokens/${id}`],
      ['GET', '/sessions'],
      ['DELETE', '/sessions'],
      ['POST', '/auth/password'],
    ] as const) {
      const headers = { authorization: `Bearer ${secret}` };
      const reply = await ask(on.url, { method, path: `/api/v1${path}`, headers });
      expect(refusal(reply)).toEqual([403, 'SESSION_ONLY']);
    }
  });

  test('that is revoked is no good at once, and stays in the list', async () => {
    const person = await on.people.invite({ role: 'user' });
    const { id, secret } = await on.people.token(person, ['metrics:read']);
    const path = `/api/v1/tokens/${id}`;
    expect((await on.as(person, { method: 'DELETE', path })).status).toBe(204);
    expect(refusal(await on.withToken(secret, '/networks'))).toEqual([401, 'NOT_SIGNED_IN']);
    expect(refusal(await on.as(person, { method: 'DELETE', path }))).toEqual([404, 'TOKEN_NOT_FOUND']);
    expect((await on.as(person, { path: '/api/v1/tokens' })).body).toMatchObject({
      items: [{ id, revokedAt: expect.any(String) }],
    });
  });

  test('ends at its time', async () => {
    const person = await on.people.invite({ role: 'user' });
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { id, secret } = (await make(person, { expiresAt })).body as { id: string; secret: string };
    expect((await on.withToken(secret, '/networks')).status).toBe(200);
    await query(on.database, "update api_token set expires_at = now() - interval '1 s' where token_id = $1", [id]);
    expect(refusal(await on.withToken(secret, '/networks'))).toEqual([401, 'NOT_SIGNED_IN']);
  });

  test("is nobody else's: not even an admin finds it", async () => {
    const person = await on.people.invite({ role: 'user' });
    const { id, secret } = await on.people.token(person, ['metrics:read']);
    expect(refusal(await on.admin('DELETE', `/tokens/${id}`))).toEqual([404, 'TOKEN_NOT_FOUND']);
    expect(refusal(await on.admin('DELETE', '/tokens/x'))).toEqual([404, 'TOKEN_NOT_FOUND']);
    expect((await on.withToken(secret, '/networks')).status).toBe(200);
  });

  test.each<[string, object]>([
    ['no scope', { scopes: [] }],
    ['a scope that is none', { scopes: ['metrics:read', 'root'] }],
    ['a scope twice', { scopes: ['metrics:read', 'metrics:read'] }],
    ['scopes that are no list', { scopes: 'metrics:read' }],
    ['no name', { name: '' }],
    ['a name of two lines', { name: 'a\nb' }],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['an end that is no time', { expiresAt: 'never' }],
    ['an end on no day', { expiresAt: '2100-02-30T00:00:00Z' }],
    ['a secret of its choice', { secret: `dm_${'A'.repeat(43)}` }],
  ])('with %s is refused', async (_, body) => {
    expect(refusal(await make(on.people.admin, body))).toEqual([400, 'INVALID_REQUEST']);
  });
});
