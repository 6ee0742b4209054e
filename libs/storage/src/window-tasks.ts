import { type EntityManager, raw } from '@mikro-orm/postgresql';
import { CLOSE_MISSED, type ClosedRow, MISSED_MONTHS } from './close-missed.ts';
import { type WindowTaskRow, WindowTaskEntity } from './entities/window-task.entity.ts';
import { markHours, markMachines } from './marks.ts';
import type { Partitions } from './partitions.ts';
import { type Columns, recordset, recordsetParameter } from './recordset.ts';
import type { PlannedTask, WindowTask, WindowTaskKey } from './types.ts';

const TASK_COLUMNS = {
  network: 'text',
  window_start: 'timestamptz',
  shard: 'integer',
  via: 'text',
  machine_ids: 'jsonb',
} as const satisfies Columns;

const QUEUE_COLUMNS = {
  index: 'integer',
  network: 'text',
  window_start: 'timestamptz',
  shard: 'integer',
  attempt: 'integer',
  state: 'text',
  not_before: 'timestamptz',
} as const satisfies Columns;

/** A task that gets lost again and again is queued again at most this many times slower than at first. */
const MAX_PATIENCE = 10;

const KEY = 'network = ? and window_start = ? and shard = ? and attempt = ?';

function keyOf({ network, windowStart, shard, attempt }: WindowTaskKey): unknown[] {
  return [network, windowStart, shard, attempt];
}

/**
 * The record of the windows' work: planned, queued, running, done. Every step is a compare-and-set on state and
 * attempt, so of two that try the same step one wins. The queue only wakes.
 */
export class WindowTasks {
  private readonly em: EntityManager;
  private readonly partitions: Partitions;

  constructor(em: EntityManager, partitions: Partitions) {
    this.em = em;
    this.partitions = partitions;
  }

  /**
   * Adds the tasks of windows that have none yet. A window is planned whole or not at all: two planners that know of
   * different machines would cut them differently, and mixed shards would name some twice and others never.
   */
  async plan(tasks: readonly PlannedTask[]): Promise<void> {
    if (tasks.length === 0) return;
    const rows = tasks.map(({ network, windowStart, shard, via, machineIds }) => ({
      network,
      window_start: windowStart,
      shard,
      via,
      machine_ids: machineIds,
    }));
    await this.em.fork().transactional(async em => {
      await em.execute(`select pg_advisory_xact_lock(hashtextextended('distomon.window_task', 0))`);
      await em.execute(
        `insert into window_task (network, window_start, shard, via, machine_ids)
         select network, window_start, shard, via, machine_ids from ${recordset('r', TASK_COLUMNS)}
         where not exists (
           select from window_task t where t.network = r.network collate "C" and t.window_start = r.window_start
         )`,
        [recordsetParameter(rows)],
      );
    });
  }

  /**
   * The newest window that was planned and starts at or before `now`; `null`: none. Those after `now` were planned before
   * the clock was set back.
   */
  async lastPlanned(network: string, now: Date): Promise<Date | null> {
    const rows = await this.em
      .fork()
      .find(
        WindowTaskEntity,
        { network, windowStart: { $lte: now } },
        { orderBy: { windowStart: 'desc' }, limit: 1, disableIdentityMap: true },
      );
    return rows[0]?.windowStart ?? null;
  }

  /**
   * At most `limit` tasks that have to be queued, newest windows first, because agents forget the old ones anyway:
   * planned ones; queued ones whose job has not begun `requeueAfterMs` after it might have, twice that for the second
   * attempt and so on up to ten times; running ones whose worker let its lease expire.
   */
  async due(network: string, now: Date, requeueAfterMs: number, limit: number): Promise<WindowTask[]> {
    const lostAt = `greatest(queued_at, not_before) + least(attempt, ${MAX_PATIENCE}) * ? * interval '1 millisecond'`;
    const rows = await this.em.fork().find(
      WindowTaskEntity,
      {
        network,
        $or: [
          { state: 'planned' },
          { state: 'queued', [raw(lostAt, [requeueAfterMs])]: { $lt: now } },
          { state: 'running', leaseUntil: { $lt: now } },
        ],
      },
      { orderBy: { windowStart: 'desc', shard: 'asc' }, limit, disableIdentityMap: true },
    );
    return rows.map(taskOf);
  }

  /**
   * Says that the next jobs of these tasks are being queued, each to begin at `notBeforeOf` it. Gives those that nobody
   * else did something with first, with their new attempt.
   */
  async markQueuedAll(
    tasks: readonly WindowTask[],
    notBeforeOf: (task: WindowTask) => Date,
    at: Date,
  ): Promise<WindowTask[]> {
    if (tasks.length === 0) return [];
    const given = tasks.map((task, index) => ({
      index,
      network: task.network,
      window_start: task.windowStart,
      shard: task.shard,
      attempt: task.attempt,
      state: task.state,
      not_before: notBeforeOf(task),
    }));
    // Whoever holds one of them at this moment is doing something with it: it is skipped, so that nobody waits in a circle.
    const rows = await this.em.fork().execute<{ index: number; attempt: number }[]>(
      `with free as (
         select network, window_start, shard, r.index, r.not_before
         from window_task t join ${recordset('r', QUEUE_COLUMNS)} using (network, window_start, shard)
         where t.attempt = r.attempt and t.state = r.state and (t.state <> 'running' or t.lease_until < ?)
         for update of t skip locked
       )
       update window_task t
       set state = 'queued', attempt = attempt + 1, not_before = free.not_before, queued_at = ?, worker = null, lease_until = null
       from free where (t.network, t.window_start, t.shard) = (free.network, free.window_start, free.shard)
       returning free.index, t.attempt`,
      [recordsetParameter(given), at, at],
    );
    const attempts = new Map(rows.map(({ index, attempt }) => [index, attempt]));
    return tasks.flatMap((task, index) => {
      const attempt = attempts.get(index);
      return attempt === undefined ? [] : [{ ...task, state: 'queued' as const, attempt }];
    });
  }

