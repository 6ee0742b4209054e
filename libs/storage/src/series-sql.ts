import { CORE_METRICS, METRICS, type MetricDefinition, type MetricName } from '#config';
import { partColumn } from './metric-columns.ts';
import type { SeriesLevel, SeriesPart, SeriesPoint } from './series.types.ts';
import type { MetricSummary } from './types.ts';

/** The statements of series. Names of columns come from the table of metrics and never from a request. */

/** Where the points of each level are, and the column that says when they start. */
const SOURCES = {
  rows: { table: 'metric_row', start: 'window_start' },
  hours: { table: 'rollup_hour', start: 'start_at' },
  days: { table: 'rollup_day', start: 'start_at' },
} as const satisfies Record<SeriesLevel, object>;

const DEFINITIONS = new Map<MetricName, MetricDefinition>(METRICS.map(metric => [metric.name, metric]));

/** What a row says of itself, said as hours and days say it of theirs. */
const ROW_FACTS = `
  (not reachable and reason <> 'unobserved')::integer as unreachable,
  (not reachable and reason = 'unobserved')::integer as unobserved,
  (filled_at is not null)::integer as filled, conclusion,
  date_part('epoch', filled_at) * 1000 as filled_at_ms`;
const ROLLUP_FACTS = `unreachable, unobserved, filled, null as conclusion, null as filled_at_ms`;

const CORE_SAMPLES = CORE_METRICS.map(name => columnOf(name, 'samples'));
/** `least` alone would overlook a metric that is missing. */
const LEAST_SAMPLES = `case when ${CORE_SAMPLES.map(column => `${column} is not null`).join(' and ')}
    then least(${CORE_SAMPLES.join(', ')}) end`;

function columnOf(metric: MetricName, part: SeriesPart): string {
  return partColumn(DEFINITIONS.get(metric)!, part);
}

/** A JSON array of these metrics' parts as text. */
function valuesOf(metrics: readonly MetricName[], parts: readonly SeriesPart[]): string {
  const columns = metrics.flatMap(metric => parts.map(part => columnOf(metric, part)));
  return `array_to_json(array[${columns.join(', ')}]::double precision[])::text`;
}

/** Which points a statement selects; its parameters are machine ids, from, to. */
function pointsOf(level: SeriesLevel): string {
  const { table, start } = SOURCES[level];
  return `${table} where machine_id = any(?::integer[]) and ${start} >= ? and ${start} < ?`;
}

/** Parameters: each of the charts, machine ids, from, to, limit. By machine, oldest first. */
export function selectPoints(
  level: SeriesLevel,
  metrics: readonly MetricName[],
  parts: readonly SeriesPart[],
  charts: number,
): string {
  const { start } = SOURCES[level];
  const extra = charts === 0 ? 'null' : `json_build_array(${Array(charts).fill('extra -> ?').join(', ')})::text`;
  return `select machine_id, date_part('epoch', ${start}) * 1000 as start_ms, reason, source,
  ${level === 'rows' ? ROW_FACTS : ROLLUP_FACTS},
  ${LEAST_SAMPLES} as samples, ${valuesOf(metrics, parts)} as "values", ${extra} as charts
from ${pointsOf(level)} order by machine_id, ${start} limit ?`;
}

/** What {@link selectPoints} gives. */
export interface StoredPoint extends Pick<
  SeriesPoint,
  'reason' | 'source' | 'unreachable' | 'unobserved' | 'filled' | 'conclusion' | 'samples' | 'values'
> {
  readonly machine_id: number;
  readonly start_ms: number;
  readonly filled_at_ms: number | null;
  readonly charts: string | null;
}

/** The row as a point. */
export function pointOf({ machine_id, start_ms, filled_at_ms, charts, ...facts }: StoredPoint): SeriesPoint {
  return {
    ...facts,
    machineId: machine_id,
    start: new Date(start_ms),
    filledAt: filled_at_ms === null ? null : new Date(filled_at_ms),
    charts: charts === null ? [] : (JSON.parse(charts) as (Record<string, MetricSummary> | null)[]),
  };
}

/**
 * Parameters: charts as a recordset of `place` and `chart`, machine ids, from, to. The dimensions in the order in which
 * they appear.
 */
export function selectDimensions(level: SeriesLevel, chartsRecordset: string): string {
  return `select c.chart, k.dimension
from ${chartsRecordset}
cross join (select ${SOURCES[level].start} as start_at, extra from ${pointsOf(level)} and extra is not null) p
cross join lateral jsonb_object_keys(case when jsonb_typeof(p.extra -> c.chart) = 'object' then p.extra -> c.chart end)
  with ordinality as k(dimension, place)
group by c.place, c.chart, k.dimension
order by c.place, min(p.start_at), min(k.place), k.dimension`;
}

/**
 * Parameters: epoch seconds of the first instant, seconds of a step, machine ids, from, to. By machine the places of its
 * points, counted from the first instant, and their parts, as JSON numbers in the same order. They are in no order of
 * their own: to sort 72,000 numbers costs the database three times what it costs to find them.
 */
