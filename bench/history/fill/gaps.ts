/** Windows in which a machine could not be read, and what became of them, as SQL. */

/** What happens to a machine in a year, on the average. Each is closed: nothing of it is still to be worked on. */
const KINDS = [
  { reason: 'timeout', perYear: 12, windows: 6, conclusion: 'network' },
  { reason: 'unreachable', perYear: 6, windows: 20, conclusion: 'network' },
  { reason: 'refused', perYear: 4, windows: 12, conclusion: 'no_data' },
  { reason: 'bad_response', perYear: 2, windows: 3, conclusion: 'agent' },
] as const;

/** When distomon itself was not there: all machines at once. */
const ABSENCES = { perYear: 4, windows: 9 } as const;

const kinds = KINDS.map(one => `('${one.reason}', '${one.conclusion}', ${one.perYear}, ${one.windows})`).join(', ');

/** Parameters: begin and end of the history. */
export const GAPS = `
create temp table gap as
with span as (select $1::timestamptz as begin, extract(epoch from $2::timestamptz - $1::timestamptz) as seconds),
kind (reason, conclusion, per_year, windows) as (values ${kinds}),
outage as (
  select machine_id, reason, conclusion, windows, random() as start, random() as size
  from machine, kind, span, generate_series(1, ceil(per_year * seconds / 31536000)::integer)
), absence as (
  select random() as start, random() as size
  from span, generate_series(1, ceil(${ABSENCES.perYear} * seconds / 31536000)::integer)
), placed as (
  select machine_id, reason, conclusion, windows, start, size from outage
  union all
  select machine_id, 'unobserved', 'distomon', ${ABSENCES.windows}, start, size from absence, machine
)
select machine_id, reason, conclusion,
  date_bin('10 minutes', begin + start * seconds * interval '1 second', begin) as from_at,
  1 + floor(size * 2 * windows)::integer as windows
from placed, span`;

/** Each window of a gap once, the first reason wins. */
export const GAP_WINDOWS = `
create temp table gap_window as
select distinct on (machine_id, window_start) machine_id, window_start, reason, conclusion,
  from_at + (windows + 1) * interval '10 minutes' as filled_at
from gap, lateral (select from_at + i * interval '10 minutes' as window_start from generate_series(0, windows - 1) i) w
order by machine_id, window_start, from_at`;

/** The verdicts of these gaps, and two maintenances a year, in the order of time. Parameters: begin and end. */
export const TRANSITIONS = `
with span as (select $1::timestamptz as begin, extract(epoch from $2::timestamptz - $1::timestamptz) as seconds),
maintenance as (
  select machine_id, begin + random() * (seconds - 86400) * interval '1 second' as at
  from machine, span, generate_series(1, ceil(2 * seconds / 31536000)::integer)
)
insert into verdict_transition (machine_id, from_state, to_state, reason, because, at)
select * from (
  select machine_id, 'up', 'down', reason, 'three misses', from_at + interval '30 seconds' as at from gap where reason <> 'unobserved'
  union all
  select machine_id, 'down', 'up', null, 'it answers', from_at + windows * interval '10 minutes' from gap where reason <> 'unobserved'
  union all
  select machine_id, 'up', 'maintenance', null, 'planned', at from maintenance
  union all
  select machine_id, 'maintenance', 'up', null, 'over', at + interval '2 hours' from maintenance
) as t
order by at`;
