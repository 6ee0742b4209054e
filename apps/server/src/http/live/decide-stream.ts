import type { AccountRole, Principal } from '#auth';

/** What is known now of the session or token that opened a stream. */
export interface Standing {
  readonly role: AccountRole;
  readonly networks: readonly string[] | null;
}

/** Whether a stream goes on, or why it ends. */
export type StreamFate = 'goes-on' | 'signed-out' | 'changed';

/**
 * What becomes of an open stream. One whose account may see more or less than when it began ends as well: the next one is
 * decided anew.
 *
 * @param standing `undefined`: the session or token is not there any more, or its account is disabled
 */
export function decideStream(
  { role, networks }: Pick<Principal, 'role' | 'networks'>,
  standing: Standing | undefined,
): StreamFate {
  if (standing === undefined) return 'signed-out';
  return role === standing.role && isSame(networks, standing.networks) ? 'goes-on' : 'changed';
}

function isSame(some: readonly string[] | null, others: readonly string[] | null): boolean {
  return JSON.stringify(some?.toSorted()) === JSON.stringify(others?.toSorted());
}