  /**
   * Takes the task for this worker until `leaseUntil`; the task it gives says which attempt it is now. `null`: it is
   * done, or another's. The job of an earlier attempt may take it too: it was only late, and whoever comes first does
   * the work, so that a queue slower than the planner's patience still gets everything done.
   */
  async claim(key: WindowTaskKey, worker: string, leaseUntil: Date, now: Date): Promise<WindowTask | null> {
    const { network, windowStart, shard } = key;
    const rows = await this.em.fork().execute<{ via: string | null; machine_ids: number[]; attempt: number }[]>(
      `update window_task set state = 'running', worker = ?, lease_until = ?
       where network = ? and window_start = ? and shard = ? and attempt >= ?
         and (state = 'queued' or (state = 'running' and lease_until < ?))
       returning via, machine_ids, attempt`,
      [worker, leaseUntil, ...keyOf(key), now],
    );
    const row = rows[0];
    if (row === undefined) return null;
    return {
      network,
      windowStart,
      shard,
      attempt: row.attempt,
      via: row.via,
      machineIds: row.machine_ids,
      state: 'running',
    };
  }

  /** Prolongs this worker's lease. False: it is no longer its task. */
  async renew(key: WindowTaskKey, worker: string, leaseUntil: Date): Promise<boolean> {
    const rows = await this.em
      .fork()
      .execute(
        `update window_task set lease_until = ? where ${KEY} and state = 'running' and worker = ? returning shard`,
        [leaseUntil, ...keyOf(key), worker],
      );
    return rows.length > 0;
  }

  /** Ends the task. False: it is no longer this worker's, somebody else will end it. */
  async finish(key: WindowTaskKey, worker: string, at: Date): Promise<boolean> {
    const rows = await this.em.fork().execute(
      `update window_task set state = 'done', finished_at = ?, lease_until = null
       where ${KEY} and state = 'running' and worker = ? returning shard`,
      [at, ...keyOf(key), worker],
    );
    return rows.length > 0;
  }

  /**
   * Ends up to `limit` tasks of windows that started before `before`, newest first, that nobody works on at `at`: each of
   * their machines that has no row of its window gets one that says `unobserved`. Gives how many tasks and rows that were.
   */
  async closeMissed(
    network: string,
    before: Date,
    at: Date,
    limit: number,
  ): Promise<{ readonly tasks: number; readonly rows: number }> {
    const months = await this.em.fork().execute<{ ms: number }[]>(MISSED_MONTHS, [network, before]);
    if (months.length === 0) return { tasks: 0, rows: 0 };
    return await this.partitions.whenReady(
      months.map(({ ms }) => new Date(ms)),
      () =>
        this.em.fork().transactional(async em => {
          const [closed] = await em.execute<ClosedRow[]>(CLOSE_MISSED, [network, before, at, limit, at, at]);
          const rows = (closed?.rows ?? []).map(([machineId, ms]) => ({ machineId, windowStart: new Date(ms), at }));
          await markHours(em, rows);
          await markMachines(em, rows);
          return { tasks: closed?.tasks ?? 0, rows: rows.length };
        }),
      ['metric_row'],
    );
  }

  /** How many tasks are not done. */
  async countUnfinished(network: string): Promise<number> {
    return await this.em.fork().count(WindowTaskEntity, { network, state: { $ne: 'done' } });
  }

  /** Everything that is not done, oldest first. */
  async unfinished(network: string): Promise<WindowTask[]> {
    const rows = await this.em
      .fork()
      .find(
        WindowTaskEntity,
        { network, state: { $ne: 'done' } },
        { orderBy: { windowStart: 'asc', shard: 'asc' }, disableIdentityMap: true },
      );
    return rows.map(taskOf);
  }

  /**
   * Deletes done tasks of windows that started before `before`. The newest window of a network stays, however old: it
   * says from where to go on after a long absence.
   */
  async forget(before: Date): Promise<void> {
    await this.em.fork().execute(
      `delete from window_task t where state = 'done' and window_start < ?
       and window_start < (select max(window_start) from window_task newest where newest.network = t.network)`,
      [before],
    );
  }
}

function taskOf(row: WindowTaskRow): WindowTask {
  const { network, windowStart, shard, via, machineIds, state, attempt } = row;
  return { network, windowStart, shard, via: via ?? null, machineIds, state, attempt };
}
