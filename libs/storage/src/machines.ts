import type { EntityManager } from '@mikro-orm/postgresql';
import { type Machine, MachineEntity } from './entities/machine.entity.ts';
import { recordset, recordsetParameter } from './recordset.ts';
import type { AgentFacts, StoredMachine } from './types.ts';

/** The machines of the networks. Written by {@link Networks.acceptVersion} only; what is learned about agents is kept here. */
export class Machines {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** The machines that the network file names, by name. */
  async list(network: string): Promise<StoredMachine[]> {
    const rows = await this.em.fork().find(MachineEntity, { network, removedAt: null }, { orderBy: { name: 'asc' } });
    return rows.map(machineOf);
  }

  /** Like {@link list}, at most `limit`, those after the name `after`; `null`: from the first. */
  async page(network: string, after: string | null, limit: number): Promise<StoredMachine[]> {
    const from = after === null ? {} : { name: { $gt: withoutNul(after) } };
    const rows = await this.em
      .fork()
      .find(MachineEntity, { network, removedAt: null, ...from }, { orderBy: { name: 'asc' }, limit });
    return rows.map(machineOf);
  }

  /** A machine that the network file names. */
  async find(network: string, name: string): Promise<StoredMachine | null> {
    const wanted = { network: withoutNul(network), name: withoutNul(name), removedAt: null };
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
}

/** Names come from URLs. No name holds a NUL, and PostgreSQL refuses to compare with one. */
function withoutNul(name: string): string {
  return name.replaceAll('\0', '\uFFFD');
}

function machineOf(row: Machine): StoredMachine {
  return {
    machineId: row.machineId,
    network: row.network,
    addedAt: row.addedAt,
    agent: row.agent ?? null,
    id: row.stableId ?? null,
    name: row.name,
    netdata: row.netdata ?? null,
    host: row.host,
    via: row.via ?? null,
    labels: row.labels,
  };
}
