/** State changes that are told again at most; whoever missed more is faster with a new list. */
const MAX_REPLAY = 1_000;

/** Where a stream begins: with the state change that follows `after`. */
export interface Start {
  readonly after: number;
  /** Every reason but `resumed` means: afresh, from the newest change on. */
  readonly reason: 'new' | 'resumed' | 'not_kept' | 'too_far_back';
}

/** What the outbox has: its newest sequence, 0 when it is empty, and whether it has the entry that the client names. */
export interface KeptChanges {
  readonly newest: number;
  readonly hasLastSeen: boolean;
}

/** @param lastSeen the last state change that the client has seen; 0: there was none yet; `null`: it does not say */
export function decideStart(lastSeen: number | null, { newest, hasLastSeen }: KeptChanges): Start {
  if (lastSeen === null) return { after: newest, reason: 'new' };
  // Deleted since, and others after it perhaps; or told by another database.
  if (lastSeen !== 0 && !hasLastSeen) return { after: newest, reason: 'not_kept' };
  if (newest - lastSeen > MAX_REPLAY) return { after: newest, reason: 'too_far_back' };
  return { after: lastSeen, reason: 'resumed' };
}
