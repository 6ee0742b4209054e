import { CORE_METRICS, METRICS, type MetricName } from '#config';
import type { MetricRow, MetricSummary } from '#storage';

type Cell = string | number | boolean | null;

/** One column of the answer: its name, and its value in a row. */
interface Column {
  readonly name: string;
  readonly of: (row: MetricRow) => Cell;
}

const FACTS: readonly Column[] = [
  { name: 'time', of: row => row.windowStart.toISOString() },
  { name: 'reachable', of: row => row.reachable },
  { name: 'reason', of: row => row.reason },
  { name: 'samples', of: leastSamples },
  { name: 'source', of: row => row.source },
];

/** The columns of the answer, derived from the table of metrics. */
export function historyColumns(withSamples: boolean): readonly Column[] {
  const parts: (keyof MetricSummary)[] = withSamples
    ? ['avg', 'min', 'max', 'samples', 'expected']
    : ['avg', 'min', 'max'];
  const metrics = METRICS.flatMap(({ name }) =>
    parts.map((part): Column => ({ name: `${name}.${part}`, of: row => row.metrics[name]?.[part] ?? null })),
  );
  return [...FACTS, ...metrics];
}

/** The rows of the answer. */
export function historyRows(columns: readonly Column[], rows: readonly MetricRow[]): Cell[][] {
  return rows.map(row => columns.map(column => column.of(row)));
}

/** A row is as complete as its least complete core metric. */
function leastSamples(row: MetricRow): number | null {
  const samples = CORE_METRICS.flatMap((name: MetricName) => row.metrics[name]?.samples ?? []);
  return samples.length < CORE_METRICS.length ? null : Math.min(...samples);
}
