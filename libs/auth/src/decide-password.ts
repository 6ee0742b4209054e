import type { StoredAccount } from '#storage';

/** What follows from a password that somebody typed. */
export type PasswordDecision =
  | {
      readonly kind: 'right';
      readonly account: StoredAccount;
      /** What the password was compared with. */
      readonly passwordHash: string;
    }
  | {
      readonly kind: 'wrong';
      readonly account: StoredAccount | null;
      /** For the audit log. Who typed it is told `disabled` alone, and that only with the right password. */
      readonly reason: 'unknown-account' | 'no-password' | 'wrong-password' | 'disabled';
    };

/**
 * Whether somebody has shown that the account is theirs.
 *
 * @param found `null`: there is no such account
 * @param isRight what the verification said; it is false where there is nothing to verify against
 */
export function decidePassword(
  found: { readonly account: StoredAccount; readonly passwordHash: string | null } | null,
  isRight: boolean,
): PasswordDecision {
  if (found === null) return { kind: 'wrong', account: null, reason: 'unknown-account' };
  const { account, passwordHash } = found;
  if (passwordHash === null) return { kind: 'wrong', account, reason: 'no-password' };
  if (!isRight) return { kind: 'wrong', account, reason: 'wrong-password' };
  return account.disabledAt === null
    ? { kind: 'right', account, passwordHash }
    : { kind: 'wrong', account, reason: 'disabled' };
}
