import { windowEndOf, type Window } from '#config';
import { windowCollectId, type Handlers, type JobRequest } from '#jobs';
import type { StoredMachine, WindowTask } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { shardsOf } from './shards.ts';
import { askableAt, windowsToPlan } from './window-schedule.ts';

/** A job that was queued this long past its time and has not begun is taken for lost, and queued again. */
const REQUEUE_AFTER_MS = 12_000;

/**
 * Keeps `window_task` complete, and the queue in step with it. The table is the record of work: whatever the queue
 * loses, the next tick finds it in the table and queues it again.
 */
export class WindowPlanner {
  private readonly parts: CollectorParts;

  constructor(parts: CollectorParts) {
    this.parts = parts;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'window.plan'> {
    return { 'window.plan': () => this.plan() };
  }

  private async plan(): Promise<void> {
    const now = this.parts.clock.now();
    for (const network of this.parts.networks()) {
      await this.planClosedWindows(network, now);
      await this.queueDueTasks(network, now);
    }
  }

  private async planClosedWindows(network: string, now: Date): Promise<void> {
    const { windowTasks, machines } = this.parts.storage;
    const windows = windowsToPlan(await windowTasks.lastPlanned(network), this.parts.windowMs, now);
    if (windows.length === 0) return;
    const known = await machines.list(network);
    await windowTasks.plan(windows.flatMap(window => tasksOf(network, window, known)));
  }

  private async queueDueTasks(network: string, now: Date): Promise<void> {
    const due = await this.parts.storage.windowTasks.due(network, now, REQUEUE_AFTER_MS);
    const jobs: JobRequest<'window.collect'>[] = [];
    for (const task of due) {
      const notBefore = askableAt({ start: task.windowStart, lengthMs: this.parts.windowMs });
      const attempt = await this.parts.storage.windowTasks.markQueued(task, notBefore, now);
      if (attempt === null) continue; // another process queued it
      const payload = { network, windowStart: task.windowStart.getTime() / 1000, shard: task.shard, attempt };
      const delayMs = Math.max(0, notBefore.getTime() - now.getTime());
      jobs.push({ name: 'window.collect', id: windowCollectId(payload), payload, delayMs, via: task.via });
      if (attempt > 1)
        this.parts.log.info({ ...payload, was: task.state }, 'a window task was lost on its way and is queued again');
    }
    await this.parts.publisher.publishAll(jobs);
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
