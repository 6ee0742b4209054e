import { expect, test } from 'vitest';
import type { StoredAccount, StoredSession, StoredToken } from '#storage';
import { mayView } from './principal.ts';
import { principalOfSession, principalOfToken } from './principal-of.ts';

const at = new Date('2026-11-20T10:00:00Z');

function account(more: Partial<StoredAccount> = {}): StoredAccount {
  const signIn = { hasPassword: true, hasGoogle: false, createdAt: at, lastSignInAt: null, disabledAt: null };
  return {
    accountId: 17,
    email: 'alice@example.org',
    name: 'Alice',
    role: 'admin',
    networks: null,
    ...signIn,
    ...more,
  };
}

const session = { sessionId: 's', accountId: 17, expiresAt: at } as StoredSession;
const token = (...scopes: string[]): StoredToken =>
  ({ tokenId: 't', expiresAt: null, scopes }) as unknown as StoredToken;

test('a session is its account, and may do what that may', () => {
  expect(principalOfSession(session, account())).toEqual({
    via: 'session',
    id: 's',
    accountId: 17,
    email: 'alice@example.org',
    name: 'Alice',
    role: 'admin',
    networks: null,
    hasPassword: true,
    hasGoogle: false,
    permissions: [
      'metrics:read',
      'history:read',
      'networks:write',
      'server:read',
      'users:read',
      'users:write',
      'audit:read',
    ],
    expiresAt: at,
  });
});

test.each<[string, StoredToken, Partial<StoredAccount>, string[]]>([
  ['what it is scoped to', token('history:read', 'metrics:read'), {}, ['history:read', 'metrics:read']],
  ['nothing without a scope', token(), {}, []],
  ['no more than its owner', token('metrics:read', 'history:read'), { role: 'user' }, ['metrics:read']],
  ['no more than a limited owner', token('history:read', 'audit:read'), { networks: ['acme'] }, ['history:read']],
  ['nothing that is no permission any more', token('alerts:write', 'metrics:read'), {}, ['metrics:read']],
])('a token may do %s', (_, stored, owner, expected) => {
  const { via, id, permissions } = principalOfToken(stored, account(owner));
  expect([via, id, permissions]).toEqual(['token', 't', expected]);
});

test.each([
  [null, true],
  [['acme', 'beta'], true],
  [['beta'], false],
  [[], false],
])('who sees the networks %j sees acme: %s', (networks, expected) => {
  expect(mayView({ networks }, 'acme')).toBe(expected);
});
