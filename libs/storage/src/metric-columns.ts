import { type MetricName, METRICS, type Reason } from '#config';
import { type Columns, recordset } from './recordset.ts';
import type { MetricRow, MetricSummary } from './types.ts';

/** The columns of `metric_row`, derived from the metrics, and the two statements that name them all. */

const OWN_COLUMNS = {
  machine_id: 'integer',
  window_start: 'timestamptz',
  reachable: 'boolean',
  reason: 'text',
  source: 'text',
  collected_at: 'timestamptz',
  fullest_mount: 'text',
  extra: 'jsonb',
} as const satisfies Columns;

const PARTS = {
  avg: 'double precision',
  min: 'double precision',
  max: 'double precision',
  samples: 'integer',
  expected: 'integer',
} as const;
const PART_NAMES = Object.keys(PARTS) as (keyof typeof PARTS)[];

const METRIC_COLUMNS: Columns = Object.fromEntries(
  METRICS.flatMap(metric => PART_NAMES.map(part => [`${metric.column}_${part}`, PARTS[part]] as const)),
);
const COLUMNS: Columns = { ...OWN_COLUMNS, ...METRIC_COLUMNS };
const NAMES = Object.keys(COLUMNS).join(', ');

/** Its one parameter: the rows as {@link recordOf} gives them. */
export const INSERT_ROWS = `insert into metric_row (${NAMES}) select ${NAMES} from ${recordset('r', COLUMNS)}
on conflict (machine_id, window_start) do nothing`;

/** Times as milliseconds since the epoch: no session's time zone can change them. */
export const SELECT_ROWS = `select machine_id, reachable, reason, source, fullest_mount, extra, ${Object.keys(METRIC_COLUMNS).join(', ')},
  (extract(epoch from window_start) * 1000)::double precision as window_start_ms,
  (extract(epoch from collected_at) * 1000)::double precision as collected_at_ms
from metric_row`;

/** What {@link SELECT_ROWS} gives; the metrics' columns beside the named ones. */
export interface StoredMetricRow {
  readonly machine_id: number;
  readonly reachable: boolean;
  readonly reason: Reason | null;
  readonly source: MetricRow['source'];
  readonly fullest_mount: string | null;
  readonly extra: MetricRow['charts'] | null;
  readonly window_start_ms: number;
  readonly collected_at_ms: number;
  readonly [column: string]: unknown;
}

/** The row as {@link INSERT_ROWS} takes it. A metric that the machine does not have is left out, its columns are NULL. */
export function recordOf(row: MetricRow): Record<string, unknown> {
  const record: Record<string, unknown> = {
    machine_id: row.machineId,
    window_start: row.windowStart,
    reachable: row.reachable,
    reason: row.reason,
    source: row.source,
    collected_at: row.collectedAt,
    fullest_mount: row.fullestMount,
    extra: Object.keys(row.charts).length === 0 ? null : chartsOf(row.charts),
  };
  for (const { name, column } of METRICS) {
    const summary = row.metrics[name];
    if (summary === undefined) continue;
    const sound = withFiniteValues(summary);
    for (const part of PART_NAMES) record[`${column}_${part}`] = sound[part];
  }
  return record;
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
    fullestMount: row.fullest_mount,
    metrics: metricsOf(row),
    charts: row.extra ?? {},
  };
}

function metricsOf(row: StoredMetricRow): MetricRow['metrics'] {
  const metrics: Partial<Record<MetricName, MetricSummary>> = {};
  for (const { name, column } of METRICS) {
    if (row[`${column}_samples`] === null) continue;
    metrics[name] = Object.fromEntries(
      PART_NAMES.map(part => [part, row[`${column}_${part}`]]),
    ) as unknown as MetricSummary;
  }
  return metrics;
}
