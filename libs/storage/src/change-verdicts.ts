import { type Columns, recordset, type RowOf } from './recordset.ts';
import type { VerdictChange } from './types.ts';

const COLUMNS = {
  machine_id: 'integer',
  from_state: 'text',
  from_reason: 'text',
  from_since: 'timestamptz',
  to_state: 'text',
  reason: 'text',
  since: 'timestamptz',
  because: 'text',
} as const satisfies Columns;

/**
 * Compare-and-set of many verdicts at once. Parameters: the rows of {@link rowOfChange}, the network. Gives the outbox
 * sequences of the changes that won.
 */
export const CHANGE_VERDICTS = `
with given as (
  select r.* from ${recordset('r', COLUMNS)} join machine using (machine_id) where network = ?
), updated as (
  update verdict set state = g.to_state, reason = g.reason, since = g.since
  from given g
  where verdict.machine_id = g.machine_id and verdict.state = g.from_state and verdict.since = g.from_since
    and verdict.reason is not distinct from g.from_reason
  returning verdict.machine_id
), inserted as (
  insert into verdict (machine_id, state, reason, since)
  select machine_id, to_state, reason, since from given where from_state is null
  on conflict (machine_id) do nothing
  returning machine_id
), won as (
  select given.* from given
  join (select machine_id from updated union all select machine_id from inserted) winner using (machine_id)
), noted as (
  insert into verdict_transition (machine_id, from_state, to_state, reason, because, at)
  select machine_id, from_state, to_state, reason, because, since from won order by machine_id
)
insert into outbox (network, topic, machine_id, machine, from_state, to_state, reason, because, at)
select machine.network, 'verdict.changed', machine_id, machine.name, from_state, to_state, won.reason, because, since
from won join machine using (machine_id)
order by machine_id
returning sequence`;

/** A change as the statement takes it. */
export function rowOfChange({ machineId, from, to, because }: VerdictChange): RowOf<typeof COLUMNS> {
  return {
    machine_id: machineId,
    from_state: from?.state ?? null,
    from_reason: from?.reason ?? null,
    from_since: from?.since ?? null,
    to_state: to.state,
    reason: to.reason,
    since: to.since,
    because,
  };
}
