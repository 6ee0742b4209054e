const DIGITS = 10_000;

/** Probes, and how many of them failed. */
export interface ProbeCounts {
  readonly probes: number;
  readonly failures: number;
}

/**
 * Percent of the probes that did not fail, to four digits: at a probe every ten seconds a month has 260,000 of them.
 * Rounded down, so that 100 means that none failed. `null`: there was no probe.
 */
export function uptimeOf(counts: ProbeCounts | undefined): number | null {
  if (counts === undefined || counts.probes === 0) return null;
  const { probes, failures } = counts;
  return Math.floor(((probes - failures) * 100 * DIGITS) / probes) / DIGITS;
}
