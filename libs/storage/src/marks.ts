import type { EntityManager } from '@mikro-orm/postgresql';
import { type Columns, recordset, recordsetParameter } from './recordset.ts';

/**
 * What has to be worked on later is marked in the transaction that makes it so. A mark that is there already is raised,
 * never left as it is: to raise it one waits for whoever is just taking it, and so nothing that is written after he looked
 * is forgotten. Hours before machines, each in its order, in every transaction: nobody waits in a circle.
 */

const HOUR_MS = 3_600_000;

const HOUR_COLUMNS = { machine_id: 'integer', start_at: 'timestamptz' } as const satisfies Columns;
const MACHINE_COLUMNS = { machine_id: 'integer', not_before: 'timestamptz' } as const satisfies Columns;

/** An hour is due at once. */
const MARK_HOURS = `
insert into rollup_dirty as d (period, machine_id, start_at, not_before)
select 'hour', machine_id, start_at, 'epoch' from ${recordset('r', HOUR_COLUMNS)}
order by start_at, machine_id
on conflict (period, start_at, machine_id) do update set marks = d.marks + 1`;

/** One that failed before is asked again when its time has come, however many gaps are added meanwhile. */
const MARK_MACHINES = `
insert into backfill as b (machine_id, not_before)
select machine_id, not_before from ${recordset('r', MACHINE_COLUMNS)}
order by machine_id
on conflict (machine_id) do update set marks = b.marks + 1`;

/** Says that these windows have changed: their hours are to be made anew. */
export async function markHours(
  em: EntityManager,
  windows: Iterable<{ readonly machineId: number; readonly windowStart: Date }>,
): Promise<void> {
  const hours = new Map<string, { machine_id: number; start_at: Date }>();
  for (const { machineId, windowStart } of windows) {
    const startMs = Math.floor(windowStart.getTime() / HOUR_MS) * HOUR_MS;
    hours.set(`${machineId} ${startMs}`, { machine_id: machineId, start_at: new Date(startMs) });
  }
  if (hours.size > 0) await em.execute(MARK_HOURS, [recordsetParameter<typeof HOUR_COLUMNS>([...hours.values()])]);
}

/** Says that there is something to ask these machines for, each from `at` on. */
export async function markMachines(
  em: EntityManager,
  gaps: Iterable<{ readonly machineId: number; readonly at: Date }>,
): Promise<void> {
  const machines = new Map<number, { machine_id: number; not_before: Date }>();
  for (const { machineId, at } of gaps) machines.set(machineId, { machine_id: machineId, not_before: at });
  if (machines.size > 0)
    await em.execute(MARK_MACHINES, [recordsetParameter<typeof MACHINE_COLUMNS>([...machines.values()])]);
}
