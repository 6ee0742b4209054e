import type { StoredAccount } from '#storage';
import type { User } from './user.dto.ts';

/** An account as the API shows it. */
export function presentUser(account: StoredAccount): User {
  return {
    id: account.accountId,
    email: account.email,
    name: account.name,
    role: account.role,
    networks: account.networks === null ? null : [...account.networks],
    status: statusOf(account),
    hasPassword: account.hasPassword,
    hasGoogle: account.hasGoogle,
    createdAt: account.createdAt.toISOString(),
    lastSignInAt: account.lastSignInAt?.toISOString() ?? null,
  };
}

function statusOf({ disabledAt, hasPassword, hasGoogle }: StoredAccount): User['status'] {
  if (disabledAt !== null) return 'disabled';
  return hasPassword || hasGoogle ? 'active' : 'invited';
}
