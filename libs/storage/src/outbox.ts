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
    const rows = await this.em
      .fork()
      .execute<{ sequence: string | null }[]>('select max(sequence) as sequence from outbox');
    return Number(rows[0]?.sequence ?? 0);
  }

  /** Deletes the entries that were told before `before`. What nobody was told of stays. */
  async forget(before: Date): Promise<void> {
    await this.em.fork().execute('delete from outbox where handled_at < ?', [before]);
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
