import type { AccountView } from '../../api/account-client.ts';

/**
 * Whether what one was shown is what the other may see: the same account with the same rights. When it is not, another tab
 * has signed somebody else in, or somebody has changed what the account may do.
 */
export function isSameViewer(before: AccountView, now: AccountView): boolean {
  return before.id === now.id && rightsOf(before) === rightsOf(now);
}

function rightsOf({ permissions, networks }: AccountView): string {
  return JSON.stringify([permissions.toSorted(), networks?.toSorted() ?? null]);
}
