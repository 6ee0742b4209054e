const SHORTEST_MS = 1_000;
const LONGEST_MS = 300_000;

/** When a plugin's process may be started again. */
export interface Restart {
  /** Ends in a row, this one included, without a long life between them. */
  readonly failures: number;
  readonly pauseMs: number;
}

/**
 * Decides how long a plugin whose process has ended has to wait for the next one: 1 s, 2 s, 4 s … 5 min, so that one that
 * crashes again and again costs next to nothing. A process that lived for 5 min was a good one: then from 1 s again.
 *
 * @param failures how often it had ended in a row before
 */
export function decideRestart(failures: number, livedMs: number): Restart {
  const now = livedMs >= LONGEST_MS ? 1 : failures + 1;
  return { failures: now, pauseMs: Math.min(SHORTEST_MS * 2 ** (now - 1), LONGEST_MS) };
}
