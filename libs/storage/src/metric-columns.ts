import { type MetricName, METRICS, type Reason } from '#config';
import { conclusionOf } from './conclusion.ts';
import { type Columns, recordset, type RowOf } from './recordset.ts';
import type { FilledRow, MetricRow, MetricSummary } from './types.ts';

/** The columns of `metric_row`, derived from the metrics, and the statements that name them all. */

const OWN_COLUMNS = {
  machine_id: 'integer',
  window_start: 'timestamptz',
  reachable: 'boolean',
  reason: 'text',
  source: 'text',
  collected_at: 'timestamptz',
  filled_at: 'timestamptz',
  conclusion: 'text',
  fullest_mount: 'text',
  extra: 'jsonb',
} as const satisfies Columns;

/** What a summary consists of, and the type of each part: of a metric's columns, and of a dimension of a chart. */
export const PARTS = {
  avg: 'double precision',
  min: 'double precision',
  max: 'double precision',
  samples: 'integer',
  expected: 'integer',
} as const satisfies Columns;
export type Part = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as Part[];

/** The column of a part of a metric. */
export function partColumn({ column }: { readonly column: string }, part: Part): string {
  return `${column}_${part}`;
}

const METRIC_COLUMNS: Columns = Object.fromEntries(
  METRICS.flatMap(metric => PART_NAMES.map(part => [partColumn(metric, part), PARTS[part]] as const)),
);
const OWN_NAMES = Object.keys(OWN_COLUMNS);
const METRIC_NAMES = Object.keys(METRIC_COLUMNS);

/** The metrics travel as one array, in the order of their columns: with each name in each row it would be thrice as much. */
const RECORD_COLUMNS = { ...OWN_COLUMNS, metrics: 'double precision[]' } as const satisfies Columns;
/** A row as it travels. */
export type RowRecord = RowOf<typeof RECORD_COLUMNS>;
const GIVEN_ROWS = `select ${[...OWN_NAMES, ...METRIC_NAMES.map((_, index) => `metrics[${index + 1}]`)].join(', ')}
from ${recordset('r', RECORD_COLUMNS)}`;

/** Its one parameter: the rows as {@link recordOf} gives them. */
export const INSERT_ROWS = `insert into metric_row (${[...OWN_NAMES, ...METRIC_NAMES].join(', ')}) ${GIVEN_ROWS}
on conflict (machine_id, window_start) do nothing`;

const FILLED_COLUMNS = ['source', 'filled_at', 'fullest_mount', 'extra', ...METRIC_NAMES];

/**
 * Its one parameter: the rows as {@link recordOfFilled} gives them. Why and when a gap was noticed stays. One statement for
 * the rows that are there and those that are not: taken in one order, nobody waits in a circle.
 */
export const FILL_ROWS = `insert into metric_row as w (${[...OWN_NAMES, ...METRIC_NAMES].join(', ')}) ${GIVEN_ROWS}
on conflict (machine_id, window_start) do update set
  conclusion = ${conclusionOf('w.reason')},
  ${FILLED_COLUMNS.map(column => `${column} = excluded.${column}`).join(', ')}
where not w.reachable and w.conclusion is null`;

/** Times as milliseconds since the epoch: no session's time zone can change them. */
export const SELECT_ROWS = `select machine_id, reachable, reason, source, conclusion, fullest_mount, extra, ${METRIC_NAMES.join(', ')},
  (extract(epoch from window_start) * 1000)::double precision as window_start_ms,
  (extract(epoch from collected_at) * 1000)::double precision as collected_at_ms,
  (extract(epoch from filled_at) * 1000)::double precision as filled_at_ms
from metric_row`;

/** What {@link SELECT_ROWS} gives; the metrics' columns beside the named ones. */
export interface StoredMetricRow {
  readonly machine_id: number;
  readonly reachable: boolean;
  readonly reason: Reason | null;
  readonly source: MetricRow['source'];
  readonly conclusion: MetricRow['conclusion'];
  readonly fullest_mount: string | null;
  readonly extra: MetricRow['charts'] | null;
  readonly window_start_ms: number;
  readonly collected_at_ms: number;
  readonly filled_at_ms: number | null;
  readonly [column: string]: unknown;
}

/** The row as {@link INSERT_ROWS} takes it. The columns of a metric that the machine does not have are NULL. */
export function recordOf(row: MetricRow): RowRecord {
  return {
    machine_id: row.machineId,
    window_start: row.windowStart,
    reachable: row.reachable,
    reason: row.reason,
    source: row.source,
    collected_at: row.collectedAt,
    filled_at: row.filledAt,
    conclusion: row.conclusion,
    fullest_mount: row.fullestMount,
    extra: Object.keys(row.charts).length === 0 ? null : chartsOf(row.charts),
    metrics: METRICS.flatMap(({ name }) => partsOf(row.metrics[name])),
  };
}

function partsOf(summary: MetricSummary | undefined): (number | null)[] {
  if (summary === undefined) return PART_NAMES.map(() => null);
  const sound = withFiniteValues(summary);
  return PART_NAMES.map(part => sound[part]);
}

/**
 * The filled gap as {@link FILL_ROWS} takes it. A window that has no row gets this one: distomon was not there, else it
 * would have one.
 */
export function recordOfFilled(row: FilledRow): RowRecord {
  const unobserved = {
    reachable: false,
    reason: 'unobserved',
    conclusion: 'distomon',
    collectedAt: row.filledAt,
  } as const;
  return recordOf({ ...row, ...unobserved });
}

function chartsOf(charts: MetricRow['charts']): MetricRow['charts'] {
  const entries = Object.entries(charts).map(([chart, dimensions]) => {
    const sound = Object.entries(dimensions).map(([name, summary]) => [name, withFiniteValues(summary)] as const);
    return [chart, Object.fromEntries(sound)] as const;
  });
  return Object.fromEntries(entries);
}

/** A value that is no number says that there was none: half a summary would be worse than none. */
function withFiniteValues(summary: MetricSummary): MetricSummary {
  const finite = [summary.avg, summary.min, summary.max].every(value => value !== null && Number.isFinite(value));
  return finite && summary.samples > 0
    ? summary
    : { avg: null, min: null, max: null, samples: 0, expected: summary.expected };
}

/** The other way round. */
export function metricRowOf(row: StoredMetricRow): MetricRow {
  return {
    machineId: row.machine_id,
    windowStart: new Date(row.window_start_ms),
    reachable: row.reachable,
    reason: row.reason,
    source: row.source,
    collectedAt: new Date(row.collected_at_ms),
    filledAt: row.filled_at_ms === null ? null : new Date(row.filled_at_ms),
    conclusion: row.conclusion,
    fullestMount: row.fullest_mount,
    metrics: metricsOf(row),
    charts: row.extra ?? {},
  };
}

function metricsOf(row: StoredMetricRow): MetricRow['metrics'] {
  const metrics: Partial<Record<MetricName, MetricSummary>> = {};
  for (const metric of METRICS) {
    if (row[partColumn(metric, 'samples')] === null) continue;
    metrics[metric.name] = Object.fromEntries(
      PART_NAMES.map(part => [part, row[partColumn(metric, part)]]),
    ) as unknown as MetricSummary;
  }
  return metrics;
}
