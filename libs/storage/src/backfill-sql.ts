import type { BackfillTask } from './types.ts';

/** The longer statements of {@link Backfills}. Times come as milliseconds since the epoch. */

function ms(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::double precision`;
}

const TASK = `b.machine_id, m.name, m.via, b.attempt, b.marks, b.failures,
  ${ms('m.past_read_at')} as past_read_at_ms, ${ms('m.past_before')} as past_before_ms, ${ms('m.added_at')} as added_at_ms`;

/**
 * Parameters: answered since, network, now, now, now, at once, now, lease until. Who answers has values: a check that is well
 * says nothing of the agent. What somebody marks at this moment is left for the next time.
 */
export const TAKE_TASKS = `
with due as (
  select b.machine_id, m.name, m.via, m.past_read_at, m.past_before, m.added_at, answering.since
  from backfill b join machine m on m.machine_id = b.machine_id
  cross join lateral (
    select max(l.since) as since from latest l
    where l.machine_id = b.machine_id and l.reason is null and l.metric_values is not null and l.observed_at >= ?
  ) answering
  where m.network = ? and m.kind = 'machine' and m.removed_at is null and answering.since is not null
    and b.not_before <= ? and (b.lease_until is null or b.lease_until <= ?)
    and not exists (
      select from machine_pause p where p.machine_id = b.machine_id and not p.is_closed and (p.until is null or p.until > ?))
  order by b.attempt, b.machine_id
  limit greatest(0, ? - (select count(*) from backfill where lease_until > ?))
  for update of b skip locked
)
update backfill b set attempt = nextval('backfill_attempt'), lease_until = ?
from due m where m.machine_id = b.machine_id
returning ${TASK}, ${ms('m.since')} as answers_since_ms`;

/** Parameters: machine, attempt. */
export const FIND_TASK = `
select ${TASK}, ${ms('coalesce(seen.since, seen.values_at, m.added_at)')} as answers_since_ms
from backfill b join machine m on m.machine_id = b.machine_id
cross join lateral (
  select max(since) filter (where reason is null) as since, max(values_at) as values_at
  from latest l where l.machine_id = b.machine_id and l.metric_values is not null
) seen
where b.machine_id = ? and b.attempt = ? and b.lease_until is not null and m.removed_at is null`;

/** Parameters: machine, since, limit. */
export const SELECT_GAPS = `
select ${ms('window_start')} as window_start_ms, reason from metric_row
where machine_id = ? and window_start >= ? and not reachable and conclusion is null
order by window_start desc limit ?`;

/** Parameters: network, since. */
export const COUNT_GAPS = `
select count(*)::integer as open, count(distinct machine_id)::integer as machines
from metric_row join machine using (machine_id)
where network = ? and removed_at is null and window_start >= ? and not reachable and conclusion is null`;

/** What {@link TAKE_TASKS} and {@link FIND_TASK} give. */
export interface TaskRow {
  readonly machine_id: number;
  readonly name: string;
  readonly via: string | null;
  readonly attempt: number;
  readonly marks: number;
  readonly failures: number;
  readonly past_read_at_ms: number | null;
  readonly past_before_ms: number | null;
  readonly added_at_ms: number;
  readonly answers_since_ms: number;
}

/** The row as a task. */
export function taskOf(row: TaskRow): BackfillTask {
  const { machine_id: machineId, name, via, attempt, marks, failures } = row;
  const pastReadAt = row.past_read_at_ms === null ? null : new Date(row.past_read_at_ms);
  const pastBefore = row.past_before_ms === null ? null : new Date(row.past_before_ms);
  const addedAt = new Date(row.added_at_ms);
  return {
    machineId,
    name,
    via,
    attempt,
    marks,
    failures,
    pastReadAt,
    pastBefore,
    addedAt,
    answersSince: new Date(row.answers_since_ms),
  };
}
