import { CORE_METRICS, METRICS, type MetricName, type MetricValues } from '#config';
import type { MetricRow } from '#storage';

/** Asks for each metric in turn. */
export function metricValues(valueOf: (metric: MetricName) => number | null): MetricValues {
  return Object.fromEntries(METRICS.map(({ name }) => [name, valueOf(name)])) as Record<MetricName, number | null>;
}

/** Whether a window has anything to show: at least one sample of a metric that every machine has. */
export function hasCoreSamples(metrics: MetricRow['metrics']): boolean {
  return CORE_METRICS.some(name => (metrics[name]?.samples ?? 0) > 0);
}
