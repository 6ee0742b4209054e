import type { ChangeUser, User } from '../../api/people-client.ts';

/** What the form says an account should be. */
export type UserWish = Pick<User, 'name' | 'role' | 'networks'>;

/** What of an account has to be changed for it to be as wished; `null`: nothing. */
export function decideUserChanges(user: UserWish, wish: UserWish): ChangeUser | null {
  const changes: ChangeUser = {
    ...(wish.name === user.name ? {} : { name: wish.name }),
    ...(wish.role === user.role ? {} : { role: wish.role }),
    ...(isSame(wish.networks, user.networks) ? {} : { networks: wish.networks }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}

/** In any order; `null` is all of them. */
function isSame(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null ? a === b : a.toSorted().join('\n') === b.toSorted().join('\n');
}
