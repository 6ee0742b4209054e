import { type Columns, recordset } from './recordset.ts';
import type { CheckSummary } from './types.ts';

/**
 * Sums over many windows. A month of 300 services is 1.3 million windows, seconds of work; therefore the days that are
 * over are summed once, into `check_day`, and only the rest is read window by window.
 */

const DAY_MS = 86_400_000;
/** A probe may be stored hours after it was due, in the window in which it was due: a day is summed once that is over. */
const LATEST_PROBE_MS = 6 * 3_600_000;

const IDS = { machine_id: 'integer' } as const satisfies Columns;
const SUMS = `sum(probes)::integer as probes, sum(failures)::integer as failures,
  sum(latency_count)::integer as latency_count, sum(latency_sum_ms) as latency_sum_ms,
  min(latency_min_ms) as latency_min_ms, max(latency_max_ms) as latency_max_ms`;
const SUMMED = 'machine_id, monitor, probes, failures, latency_count, latency_sum_ms, latency_min_ms, latency_max_ms';

/** Whole days, in UTC, that begin within [first, end); the windows of [from, first) and [end, to) stand beside them. */
export interface DaysOfRange {
  readonly first: Date;
  readonly end: Date;
}

/**
 * The days of [from, to) that can be taken from `check_day`, where every day before `summedUntil` is. None: both ends of
 * them are `from`, and all is left to the windows.
 */
export function daysOfRange(from: Date, to: Date, summedUntil: Date): DaysOfRange {
  const first = new Date(Math.ceil(from.getTime() / DAY_MS) * DAY_MS);
  const end = dayOf(new Date(Math.min(to.getTime(), summedUntil.getTime())));
  return first < end ? { first, end } : { first: from, end: from };
}

/** The start of the day that is not over yet as far as probes can still be stored in it. */
export function openDayOf(now: Date): Date {
  return dayOf(new Date(now.getTime() - LATEST_PROBE_MS));
}

/** A day as PostgreSQL's `date`. */
export function dateOf(day: Date): string {
  return day.toISOString().slice(0, 10);
}

function dayOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
}

/** Parameters: machine ids, from, first, end, to, first and end as dates. */
export const SUMMARIZE_CHECKS = `
with wanted as (select machine_id from ${recordset('r', IDS)})
select machine_id, monitor, ${SUMS} from (
  select ${SUMMED} from wanted join check_window using (machine_id) where window_start >= ? and window_start < ?
  union all
  select ${SUMMED} from wanted join check_window using (machine_id) where window_start >= ? and window_start < ?
  union all
  select ${SUMMED} from wanted join check_day using (machine_id) where day >= ? and day < ?
) part
group by machine_id, monitor
order by machine_id, monitor`;

/** Parameters: from, to. Sums the windows of these days that were not summed yet. */
export const SUM_DAYS = `
insert into check_day (machine_id, monitor, observer, day, probes, failures,
  latency_count, latency_sum_ms, latency_min_ms, latency_max_ms)
select machine_id, monitor, observer, (window_start at time zone 'UTC')::date as day, ${SUMS}
from check_window where window_start >= ? and window_start < ?
group by machine_id, monitor, observer, day`;

/** What {@link SUMMARIZE_CHECKS} gives. */
export interface SummaryRow {
  readonly machine_id: number;
  readonly monitor: string;
  readonly probes: number;
  readonly failures: number;
  readonly latency_count: number;
  readonly latency_sum_ms: number;
  readonly latency_min_ms: number | null;
  readonly latency_max_ms: number | null;
}

/** The row as a summary. */
export function summaryOf(row: SummaryRow): CheckSummary {
  const { machine_id: machineId, monitor, probes, failures } = row;
  return { machineId, monitor, probes, failures, latencyMs: latencyOf(row) };
}

function latencyOf(row: SummaryRow): CheckSummary['latencyMs'] {
  const { latency_count: count, latency_min_ms: min, latency_max_ms: max } = row;
  return count > 0 && min !== null && max !== null ? { avg: row.latency_sum_ms / count, min, max } : null;
}
