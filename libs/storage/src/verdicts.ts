import type { EntityManager } from '@mikro-orm/postgresql';
import { CHANGE_VERDICTS, rowOfChange } from './change-verdicts.ts';
import { VerdictEntity, VerdictTransitionEntity } from './entities/verdict.entities.ts';
import { recordsetParameter } from './recordset.ts';
import type { Verdict, VerdictChange, VerdictState, VerdictTransition } from './types.ts';

/** What the network holds about its machines. */
export class Verdicts {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** The verdicts about these machines; none about a machine that was never judged. */
  async of(machineIds: readonly number[]): Promise<Verdict[]> {
    if (machineIds.length === 0) return [];
    const where = { machineId: { $in: [...machineIds] } };
    const rows = await this.em.fork().find(VerdictEntity, where, { orderBy: { machineId: 'asc' } });
    return rows.map(({ machineId, state, reason, since }) => ({ machineId, state, reason: reason ?? null, since }));
  }

  /** How many machines of the network are in which state; one that was never judged is `unknown`. */
  async counts(network: string): Promise<Record<VerdictState, number>> {
    const rows = await this.em.fork().execute<{ state: VerdictState; machines: number }[]>(
      `select coalesce(state, 'unknown') as state, count(*)::integer as machines
       from machine left join verdict using (machine_id)
       where network = ? and removed_at is null group by 1`,
      [network],
    );
    const counts = { up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 };
    for (const { state, machines } of rows) counts[state] = machines;
    return counts;
  }

  /**
   * Writes the changes whose `from` still holds, each with its transition and its outbox entry, all or nothing.
   * Resolves with the outbox sequences of those; a change that came too late has none.
   *
   * One transaction at a time, in all processes: an entry's sequence is drawn under the lock and committed under it,
   * therefore no reader sees a sequence before a lower one.
   */
  async change(network: string, changes: readonly VerdictChange[]): Promise<number[]> {
    if (changes.length === 0) return [];
    return await this.em.fork().transactional(async em => {
      await em.execute(`select pg_advisory_xact_lock(hashtextextended('distomon.outbox', 0))`);
      const rows = recordsetParameter(changes.map(rowOfChange));
      const written = await em.execute<{ sequence: string }[]>(CHANGE_VERDICTS, [rows, network]);
      return written.map(({ sequence }) => Number(sequence)).sort((a, b) => a - b);
    });
  }

  /** The machine's last changes, newest first. */
  async transitions(machineId: number, limit: number): Promise<VerdictTransition[]> {
    const rows = await this.em
      .fork()
      .find(
        VerdictTransitionEntity,
        { machineId },
        { orderBy: { transitionId: 'desc' }, limit, disableIdentityMap: true },
      );
    return rows.map(({ fromState, toState, reason, because, at }) => ({
      machineId,
      from: fromState ?? null,
      to: toState,
      reason: reason ?? null,
      because,
      at,
    }));
  }

  /** Deletes the changes that happened before `before`; the verdicts themselves stay. */
  async forget(before: Date): Promise<void> {
    await this.em.fork().execute('delete from verdict_transition where at < ?', [before]);
  }
}
