const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next attempt: doubling up to 30 s, then spread over half of it, so that all the pages
 * that lost one server do not come back in the same instant.
 *
 * @param failures attempts in a row that failed, at least 1
 * @param random a number in [0, 1)
 */
export function reconnectDelayMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return full / 2 + (full / 2) * random;
}
