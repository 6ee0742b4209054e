import type { EntityManager } from '@mikro-orm/postgresql';
import type { MachineEntry } from '#config';
import { MachineEntity } from './entities/machine.entity.ts';
import { markMachines } from './marks.ts';
import { reconcileMachines, type WatchedEntry } from './reconcile-machines.ts';
import { type Columns, recordset, recordsetParameter, type RowOf } from './recordset.ts';
import type { MachineKind } from './types.ts';

const ENTRY_COLUMNS = {
  machine_id: 'integer',
  name: 'text',
  stable_id: 'text',
  netdata: 'text',
  host: 'boolean',
  via: 'text',
  labels: 'jsonb',
  kind: 'text',
  address: 'text',
  auth: 'text',
  timeout_ms: 'integer',
  charts: 'jsonb',
  /** Set when the machine is new or back: from then on it is watched. */
  added_at: 'timestamptz',
} as const satisfies Columns;

/** The machines and services of a network file, and when they became its. */
export interface MachinesOfFile {
  readonly network: string;
  readonly machines: readonly MachineEntry[];
  /** Their names. */
  readonly services: readonly string[];
  readonly at: Date;
}

/** Makes the stored machines those of the file. Call it within the transaction that stores the file. */
export async function storeMachines(
  em: EntityManager,
  { network, machines, services, at }: MachinesOfFile,
): Promise<void> {
  const known = await em.find(MachineEntity, { network }, { disableIdentityMap: true });
  const plan = reconcileMachines(
    known.map(({ machineId, kind, name, stableId, removedAt }) => ({
      machineId,
      kind,
      name,
      stableId: stableId ?? null,
      removedAt: removedAt ?? null,
    })),
    [...machines.map((entry): WatchedEntry => ({ ...entry, kind: 'machine' })), ...services.map(serviceEntry)],
  );
  await setAside(em, [...plan.removed, ...plan.kept.map(({ machineId }) => machineId)], at);
  await takeIds(em, plan.withoutId);
  await keep(
    em,
    plan.kept.map(({ machineId, entry, revived }) => ({ machine_id: machineId, ...rowOf(entry, revived ? at : null) })),
  );
  const added = await add(
    em,
    network,
    plan.added.map(entry => rowOf(entry, at)),
  );
  const revived = plan.kept.filter(({ entry, revived }) => revived && entry.kind === 'machine');
  // Also of those that come back: somebody may have paused one while it was being taken out.
  await forgetPauses(em, [...plan.removed, ...revived.map(({ machineId }) => machineId)]);
  await markMachines(
    em,
    [...added, ...revived.map(({ machineId }) => machineId)].map(machineId => ({ machineId, at })),
  );
}

/** What is taken out and put in again is looked at again. */
async function forgetPauses(em: EntityManager, machineIds: readonly number[]): Promise<void> {
  if (machineIds.length === 0) return;
  const ids = recordsetParameter(machineIds.map(machine_id => ({ machine_id })));
  await em.execute(
    `delete from machine_pause using ${recordset('r', { machine_id: 'integer' })}
     where machine_pause.machine_id = r.machine_id`,
    [ids],
  );
}

function serviceEntry(name: string): WatchedEntry {
  const nothing = { id: null, netdata: null, via: null, address: null, auth: null, timeoutMs: null };
  return { ...nothing, kind: 'service', name, host: false, charts: [], labels: {} };
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

/** An id is one machine's, also among those that were removed. */
async function takeIds(em: EntityManager, machineIds: readonly number[]): Promise<void> {
  if (machineIds.length === 0) return;
  const ids = recordsetParameter(machineIds.map(machine_id => ({ machine_id })));
  await em.execute(
    `update machine set stable_id = null from ${recordset('r', { machine_id: 'integer' })}
     where machine.machine_id = r.machine_id`,
    [ids],
  );
}

async function keep(em: EntityManager, rows: readonly RowOf<typeof ENTRY_COLUMNS>[]): Promise<void> {
  await em.execute(
    `update machine
     set name = r.name, stable_id = r.stable_id, netdata = r.netdata, host = r.host, via = r.via, labels = r.labels,
       address = r.address, auth = r.auth, timeout_ms = r.timeout_ms, charts = r.charts,
       added_at = coalesce(r.added_at, machine.added_at), removed_at = null,
       past_read_at = case when r.added_at is null then machine.past_read_at end,
       past_before = case when r.added_at is null then machine.past_before end
     from ${recordset('r', ENTRY_COLUMNS)} where machine.machine_id = r.machine_id`,
    [recordsetParameter(rows)],
  );
}

/** Gives the ids of those that are machines. */
async function add(
  em: EntityManager,
  network: string,
  rows: readonly RowOf<typeof ENTRY_COLUMNS>[],
): Promise<number[]> {
  const added = await em.execute<{ machine_id: number; kind: MachineKind }[]>(
    `insert into machine (network, kind, name, stable_id, netdata, host, via, labels, address, auth, timeout_ms, charts, added_at)
     select ?, r.kind, r.name, r.stable_id, r.netdata, r.host, r.via, r.labels, r.address, r.auth, r.timeout_ms, r.charts,
       r.added_at
     from ${recordset('r', ENTRY_COLUMNS)}
     returning machine_id, kind`,
    [network, recordsetParameter(rows)],
  );
  return added.filter(({ kind }) => kind === 'machine').map(({ machine_id }) => machine_id);
}

function rowOf(entry: WatchedEntry, addedAt: Date | null): RowOf<typeof ENTRY_COLUMNS> {
  const { id, timeoutMs, ...columns } = entry;
  return { ...columns, stable_id: id, timeout_ms: timeoutMs, added_at: addedAt };
}
