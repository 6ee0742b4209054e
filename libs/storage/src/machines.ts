import type { EntityManager } from '@mikro-orm/postgresql';
import { type Machine, MachineEntity } from './entities/machine.entity.ts';
import { recordset, recordsetParameter } from './recordset.ts';
import { withoutNul } from './without-nul.ts';
import type { AgentFacts, MachineKind, StoredMachine } from './types.ts';

/** The machines of the networks. Written by {@link Networks.acceptVersion} only; what is learned about them is kept here. */
export class Machines {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** The machines that the network file names, by name. */
  list(network: string): Promise<StoredMachine[]> {
    return this.living(network, ['machine']);
  }

  /** Everything of the network file that has a state, machines and services, by name. */
  listWatched(network: string): Promise<StoredMachine[]> {
    return this.living(network, ['machine', 'service']);
  }

  private async living(network: string, kinds: MachineKind[]): Promise<StoredMachine[]> {
    const rows = await this.em
      .fork()
      .find(MachineEntity, { network, kind: { $in: kinds }, removedAt: null }, { orderBy: { name: 'asc' } });
    return rows.map(machineOf);
  }

  /** Machines (or services), at most `limit`, by name, those after the name `after`; `null`: from the first. */
  async page(network: string, kind: MachineKind, after: string | null, limit: number): Promise<StoredMachine[]> {
    const from = after === null ? {} : { name: { $gt: withoutNul(after) } };
    const rows = await this.em
      .fork()
      .find(MachineEntity, { network, kind, removedAt: null, ...from }, { orderBy: { name: 'asc' }, limit });
    return rows.map(machineOf);
  }

  /** A machine (or a service) that the network file names. */
  async find(network: string, kind: MachineKind, name: string): Promise<StoredMachine | null> {
    const wanted = { network: withoutNul(network), kind, name: withoutNul(name), removedAt: null };
    const row = await this.em.fork().findOne(MachineEntity, wanted);
    return row === null ? null : machineOf(row);
  }

  /** By id, in the order of the ids; also machines that were removed since. */
  async byIds(ids: readonly number[]): Promise<StoredMachine[]> {
    if (ids.length === 0) return [];
    const rows = await this.em
      .fork()
      .find(MachineEntity, { machineId: { $in: [...ids] } }, { orderBy: { machineId: 'asc' } });
    return rows.map(machineOf);
  }

  /** Keeps what was learned about a machine's agent. */
  async rememberAgent(machineId: number, facts: AgentFacts, at: Date): Promise<void> {
    const row = { machine_id: machineId, agent: facts, agent_seen_at: at };
    await this.em.fork().execute(
      `update machine set agent = r.agent, agent_seen_at = r.agent_seen_at
       from ${recordset('r', { machine_id: 'integer', agent: 'jsonb', agent_seen_at: 'timestamptz' })}
       where machine.machine_id = r.machine_id`,
      [recordsetParameter([row])],
    );
  }

  /** Notes that the machine was asked about the windows from this one until it was added. */
  async pastAsked(machineId: number, from: Date): Promise<void> {
    await this.em.fork().execute('update machine set past_before = ? where machine_id = ?', [from, machineId]);
  }

  /** Notes that the machine was asked about the day before it was added. */
  async pastRead(machineId: number, at: Date): Promise<void> {
    await this.em.fork().execute('update machine set past_read_at = ? where machine_id = ?', [at, machineId]);
  }
}

function machineOf(row: Machine): StoredMachine {
  return {
    machineId: row.machineId,
    kind: row.kind,
    network: row.network,
    addedAt: row.addedAt,
    agent: row.agent ?? null,
    id: row.stableId ?? null,
    name: row.name,
    netdata: row.netdata ?? null,
    host: row.host,
    via: row.via ?? null,
    address: row.address ?? null,
    auth: row.auth ?? null,
    timeoutMs: row.timeoutMs ?? null,
    charts: row.charts,
    labels: row.labels,
  };
}
