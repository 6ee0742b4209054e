import type { EntityManager } from '@mikro-orm/postgresql';
import type { MachineEntry } from '#config';
import { MachineEntity } from './entities/machine.entity.ts';
import { reconcileMachines } from './reconcile-machines.ts';
import { type Columns, recordset, recordsetParameter, type RowOf } from './recordset.ts';

const ENTRY_COLUMNS = {
  machine_id: 'integer',
  name: 'text',
  stable_id: 'text',
  netdata: 'text',
  host: 'boolean',
  via: 'text',
  labels: 'jsonb',
  /** Set when the machine is new or back: from then on it is watched. */
  added_at: 'timestamptz',
} as const satisfies Columns;

/** The machines of a network file, and when they became its machines. */
export interface MachinesOfFile {
  readonly network: string;
  readonly machines: readonly MachineEntry[];
  readonly at: Date;
}

/** Makes the stored machines those of the file. Call it within the transaction that stores the file. */
export async function storeMachines(em: EntityManager, { network, machines, at }: MachinesOfFile): Promise<void> {
  const known = await em.find(MachineEntity, { network }, { disableIdentityMap: true });
  const plan = reconcileMachines(
    known.map(({ machineId, name, stableId, removedAt }) => ({
      machineId,
      name,
      stableId: stableId ?? null,
      removedAt: removedAt ?? null,
    })),
    machines,
  );
  await setAside(em, [...plan.removed, ...plan.kept.map(({ machineId }) => machineId)], at);
  await keep(
    em,
    plan.kept.map(({ machineId, entry, revived }) => ({ machine_id: machineId, ...rowOf(entry, revived ? at : null) })),
  );
  await add(
    em,
    network,
    plan.added.map(entry => rowOf(entry, at)),
  );
}

/** Also those that stay, for this statement: names are unique among the living, and two may be about to swap theirs. */
async function setAside(em: EntityManager, machineIds: readonly number[], at: Date): Promise<void> {
  const ids = recordsetParameter(machineIds.map(machine_id => ({ machine_id })));
  await em.execute(
    `update machine set removed_at = ? from ${recordset('r', { machine_id: 'integer' })}
     where machine.machine_id = r.machine_id and machine.removed_at is null`,
    [at, ids],
  );
}

async function keep(em: EntityManager, rows: readonly RowOf<typeof ENTRY_COLUMNS>[]): Promise<void> {
  await em.execute(
    `update machine
     set name = r.name, stable_id = r.stable_id, netdata = r.netdata, host = r.host, via = r.via, labels = r.labels,
       added_at = coalesce(r.added_at, machine.added_at), removed_at = null
     from ${recordset('r', ENTRY_COLUMNS)} where machine.machine_id = r.machine_id`,
    [recordsetParameter(rows)],
  );
}

async function add(em: EntityManager, network: string, rows: readonly RowOf<typeof ENTRY_COLUMNS>[]): Promise<void> {
  await em.execute(
    `insert into machine (network, name, stable_id, netdata, host, via, labels, added_at)
     select ?, r.name, r.stable_id, r.netdata, r.host, r.via, r.labels, r.added_at from ${recordset('r', ENTRY_COLUMNS)}`,
    [network, recordsetParameter(rows)],
  );
}

function rowOf(
  { id, name, netdata, host, via, labels }: MachineEntry,
  addedAt: Date | null,
): RowOf<typeof ENTRY_COLUMNS> {
  return { name, stable_id: id, netdata, host, via, labels, added_at: addedAt };
}
