import type { SessionItem } from '../../api/people-client.ts';

/** The one that asks first, then those that were used last. */
export function sortSessions(sessions: readonly SessionItem[]): readonly SessionItem[] {
  return sessions.toSorted((a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt.localeCompare(a.lastUsedAt));
}
