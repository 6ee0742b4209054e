import type { AccountChanges, StoredAccount } from '#storage';
import type { AuditAction } from './audit-note.ts';

/** What an admin wants of an account; what is missing stays. */
export interface UserChanges {
  readonly name?: string;
  readonly role?: StoredAccount['role'];
  /** `null`: all of them. */
  readonly networks?: readonly string[] | null;
  readonly disabled?: boolean;
}

/** What is written, and what is said about it. */
export interface ChangeDecision {
  readonly changes: AccountChanges;
  readonly action: AuditAction;
  /** Each thing that changes, with what it was and what it becomes. */
  readonly details: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;
}

/** What is different from what the account is; `null`: nothing. */
export function decideChange(account: StoredAccount, wanted: UserChanges, now: Date): ChangeDecision | null {
  const { name, role, networks, disabled } = wanted;
  const is = { ...account, disabled: account.disabledAt !== null };
  const next = {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(role === undefined ? {} : { role }),
    ...(networks === undefined ? {} : { networks: networks === null ? null : [...new Set(networks)] }),
    ...(disabled === undefined ? {} : { disabled }),
  };
  const different = Object.entries(next).filter(
    ([key, to]) => JSON.stringify(is[key as keyof typeof next]) !== JSON.stringify(to),
  );
  if (different.length === 0) return null;
  const details = different.map(([key, to]) => [key, { from: is[key as keyof typeof next], to }]);
  const { disabled: becomesDisabled, ...changes } = Object.fromEntries(different) as typeof next;
  return {
    changes: becomesDisabled === undefined ? changes : { ...changes, disabledAt: becomesDisabled ? now : null },
    action: actionOf(becomesDisabled),
    details: Object.fromEntries(details) as ChangeDecision['details'],
  };
}

function actionOf(becomesDisabled: boolean | undefined): AuditAction {
  if (becomesDisabled === undefined) return 'account.change';
  return becomesDisabled ? 'account.disable' : 'account.enable';
}
