import { windowEndOf, type Window } from '#config';
import { windowCollectId, type Handlers, type JobRequest } from '#jobs';
import type { StoredMachine, WindowTask } from '#storage';
import type { BackfillPlanner } from './backfill-planner.ts';
import type { CollectorParts } from './collector-parts.ts';
import { RollupPlanner } from './rollup-planner.ts';
import { shardsOf } from './shards.ts';
import { askableAt, missedBefore, windowsToPlan } from './window-schedule.ts';

/** A job that was queued this long past its time and has not begun is taken for lost, and queued again. */
const REQUEUE_AFTER_MS = 12_000;
/** Tasks queued, and missed tasks closed, in one tick: a long absence is caught up in steps. */
const TASKS_PER_TICK = 500;

/**
 * Keeps `window_task` complete, and the queue in step with it. The table is the record of work: whatever the queue
 * loses, the next tick finds it in the table and queues it again. Then come gaps to be filled, and hours and days to be made.
 */
export class WindowPlanner {
  private readonly parts: CollectorParts;
  private readonly backfills: BackfillPlanner;
  private readonly rollups: RollupPlanner;

  constructor(parts: CollectorParts, backfills: BackfillPlanner) {
    this.parts = parts;
    this.backfills = backfills;
    this.rollups = new RollupPlanner(parts);
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'window.plan'> {
    return { 'window.plan': ({ tick }) => this.plan(tick) };
  }

  private async plan(tick: number): Promise<void> {
    const now = this.parts.clock.now();
    for (const network of this.parts.networks()) {
      await this.planClosedWindows(network, now);
      await this.closeMissedTasks(network, now);
      await this.queueDueTasks(network, now);
    }
    await this.backfills.plan();
    await this.rollups.plan(tick);
  }

  private async planClosedWindows(network: string, now: Date): Promise<void> {
    const { windowTasks, machines } = this.parts.storage;
    const windows = windowsToPlan(await windowTasks.lastPlanned(network, now), this.parts.windowMs, now);
    if (windows.length === 0) return;
    const known = await machines.list(network);
    await windowTasks.plan(windows.flatMap(window => tasksOf(network, window, known)));
  }

  /** Nobody has to be reached to say that nobody was there: the machine's own process may be the one that is gone. */
  private async closeMissedTasks(network: string, now: Date): Promise<void> {
    const before = missedBefore(this.parts.windowMs, now);
    const { tasks, rows } = await this.parts.storage.windowTasks.closeMissed(network, before, now, TASKS_PER_TICK);
    if (rows > 0)
      this.parts.log.warn({ network, tasks, rows }, 'windows that nobody could read are stored as unobserved');
  }

  private async queueDueTasks(network: string, now: Date): Promise<void> {
    const { windowTasks } = this.parts.storage;
    const notBefore = (task: WindowTask): Date => askableAt({ start: task.windowStart, lengthMs: this.parts.windowMs });
    const due = await windowTasks.due(network, now, REQUEUE_AFTER_MS, TASKS_PER_TICK);
    const queued = await windowTasks.markQueuedAll(due, notBefore, now);
    await this.parts.publisher.publishAll(
      queued.map((task): JobRequest<'window.collect'> => {
        const payload = {
          network,
          windowStart: task.windowStart.getTime() / 1000,
          shard: task.shard,
          attempt: task.attempt,
        };
        const delayMs = Math.max(0, notBefore(task).getTime() - now.getTime());
        return { name: 'window.collect', id: windowCollectId(payload), payload, delayMs, via: task.via };
      }),
    );
    const again = queued.filter(task => task.attempt > 1).length;
    if (again > 0)
      this.parts.log.info({ network, tasks: again }, 'window tasks were lost on their way and are queued again');
  }
}

/** A machine has a row for each window that was not over when it was added. A window without machines is planned too. */
function tasksOf(
  network: string,
  window: Window,
  machines: readonly StoredMachine[],
): Pick<WindowTask, 'network' | 'windowStart' | 'shard' | 'via' | 'machineIds'>[] {
  const end = windowEndOf(window);
  const shards = shardsOf(machines.filter(machine => machine.addedAt < end));
  const tasks = shards.length > 0 ? shards : [{ shard: 0, via: null, machineIds: [] }];
  return tasks.map(task => ({ network, windowStart: window.start, ...task }));
}
