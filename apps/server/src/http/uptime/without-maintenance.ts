import type { CheckCounts, Stretch } from '#storage';

/**
 * The windows that any of these times touches, as far as they start in the range: stretches in order that do not
 * overlap. Probes are counted by window, so a window is left out whole.
 *
 * @param times in order of their beginnings
 */
export function windowsTouched(times: readonly Stretch[], range: Stretch, windowMs: number): Stretch[] {
  const first = Math.ceil(range.from.getTime() / windowMs);
  const end = Math.ceil(range.to.getTime() / windowMs);
  const touched: { from: number; to: number }[] = [];
  for (const time of times) {
    const from = Math.max(first, Math.floor(time.from.getTime() / windowMs));
    const to = Math.min(end, Math.ceil(time.to.getTime() / windowMs));
    const last = touched.at(-1);
    if (from >= to) continue;
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else touched.push({ from, to });
  }
  return touched.map(({ from, to }) => ({ from: new Date(from * windowMs), to: new Date(to * windowMs) }));
}

/** What was counted less what is left out, by monitor; one of which nothing is left is still there. */
export function withoutCounts(counted: readonly CheckCounts[], leftOut: readonly CheckCounts[]): CheckCounts[] {
  const out = new Map(leftOut.map(counts => [counts.monitor, counts]));
  return counted.map(({ monitor, probes, failures }) => {
    const less = out.get(monitor);
    return { monitor, probes: probes - (less?.probes ?? 0), failures: failures - (less?.failures ?? 0) };
  });
}
