import { CORE_METRICS, METRICS, type MetricName } from '#config';
import type { MetricRow, MetricSummary } from '#storage';

type Cell = string | number | boolean | null;

/** One column of the answer: its name, and its value in a row. */
interface Column {
  readonly name: string;
  readonly of: (row: MetricRow) => Cell;
}

/** What is asked for beside the metrics' avg, min and max. */
interface Wishes {
  /** The samples and expected samples of everything. */
  readonly samples: boolean;
  /** Charts that are stored beside the metrics, by name. */
  readonly charts: readonly string[];
}

const FACTS: readonly Column[] = [
  { name: 'time', of: row => row.windowStart.toISOString() },
  { name: 'reachable', of: row => row.reachable },
  { name: 'reason', of: row => row.reason },
  { name: 'samples', of: leastSamples },
  { name: 'source', of: row => row.source },
];

/** The columns of the answer: those of the metrics, from their table, then those of the charts, as the rows have them. */
export function historyColumns({ samples, charts }: Wishes, rows: readonly MetricRow[]): readonly Column[] {
  const parts: (keyof MetricSummary)[] = samples ? ['avg', 'min', 'max', 'samples', 'expected'] : ['avg', 'min', 'max'];
  const columnsOf = (name: string, summaryOf: (row: MetricRow) => MetricSummary | undefined): Column[] =>
    parts.map(part => ({ name: `${name}.${part}`, of: row => summaryOf(row)?.[part] ?? null }));
  return [
    ...FACTS,
    ...METRICS.flatMap(({ name }) => columnsOf(name, row => row.metrics[name])),
    ...[...new Set(charts)].flatMap(chart =>
      dimensionsOf(chart, rows).flatMap(id => columnsOf(`${chart}.${id}`, row => row.charts[chart]?.[id])),
    ),
  ];
}

/** The rows of the answer. */
export function historyRows(columns: readonly Column[], rows: readonly MetricRow[]): Cell[][] {
  return rows.map(row => columns.map(column => column.of(row)));
}

/** The dimensions of a chart that any of the rows has, in the order in which they appear. */
function dimensionsOf(chart: string, rows: readonly MetricRow[]): string[] {
  return [...new Set(rows.flatMap(row => Object.keys(row.charts[chart] ?? {})))];
}

/** A row is as complete as its least complete core metric. */
function leastSamples(row: MetricRow): number | null {
  const samples = CORE_METRICS.flatMap((name: MetricName) => row.metrics[name]?.samples ?? []);
  return samples.length < CORE_METRICS.length ? null : Math.min(...samples);
}
