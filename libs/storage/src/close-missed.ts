/** The two statements that end what was missed: nobody can learn any more what these windows were like. */

/** Parameters: network, before. The months that {@link CLOSE_MISSED} may write to, in milliseconds since the epoch. */
export const MISSED_MONTHS = `
select distinct (extract(epoch from date_trunc('month', window_start, 'UTC')) * 1000)::double precision as ms
from window_task where network = ? and state <> 'done' and window_start < ?`;

/**
 * Parameters: network, before, at, limit, at, at. One statement, so that a task is done exactly when its rows are there.
 * What somebody takes at this moment is left to him; rows are sorted as those who write whole windows sort theirs, so that
 * nobody waits in a circle.
 */
export const CLOSE_MISSED = `
with missed as (
  select network, window_start, shard, machine_ids from window_task
  where network = ? and state <> 'done' and window_start < ? and (state <> 'running' or lease_until < ?)
  order by window_start desc, shard
  limit ?
  for update skip locked
), written as (
  insert into metric_row (machine_id, window_start, reachable, reason, collected_at)
  select machine_id::integer, window_start, false, 'unobserved', ?
  from missed, jsonb_array_elements_text(machine_ids) as machine_id
  order by 1, 2
  on conflict (machine_id, window_start) do nothing
  returning machine_id, window_start
), closed as (
  update window_task t set state = 'done', finished_at = ?, lease_until = null
  from missed where (t.network, t.window_start, t.shard) = (missed.network, missed.window_start, missed.shard)
  returning t.shard
)
select (select count(*) from closed)::integer as tasks, coalesce(
  (select jsonb_agg(jsonb_build_array(machine_id, extract(epoch from window_start) * 1000)) from written), '[]') as rows`;

/** What {@link CLOSE_MISSED} gives: how many tasks it ended, and the machines and windows, in milliseconds, that it wrote. */
export interface ClosedRow {
  readonly tasks: number;
  readonly rows: readonly (readonly [machineId: number, windowStartMs: number])[];
}
