import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { MachineEntity } from './entities/machine.entity.ts';
import { OutboxEntity, type OutboxRow } from './entities/verdict.entities.ts';
import type { MachineKind, OutboxEntry } from './types.ts';

/** Committed state changes in the order of their commits; written by {@link Verdicts.change}. */
export class Outbox {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** The entry; `null` when there is none (any more). */
  async find(sequence: number): Promise<OutboxEntry | null> {
    const entries = await this.entries({ sequence }, 1);
    return entries[0] ?? null;
  }

  /** Notes that the entry was told. False: that was noted before. */
  async markHandled(sequence: number, at: Date): Promise<boolean> {
    const rows = await this.em
      .fork()
      .execute('update outbox set handled_at = ? where sequence = ? and handled_at is null returning sequence', [
        at,
        sequence,
      ]);
    return rows.length > 0;
  }

  /** Entries of changes before `olderThan` that nobody was told of, oldest first. */
  unhandled(olderThan: Date, limit: number): Promise<OutboxEntry[]> {
    return this.entries({ handledAt: null, at: { $lt: olderThan } }, limit);
  }

  /** The entries that follow this sequence, in order. */
  after(sequence: number, limit: number): Promise<OutboxEntry[]> {
    return this.entries({ sequence: { $gt: sequence } }, limit);
  }

  /** The sequence of the newest entry; 0 when there is none. */
  async latestSequence(): Promise<number> {
    const rows = await this.em
      .fork()
      .execute<{ sequence: string | null }[]>('select max(sequence) as sequence from outbox');
    return Number(rows[0]?.sequence ?? 0);
  }

  private async entries(where: FilterQuery<OutboxRow>, limit: number): Promise<OutboxEntry[]> {
    const em = this.em.fork();
    const rows = await em.find(OutboxEntity, where, { orderBy: { sequence: 'asc' }, limit });
    if (rows.length === 0) return [];
    const machineId = { $in: [...new Set(rows.map(row => row.machineId))] };
    const machines = await em.find(MachineEntity, { machineId }, { fields: ['kind'] });
    const kinds = new Map(machines.map(machine => [machine.machineId, machine.kind]));
    return rows.map(row => entryOf(row, kinds.get(row.machineId) ?? 'machine'));
  }
}

function entryOf(row: OutboxRow, kind: MachineKind): OutboxEntry {
  const { sequence, network, topic, machineId, machine, because, at } = row;
  return {
    sequence,
    network,
    topic,
    machineId,
    machine,
    kind,
    because,
    at,
    from: row.fromState ?? null,
    to: row.toState,
    reason: row.reason ?? null,
    handledAt: row.handledAt ?? null,
  };
}
