import { METRICS, type MetricName, type Window } from '#config';
import type { HostSecond, MetricRow, MetricSummary } from '#storage';
import { summarize } from '../summarize.ts';

/**
 * The summary of the seconds [start, start + length) of a window. A second that is there twice (two processes on one
 * host) counts once. A metric that no sampled second has (no swap, say) is left out.
 */
export function summarizeSeconds(seconds: readonly HostSecond[], window: Window): MetricRow['metrics'] {
  const expected = Math.floor(window.lengthMs / 1000);
  const first = Math.floor(window.start.getTime() / 1000);
  const samples = new Map(seconds.map(({ second, sample }) => [Math.floor(second.getTime() / 1000) - first, sample]));
  const inside = [...samples].flatMap(([place, sample]) => (place >= 0 && place < expected ? [sample] : []));
  const metrics: Partial<Record<MetricName, MetricSummary>> = {};
  for (const { name } of METRICS) {
    const summary = summarize(
      inside.map(sample => sample[name]),
      expected,
    );
    if (summary.samples > 0) metrics[name] = summary;
  }
  return metrics;
}
