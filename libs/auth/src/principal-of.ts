import type { StoredAccount, StoredSession, StoredToken } from '#storage';
import { isPermission, permissionsOf } from './permissions.ts';
import type { Principal } from './principal.ts';

/** Whom a session is of: it may do what its account may. */
export function principalOfSession(session: StoredSession, account: StoredAccount): Principal {
  const { sessionId: id, expiresAt } = session;
  return { ...ofAccount(account), via: 'session', id, permissions: permissionsOf(account), expiresAt };
}

/** Whom a token is of: it may do what it is scoped to, and never more than its account may now. */
export function principalOfToken(token: StoredToken, account: StoredAccount): Principal {
  const { tokenId: id, scopes, expiresAt } = token;
  const allowed = permissionsOf(account);
  const permissions = scopes.filter(isPermission).filter(scope => allowed.includes(scope));
  return { ...ofAccount(account), via: 'token', id, permissions, expiresAt };
}

function ofAccount(account: StoredAccount): Omit<Principal, 'via' | 'id' | 'permissions' | 'expiresAt'> {
  const { accountId, email, name, role, networks, hasPassword, hasGoogle } = account;
  return { accountId, email, name, role, networks, hasPassword, hasGoogle };
}
