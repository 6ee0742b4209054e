import type { EntityManager } from '@mikro-orm/postgresql';
import { windowStartOf } from '#config';
import { COUNT_GAPS, FIND_TASK, SELECT_GAPS, TAKE_TASKS, taskOf, type TaskRow } from './backfill-sql.ts';
import type { BackfillOutcome, BackfillTask, OpenGap } from './types.ts';

/** Which tasks are taken, and for how long. */
export interface TakeOptions {
  readonly now: Date;
  /** Until then the machine is its taker's. */
  readonly leaseUntil: Date;
  /** A machine that did not answer since then does not answer. */
  readonly answeredSince: Date;
  /** How many machines may be asked at a time, in all networks together. */
  readonly atOnce: number;
}

/**
 * The record of the machines that are to be asked about their past. Whoever writes a row without values, or a machine
 * that is new or back, marks it in the same transaction. Who takes it has it until the lease ends. The queue only wakes.
 */
export class Backfills {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /**
   * Takes machines of the network that are due and answer now, those first whose last turn is the longest ago; at any time at
   * most `atOnce` are taken. Machines that the network file no longer names are left, and so are services and
   * what is paused.
   */
  async take(network: string, { now, leaseUntil, answeredSince, atOnce }: TakeOptions): Promise<BackfillTask[]> {
    return await this.em.fork().transactional(async em => {
      // Two that take at once would both see the same places free.
      await em.execute(`select pg_advisory_xact_lock(hashtextextended('distomon.backfill', 0))`);
      const parameters = [answeredSince, network, now, now, now, atOnce, now, leaseUntil];
      return (await em.execute<TaskRow[]>(TAKE_TASKS, parameters)).map(taskOf);
    });
  }

  /** The task as it stands now, for who was given this attempt. `null`: it is over, or another's. */
  async find(machineId: number, attempt: number): Promise<BackfillTask | null> {
    const rows = await this.em.fork().execute<TaskRow[]>(FIND_TASK, [machineId, attempt]);
    return rows[0] === undefined ? null : taskOf(rows[0]);
  }

  /** Prolongs the lease of this attempt. False: it is over, or another's. */
  async renew({ machineId, attempt }: BackfillTask, leaseUntil: Date): Promise<boolean> {
    const rows = await this.em.fork().execute(
      `update backfill set lease_until = ?
         where machine_id = ? and attempt = ? and lease_until is not null returning machine_id`,
      [leaseUntil, machineId, attempt],
    );
    return rows.length > 0;
  }

  /**
   * Ends this attempt; of one that is over, or another's, it changes nothing. What was marked since the task was read is
   * still to be done after `done`, at once.
   */
  async finish(task: BackfillTask, outcome: BackfillOutcome): Promise<void> {
    const em = this.em.fork();
    const attempt = [task.machineId, task.attempt];
    if (outcome.kind === 'failed') {
      await em.execute(
        `update backfill set lease_until = null, failures = failures + 1, not_before = ?
         where machine_id = ? and attempt = ?`,
        [outcome.notBefore, ...attempt],
      );
      return;
    }
    if (outcome.kind === 'done') {
      await em.execute('delete from backfill where machine_id = ? and attempt = ? and marks = ?', [
        ...attempt,
        task.marks,
      ]);
    }
    await em.execute(
      'update backfill set lease_until = null, failures = 0 where machine_id = ? and attempt = ?',
      attempt,
    );
  }

  /** Windows of this machine that start at or after `since`, have no values, and of which nobody knows why; newest first. */
  async gaps(machineId: number, since: Date, limit: number): Promise<OpenGap[]> {
    const rows = await this.em
      .fork()
      .execute<{ window_start_ms: number; reason: OpenGap['reason'] }[]>(SELECT_GAPS, [machineId, since, limit]);
    return rows.map(row => ({ windowStart: new Date(row.window_start_ms), reason: row.reason }));
  }

  /** The windows that start within [from, to) and of which this machine has no row; newest first. */
  async windowsWithoutRow(machineId: number, from: Date, to: Date, windowMs: number): Promise<Date[]> {
    const rows = await this.em.fork().execute<{ ms: number }[]>(
      `select (extract(epoch from window_start) * 1000)::double precision as ms from metric_row
       where machine_id = ? and window_start >= ? and window_start < ?`,
      [machineId, from, to],
    );
    const there = new Set(rows.map(row => row.ms));
    const missing: Date[] = [];
    const newest = windowStartOf(new Date(to.getTime() - 1), windowMs);
    for (let ms = newest.getTime(); ms >= from.getTime(); ms -= windowMs)
      if (!there.has(ms)) missing.push(new Date(ms));
    return missing;
  }

  /**
   * How many windows that start at or after `since` have no values and are still to be asked for, and of how many machines,
   * of those in the network file.
   */
  async count(network: string, since: Date): Promise<{ readonly open: number; readonly machines: number }> {
    const rows = await this.em.fork().execute<{ open: number; machines: number }[]>(COUNT_GAPS, [network, since]);
    return rows[0] ?? { open: 0, machines: 0 };
  }
}
