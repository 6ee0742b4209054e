import type { EntityManager } from '@mikro-orm/postgresql';
import { CHANGE_VERDICTS, rowOfChange } from './change-verdicts.ts';
import { VerdictEntity, VerdictTransitionEntity } from './entities/verdict.entities.ts';
import { HOLD_OBSERVATIONS, judgedMachinesOf, type JudgedRow, SELECT_JUDGED } from './judged-machines.ts';
import { type RecordsetParameter, recordsetParameter } from './recordset.ts';
import type { JudgedMachine, MachineKind, Verdict, VerdictChange, VerdictState, VerdictTransition } from './types.ts';

/** Decides which verdicts change. Pure: called again, it decides anew. */
export type DecideChanges = (machines: readonly JudgedMachine[]) => readonly VerdictChange[];

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

  /** How many machines (or services) of the network are in which state; one that was never judged is `unknown`. */
  async counts(network: string, kind: MachineKind = 'machine'): Promise<Record<VerdictState, number>> {
    const rows = await this.em.fork().execute<{ state: VerdictState; machines: number }[]>(
      `select coalesce(state, 'unknown') as state, count(*)::integer as machines
       from machine left join verdict using (machine_id)
       where network = ? and kind = ? and removed_at is null group by 1`,
      [network, kind],
    );
    const counts = { up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 };
    for (const { state, machines } of rows) counts[state] = machines;
    return counts;
  }

  /** What verdicts about these machines and services are made from. Those that were removed are left out. */
  async judged(machineIds: readonly number[]): Promise<JudgedMachine[]> {
    return machineIds.length === 0 ? [] : await selectJudged(this.em.fork(), machineIds);
  }

  /**
   * Writes what `decide` changes, each change with its transition and its outbox entry, all or nothing. Resolves with the
   * outbox sequences of those whose `from` still held; a change that came too late has none.
   *
   * One transaction at a time, in all processes: an entry's sequence is drawn under the lock and committed under it,
   * therefore no reader sees a sequence before a lower one. What is decided upon is read under the lock too, and no newer
   * observation is stored before the change is: whoever waited here decides about the present, not about the past.
   */
  async change(network: string, machineIds: readonly number[], decide: DecideChanges): Promise<number[]> {
    if (machineIds.length === 0) return [];
    return await this.em.fork().transactional(async em => {
      await em.execute(`select pg_advisory_xact_lock(hashtextextended('distomon.outbox', 0))`);
      await em.execute(HOLD_OBSERVATIONS, [idsParameter(machineIds)]);
      const changes = decide(await selectJudged(em, machineIds));
      if (changes.length === 0) return [];
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
}

async function selectJudged(em: EntityManager, machineIds: readonly number[]): Promise<JudgedMachine[]> {
  return judgedMachinesOf(await em.execute<JudgedRow[]>(SELECT_JUDGED, [idsParameter(machineIds)]));
}

function idsParameter(machineIds: readonly number[]): RecordsetParameter {
  return recordsetParameter(machineIds.map(machine_id => ({ machine_id })));
}
