import { METRICS, type MetricName } from '#config';
import type { SecondsReading } from './monitor.ts';

/** One metric, second by second. */
export type SecondColumn = readonly (number | null)[];

/** Asks for each metric in turn, and leaves out those that have no second at all; `no_data` when none is left. */
export function secondsReading(from: Date, columnOf: (metric: MetricName) => SecondColumn | null): SecondsReading {
  const metrics: Partial<Record<MetricName, SecondColumn>> = {};
  for (const { name } of METRICS) {
    const column = columnOf(name);
    if (column?.some(value => value !== null) === true) metrics[name] = column;
  }
  return Object.keys(metrics).length > 0
    ? { reason: null, seconds: { from, metrics } }
    : { reason: 'no_data', detail: 'The machine has no second of this time.' };
}
