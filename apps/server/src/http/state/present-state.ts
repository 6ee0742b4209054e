import type { StoredObservation, Verdict, VerdictState } from '#storage';
import type { Observed, StateCounts, VerdictView } from './state.dto.ts';

/** A verdict as the API shows it; who was never judged is unknown. */
export function presentVerdict(verdict: Verdict | undefined): VerdictView {
  if (verdict === undefined) return { state: 'unknown', reason: null, since: null };
  return { state: verdict.state, reason: verdict.reason, since: verdict.since.toISOString() };
}

/** What every observation tells, whatever it is of. */
export function presentObserved(observation: StoredObservation): Pick<Observed, keyof Observed> {
  const { observedAt, reason, detail, latencyMs, misses, since, measures } = observation;
  return {
    observedAt: observedAt.toISOString(),
    reachable: reason === null,
    reason,
    detail,
    latencyMs,
    misses,
    since: since.toISOString(),
    measures,
  };
}

/** With their sum. */
export function presentCounts(counts: Readonly<Record<VerdictState, number>>): StateCounts {
  return { total: Object.values(counts).reduce((sum, count) => sum + count, 0), ...counts };
}
