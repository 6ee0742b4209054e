import { type Columns, recordset, type RowOf } from './recordset.ts';
import type { Observation } from './types.ts';

const COLUMNS = {
  machine_id: 'integer',
  monitor: 'text',
  observer: 'text',
  window_start: 'timestamptz',
  due_at: 'timestamptz',
  observed_at: 'timestamptz',
  reason: 'text',
  latency_ms: 'double precision',
  clock_offset_ms: 'double precision',
  metric_values: 'jsonb',
  fullest_mount: 'text',
  detail: 'text',
  measures: 'jsonb',
} as const satisfies Columns;

/**
 * Whether the row `l` has only ever said `unobserved`: nobody knows since when it is how it is found now. What was seen
 * once keeps its `since`, which is then earlier than an `unobserved` observation.
 */
const NEVER_SEEN = `l.reason = 'unobserved' and l.since = l.observed_at`;

/**
 * One statement, so that an observation is counted exactly when it replaced an older one: `stored` holds only what the
 * upsert really wrote. Sorted, so that two batches never wait for each other in a circle.
 *
 * What is stored as due a minute after the present is from before the clock was set back, and no longer the newest.
 *
 * `unobserved` says nothing about the machine: it is no miss and no answer, and no window counts it. Whether the machine
 * was reachable before is in its misses.
 */
export const RECORD_OBSERVATIONS = `
with given as (
  select * from ${recordset('r', COLUMNS)}
), stored as (
  insert into latest as l (machine_id, monitor, observer, due_at, observed_at, reason, latency_ms, clock_offset_ms,
    metric_values, values_at, fullest_mount, detail, measures, misses, since)
  select machine_id, monitor, observer, due_at, observed_at, reason, latency_ms, clock_offset_ms,
    metric_values, case when metric_values is not null then observed_at end, fullest_mount, detail, measures,
    case when coalesce(reason, 'unobserved') = 'unobserved' then 0 else 1 end, observed_at
  from given
  order by machine_id, monitor collate "C", observer collate "C"
  on conflict (machine_id, monitor, observer) do update set
    due_at = excluded.due_at,
    observed_at = excluded.observed_at,
    reason = excluded.reason,
    latency_ms = excluded.latency_ms,
    clock_offset_ms = excluded.clock_offset_ms,
    metric_values = coalesce(excluded.metric_values, l.metric_values),
    values_at = coalesce(excluded.values_at, l.values_at),
    fullest_mount = case when excluded.metric_values is null then l.fullest_mount else excluded.fullest_mount end,
    detail = excluded.detail,
    measures = excluded.measures,
    misses = case when excluded.reason is null then 0 when excluded.reason = 'unobserved' then l.misses else l.misses + 1 end,
    since = case
      when ${NEVER_SEEN} then excluded.observed_at
      when excluded.reason = 'unobserved' or (excluded.reason is null) = (l.misses = 0) then l.since
      else excluded.observed_at end
  where excluded.due_at > l.due_at or l.due_at > excluded.observed_at + interval '1 minute'
  returning machine_id, monitor, observer
)
insert into check_window as w (machine_id, monitor, observer, window_start, probes, failures, reasons,
  latency_count, latency_sum_ms, latency_min_ms, latency_max_ms)
select machine_id, monitor, observer, window_start, 1, case when reason is null then 0 else 1 end,
  case when reason is null then '{}'::jsonb else jsonb_build_object(reason, 1) end,
  case when latency_ms is null then 0 else 1 end, coalesce(latency_ms, 0), latency_ms, latency_ms
from given join stored using (machine_id, monitor, observer)
where reason is distinct from 'unobserved'
order by machine_id, monitor collate "C", observer collate "C"
on conflict (machine_id, window_start, monitor, observer) do update set
  probes = w.probes + 1,
  failures = w.failures + excluded.failures,
  reasons = w.reasons || coalesce(
    (select jsonb_object_agg(key, coalesce((w.reasons ->> key)::integer, 0) + 1) from jsonb_object_keys(excluded.reasons) as key),
    '{}'::jsonb),
  latency_count = w.latency_count + excluded.latency_count,
  latency_sum_ms = w.latency_sum_ms + excluded.latency_sum_ms,
  latency_min_ms = least(w.latency_min_ms, excluded.latency_min_ms),
  latency_max_ms = greatest(w.latency_max_ms, excluded.latency_max_ms)`;

/**
 * Its parameter: each machine and the reason with which it was seen. Gives the machines whose verdict may have to change:
 * all but those that are `up` and were reached. A statement of its own, after the other: that one may have waited for who
 * changes a verdict, and would still see the verdict of before.
 */
export const SELECT_TO_JUDGE = `
select distinct machine_id from ${recordset('r', { machine_id: 'integer', reason: 'text' })} left join verdict using (machine_id)
where r.reason is not null or verdict.state is distinct from 'up'
order by machine_id`;

/** An observation as the statement takes it. */
export function rowOfObservation(observation: Observation, windowStart: Date) {
  return {
    machine_id: observation.machineId,
    monitor: observation.monitor,
    observer: observation.observer,
    window_start: windowStart,
    due_at: observation.dueAt,
    observed_at: observation.observedAt,
    reason: observation.reason,
    latency_ms: observation.latencyMs,
    clock_offset_ms: observation.clockOffsetMs,
    metric_values: observation.values,
    fullest_mount: observation.fullestMount,
    detail: observation.detail,
    measures: observation.measures,
  } satisfies RowOf<typeof COLUMNS>;
}
