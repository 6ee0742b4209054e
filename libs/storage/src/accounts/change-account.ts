import type { AccountChanges, StoredAccount } from '../account.types.ts';

/** What signs people in beside a password: who has only a way that is off cannot sign in. */
export interface SignInWays {
  readonly google: boolean;
}

export const EVERY_WAY: SignInWays = { google: true };

/** The account as it is after the changes; the very same object when they change nothing. Pure. */
export function applyChanges(before: StoredAccount, changes: AccountChanges): StoredAccount {
  const after = { ...before, ...changes };
  // Disabled once more: it stays disabled since the first time.
  if (before.disabledAt !== null && after.disabledAt !== null) after.disabledAt = before.disabledAt;
  return JSON.stringify(after) === JSON.stringify(before) ? before : after;
}

/** Whether it is one of those of whom one must remain: an admin who can sign in and may do everything. */
export function isFullAdmin(
  { role, networks, disabledAt, hasPassword, hasGoogle }: StoredAccount,
  ways: SignInWays,
): boolean {
  const canSignIn = hasPassword || (hasGoogle && ways.google);
  return role === 'admin' && networks === null && disabledAt === null && canSignIn;
}