export function selectTable(level: SeriesLevel, metric: MetricName, parts: readonly SeriesPart[]): string {
  const lists = parts.map(part => `string_agg(coalesce(${columnOf(metric, part)}::text, 'null'), ',') as "${part}"`);
  const place = `((date_part('epoch', ${SOURCES[level].start}) - ?) / ?)::integer`;
  return `select machine_id, string_agg(${place}::text, ',') as places, ${lists.join(', ')}
from ${pointsOf(level)} group by machine_id`;
}

/** What {@link selectTable} gives. */
export type StoredColumns = { readonly machine_id: number; readonly places: string } & Readonly<
  Partial<Record<SeriesPart, string>>
>;

/** The columns of one machine as JSON arrays of this length, null where it has no point; without a row it has none. */
export function columnsOf(
  row: StoredColumns | undefined,
  parts: readonly SeriesPart[],
  length: number,
): Partial<Record<SeriesPart, string>> {
  const places = row === undefined ? [] : row.places.split(',').map(Number);
  const jsonOf = (part: SeriesPart): string => {
    const numbers = row?.[part]?.split(',') ?? [];
    const column = Array<string>(length).fill('null');
    for (const [i, place] of places.entries()) column[place] = numbers[i] ?? 'null';
    return `[${column.join(',')}]`;
  };
  return Object.fromEntries(parts.map(part => [part, jsonOf(part)]));
}

/**
 * Parameters: seconds of a window, machine id, from, to, limit. Newest first. Windows that follow one another differ by
 * one window each, and so does their number: what is left when one is taken from the other is the same for all of them.
 */
export const SELECT_GAPS = `
select reason, conclusion, count(*)::integer as windows,
  date_part('epoch', min(window_start)) * 1000 as from_ms,
  date_part('epoch', min(collected_at)) * 1000 as noticed_at_ms,
  date_part('epoch', max(filled_at)) * 1000 as filled_at_ms
from (
  select reason, conclusion, window_start, collected_at, filled_at, window_start - make_interval(secs => ?)
    * row_number() over (partition by reason, conclusion, filled_at is null order by window_start) as stretch
  from metric_row where machine_id = ? and not reachable and window_start >= ? and window_start < ?
) gap
group by reason, conclusion, filled_at is null, stretch
order by min(window_start) desc
limit ?`;

/**
 * Parameters: machine ids, from, to; the same again; machine ids; network, to; network, last window. Whether all that
 * starts within [from, to) is there and will stay as it is: no gap is open, nothing has to be made anew, nobody's past is
 * still to be read, and every window was planned and is done.
 */
export const IS_SETTLED = `
select not exists (
    select from metric_row where machine_id = any(?::integer[]) and window_start >= ? and window_start < ?
      and not reachable and conclusion is null)
  and not exists (
    select from rollup_dirty
    where period in ('hour', 'day') and machine_id = any(?::integer[]) and start_at >= ? and start_at < ?)
  and not exists (select from machine where machine_id = any(?::integer[]) and past_read_at is null)
  and not exists (select from window_task where network = ? and state <> 'done' and window_start < ?)
  and coalesce((select max(window_start) from window_task where network = ?) >= ?, false) as settled`;

/**
 * Parameters: from, to, state, machine id, machine id. The times in which a verdict was in a state, oldest first, cut to
 * [from, to). What it was before the first change that is kept, that change says; without any, it is what it is.
 */
export const SELECT_TIMES_IN = `
with wanted as (
  select ?::timestamptz as since, ?::timestamptz as until, ?::text as state
), change as (
  select from_state, to_state, at, lead(at, 1, 'infinity') over (order by transition_id) as next_at,
    row_number() over (order by transition_id) as number
  from verdict_transition where machine_id = ?
), spell as (
  select at, next_at from change, wanted where to_state = state
  union all
  select '-infinity', at from change, wanted where number = 1 and from_state = state
  union all
  select '-infinity', 'infinity' from verdict, wanted
  where machine_id = ? and verdict.state = wanted.state and not exists (select from change)
)
select date_part('epoch', greatest(at, since)) * 1000 as from_ms,
  date_part('epoch', least(next_at, until)) * 1000 as to_ms
from spell, wanted where at < until and next_at > since and at < next_at
order by at`;

/**
 * Parameters: stretches of time as a recordset of `since` and `until`, machine id. Stretch by stretch (`offset 0`): as a
 * join the planner would read all windows of the machine, 52,000 of a year.
 */
export function countChecks(stretchesRecordset: string): string {
  return `select monitor, sum(probes)::integer as probes, sum(failures)::integer as failures
from ${stretchesRecordset} cross join lateral (
  select monitor, probes, failures from check_window
  where window_start >= r.since and window_start < r.until and machine_id = ? offset 0
) as seen
group by monitor order by monitor`;
}
