import type { VerdictState } from '../../api/client.ts';

/** What a line has of anything with a state. A row is replaced, never changed, so that a line knows when to draw itself. */
export interface StateRow {
  readonly name: string;
  readonly state: VerdictState;
  readonly reason: string | null;
  /** RFC 3339; `null` as long as there was no verdict. */
  readonly since: string | null;
  /** What the last look found, in a sentence. */
  readonly detail: string | null;
  /** When the state was last told by an event, in ms of `performance.now()`. */
  readonly stateToldAt: number;
}

/** Of a row that no event was about yet. */
export const NEVER_TOLD = Number.NEGATIVE_INFINITY;

/**
 * The read row with the known row's state where that is newer: the stream goes on while a list is being read, so an
 * answer may be older than what an event has said since it was asked for.
 *
 * @param requestedAt when the list was asked for, in ms of `performance.now()`
 */
export function withNewerState<Row extends StateRow>(known: Row, read: Row, requestedAt: number): Row {
  const { state, reason, since, detail, stateToldAt } = known;
  return stateToldAt > requestedAt ? { ...read, state, reason, since, detail, stateToldAt } : { ...read, stateToldAt };
}
