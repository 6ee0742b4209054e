import type { EntityManager } from '@mikro-orm/postgresql';
import { type WindowTaskRow, WindowTaskEntity } from './entities/window-task.entity.ts';
import { type Columns, recordset, recordsetParameter } from './recordset.ts';
import type { PlannedTask, WindowTask, WindowTaskKey } from './types.ts';

const TASK_COLUMNS = {
  network: 'text',
  window_start: 'timestamptz',
  shard: 'integer',
  via: 'text',
  machine_ids: 'jsonb',
} as const satisfies Columns;

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

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** Adds tasks; those that exist stay as they are. */
  async plan(tasks: readonly PlannedTask[]): Promise<void> {
    if (tasks.length === 0) return;
    const rows = tasks.map(({ network, windowStart, shard, via, machineIds }) => ({
      network,
      window_start: windowStart,
      shard,
      via,
      machine_ids: machineIds,
    }));
    await this.em.fork().execute(
      `insert into window_task (network, window_start, shard, via, machine_ids)
       select network, window_start, shard, via, machine_ids from ${recordset('r', TASK_COLUMNS)}
       order by network collate "C", window_start, shard
       on conflict (network, window_start, shard) do nothing`,
      [recordsetParameter(rows)],
    );
  }

  /** The newest window that was planned; `null`: none ever. */
  async lastPlanned(network: string): Promise<Date | null> {
    const orderBy = { windowStart: 'desc' } as const;
    const rows = await this.em
      .fork()
      .find(WindowTaskEntity, { network }, { orderBy, limit: 1, disableIdentityMap: true });
    return rows[0]?.windowStart ?? null;
  }

  /**
   * The tasks that have to be queued, oldest first: planned ones; queued ones whose job has not begun `requeueAfterMs`
   * after it might have; running ones whose worker let its lease expire.
   */
  async due(network: string, now: Date, requeueAfterMs: number): Promise<WindowTask[]> {
    const lostBefore = new Date(now.getTime() - requeueAfterMs);
    const rows = await this.em.fork().find(
      WindowTaskEntity,
      {
        network,
        $or: [
          { state: 'planned' },
          { state: 'queued', queuedAt: { $lt: lostBefore }, notBefore: { $lt: lostBefore } },
          { state: 'running', leaseUntil: { $lt: now } },
        ],
      },
      { orderBy: { windowStart: 'asc', shard: 'asc' }, disableIdentityMap: true },
    );
    return rows.map(taskOf);
  }

  /** Says that the task's next job is being queued. The new attempt, or `null` when somebody else did something first. */
  async markQueued(task: WindowTask, notBefore: Date, at: Date): Promise<number | null> {
    const rows = await this.em.fork().execute<{ attempt: number }[]>(
      `update window_task
       set state = 'queued', attempt = attempt + 1, not_before = ?, queued_at = ?, worker = null, lease_until = null
       where ${KEY} and state = ? and state <> 'done' and (state <> 'running' or lease_until < ?)
       returning attempt`,
      [notBefore, at, ...keyOf(task), task.state, at],
    );
    return rows[0]?.attempt ?? null;
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
