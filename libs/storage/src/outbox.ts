import type { EntityManager } from '@mikro-orm/postgresql';
import { OutboxEntity, type OutboxRow } from './entities/verdict.entities.ts';
import type { OutboxEntry } from './types.ts';

/** Committed state changes in the order of their commits; written by {@link Verdicts.change}. */
export class Outbox {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** The entry; `null` when there is none (any more). */
  async find(sequence: number): Promise<OutboxEntry | null> {
    const row = await this.em.fork().findOne(OutboxEntity, { sequence });
    return row === null ? null : entryOf(row);
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
  async unhandled(olderThan: Date, limit: number): Promise<OutboxEntry[]> {
    const where = { handledAt: null, at: { $lt: olderThan } };
    const rows = await this.em.fork().find(OutboxEntity, where, { orderBy: { sequence: 'asc' }, limit });
    return rows.map(entryOf);
  }

  /** The entries that follow this sequence, in order. */
  async after(sequence: number, limit: number): Promise<OutboxEntry[]> {
    const rows = await this.em
      .fork()
      .find(OutboxEntity, { sequence: { $gt: sequence } }, { orderBy: { sequence: 'asc' }, limit });
    return rows.map(entryOf);
  }

  /** The sequence of the newest entry; 0 when there is none. */
  async latestSequence(): Promise<number> {
    return (await this.sequenceAt('max')) ?? 0;
  }

  /** The sequence of the oldest entry that is kept; `null` when there is none. */
  async oldestSequence(): Promise<number | null> {
    return await this.sequenceAt('min');
  }

  private async sequenceAt(end: 'min' | 'max'): Promise<number | null> {
    const rows = await this.em
      .fork()
      .execute<{ sequence: string | null }[]>(`select ${end}(sequence) as sequence from outbox`);
    const sequence = rows[0]?.sequence ?? null;
    return sequence === null ? null : Number(sequence);
  }
}

function entryOf(row: OutboxRow): OutboxEntry {
  const { sequence, network, topic, machineId, machine, because, at } = row;
  return {
    sequence,
    network,
    topic,
    machineId,
    machine,
    because,
    at,
    from: row.fromState ?? null,
    to: row.toState,
    reason: row.reason ?? null,
    handledAt: row.handledAt ?? null,
  };
}
