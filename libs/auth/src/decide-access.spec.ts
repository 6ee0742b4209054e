import { expect, test } from 'vitest';
import { type AccessRule, decideAccess } from './decide-access.ts';
import { PERMISSION_NAMES, type Permission, permissionsOf } from './permissions.ts';
import type { Principal } from './principal.ts';

function principal(more: Partial<Principal>): Principal {
  const account = { accountId: 1, email: 'alice@example.org', name: '', role: 'user', networks: null } as const;
  const ways = { hasPassword: true, hasGoogle: false };
  return { ...account, ...ways, via: 'session', id: 'an id', permissions: ['metrics:read'], expiresAt: null, ...more };
}

const nobody = null;
const user = principal({});
const admin = principal({ role: 'admin', permissions: PERMISSION_NAMES });
const limitedAdmin = principal({
  role: 'admin',
  networks: ['acme'],
  permissions: permissionsOf({ role: 'admin', networks: ['acme'] }),
});
const tokenOf = (...permissions: Permission[]): Principal => principal({ via: 'token', role: 'admin', permissions });

type Answer = 'yes' | 'undeclared' | 'unknown' | 'session-only' | 'missing-permission';

test.each<[string, AccessRule | undefined, Principal | null, Answer]>([
  ['a route that declares nothing is closed to nobody', undefined, nobody, 'undeclared'],
  ['a route that declares nothing is closed to an admin too', undefined, admin, 'undeclared'],
  ['a public route is open to nobody', 'public', nobody, 'yes'],
  ['a public route is open to a user', 'public', user, 'yes'],
  ['a public route is open to a token without scopes', 'public', tokenOf(), 'yes'],
  ['one’s own account needs one', 'own-account', nobody, 'unknown'],
  ['one’s own account is a user’s', 'own-account', user, 'yes'],
  ['one’s own account is an admin’s', 'own-account', admin, 'yes'],
  ['one’s own account is no token’s', 'own-account', tokenOf(...PERMISSION_NAMES), 'session-only'],
  ['the present is closed to nobody', 'metrics:read', nobody, 'unknown'],
  ['the present is a user’s', 'metrics:read', user, 'yes'],
  ['the present is a token’s with that scope', 'metrics:read', tokenOf('metrics:read'), 'yes'],
  ['the present is not another token’s', 'metrics:read', tokenOf('history:read'), 'missing-permission'],
  ['the past is closed to nobody', 'history:read', nobody, 'unknown'],
  ['the past is not a user’s', 'history:read', user, 'missing-permission'],
  ['the past is an admin’s', 'history:read', admin, 'yes'],
  ['the past is a limited admin’s', 'history:read', limitedAdmin, 'yes'],
  ['the accounts are not a limited admin’s', 'users:write', limitedAdmin, 'missing-permission'],
  ['an admin’s token has no more than its scopes', 'users:write', tokenOf('users:read'), 'missing-permission'],
])('%s', (_, rule, who, expected) => {
  const decision = decideAccess(rule, who);
  expect(decision.allowed ? 'yes' : decision.reason).toBe(expected);
});

test('each permission opens its own routes and no other', () => {
  for (const held of PERMISSION_NAMES)
    for (const asked of PERMISSION_NAMES)
      expect(decideAccess(asked, tokenOf(held)).allowed, `${held} for ${asked}`).toBe(held === asked);
});
