import type { User, UserLink } from '../../api/people-client.ts';

/** What is wished of an account. */
export type UserAct = 'change' | 'link' | 'sessions' | 'disable' | 'enable' | 'remove';

/** Which dialog is open. */
export type Asked =
  | { readonly kind: 'invite' }
  | { readonly kind: UserAct; readonly user: User }
  | { readonly kind: 'made'; readonly who: string; readonly link: UserLink };

/** What can be done about an account as it is, in the order of the menu. */
export function actsFor({ status }: Pick<User, 'status'>): readonly UserAct[] {
  // The link of a disabled account would not work, and it has no sessions.
  if (status === 'disabled') return ['change', 'enable', 'remove'];
  if (status === 'invited') return ['change', 'link', 'disable', 'remove'];
  return ['change', 'link', 'sessions', 'disable', 'remove'];
}

/** Whether it decides about somebody's access; such acts stand last. */
export function isGrave(act: UserAct): boolean {
  return act === 'disable' || act === 'enable' || act === 'remove';
}
