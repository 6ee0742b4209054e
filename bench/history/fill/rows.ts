import { COLUMNS, WAVES } from './waves.ts';

/** Rows, checks and marks of one stretch of time, as SQL, from the temporary tables. */

const WINDOWS = `
  select machine_id, window_start, g.reason, g.conclusion, g.filled_at
  from generate_series($1::timestamptz, $2::timestamptz - interval '10 minutes', interval '10 minutes') as window_start
  cross join machine
  left join gap_window g using (machine_id, window_start)
  order by window_start, machine_id offset 0`;

/** As the collector stores a chart beside the metrics; one machine in ten has one. */
const CHART = `case when p.has_chart and w.has_values then jsonb_build_object('disk_space./var', jsonb_build_object('used',
    jsonb_build_object('avg', v.disk_percent / 3, 'min', 7.5, 'max', 41.25, 'samples', 600, 'expected', 600))) end`;

const OWN = [
  { name: 'machine_id', value: 'w.machine_id' },
  { name: 'window_start', value: 'w.window_start' },
  { name: 'reachable', value: 'w.reason is null' },
  { name: 'reason', value: 'w.reason' },
  { name: 'source', value: `case when w.has_values then 'agent' end` },
  { name: 'collected_at', value: `w.window_start + interval '607 seconds'` },
  { name: 'filled_at', value: 'case when w.has_values then w.filled_at end' },
  { name: 'conclusion', value: 'w.conclusion' },
  { name: 'fullest_mount', value: `case when w.has_values then '/var' end` },
  { name: 'extra', value: CHART },
];
const all = [...OWN, ...COLUMNS];

/** Parameters: from, to. In the order of time, as they come in life: the rows of one machine are never side by side. */
export const ROWS = `
insert into metric_row (${all.map(({ name }) => name).join(', ')})
select ${all.map(({ value }) => value).join(',\n  ')}
from (
  select windows.*, conclusion is distinct from 'no_data' as has_values,
    extract(epoch from window_start)::double precision as seconds,
    sin(2 * pi() * extract(epoch from window_start)::double precision / 86400 + phase) as day,
    sin(2 * pi() * extract(epoch from window_start)::double precision / 604800 + phase) as week
  from (${WINDOWS}) windows join profile using (machine_id)
) w
join profile p using (machine_id)
left join lateral (
  select ${WAVES}
) v on w.has_values`;

/** Parameters: from, to, monitor, observer. Sixty probes a window, all of them in vain in a gap of the machine's own. */
export const CHECKS = `
insert into check_window (machine_id, monitor, observer, window_start, probes, failures, reasons,
  latency_count, latency_sum_ms, latency_min_ms, latency_max_ms)
select machine_id, $3::text, $4::text, window_start, 60, failures,
  case when failures = 0 then '{}'::jsonb else jsonb_build_object(coalesce(reason, 'timeout'), failures) end,
  60 - failures, (60 - failures) * 3.5, case when failures < 60 then 1 + random() end, case when failures < 60 then 5 + 20 * random() end
from (
  select w.*, case when reason is not null then 60 when random() < 0.01 then 1 else 0 end as failures
  from (${WINDOWS}) w
  where reason is distinct from 'unobserved'
) c`;

/** Parameters: from, to. What the writers of these rows would have marked. */
export const MARKS = `
insert into rollup_dirty (period, machine_id, start_at, not_before)
select 'hour', machine_id, hour, now()
from generate_series(date_trunc('hour', $1::timestamptz, 'UTC'), $2::timestamptz - interval '1 second', interval '1 hour') as hour, machine
on conflict (period, start_at, machine_id) do update set marks = rollup_dirty.marks + 1`;
