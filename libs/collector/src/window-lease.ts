import { randomUUID } from 'node:crypto';
import type { WindowTask, WindowTaskKey } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { LeaseRenewal, leaseUntil } from './lease-renewal.ts';

/**
 * The right to work on one task, held in the database and renewed while the work goes on. `signal` is aborted when the
 * lease is lost or the process shuts down.
 */
export class WindowLease {
  readonly task: WindowTask;
  readonly signal: AbortSignal;
  private readonly parts: CollectorParts;
  private readonly holder: string;
  private readonly renewal: LeaseRenewal;
  private finished = false;

  private constructor(parts: CollectorParts, task: WindowTask, holder: string, shutdown: AbortSignal) {
    this.parts = parts;
    this.task = task;
    this.holder = holder;
    this.renewal = new LeaseRenewal(parts, until => this.renew(until), shutdown, {
      shard: task.shard,
      window: task.windowStart,
    });
    this.signal = this.renewal.signal;
  }

  /** Resolves with `null` when the task is done or another worker holds it. */
  static async take(parts: CollectorParts, key: WindowTaskKey, shutdown: AbortSignal): Promise<WindowLease | null> {
    const now = parts.clock.now();
    // a name of its own for each run, so that a second run in the same process cannot pass for the first
    const holder = `${parts.worker}-${randomUUID().slice(0, 8)}`;
    const task = await parts.storage.windowTasks.claim(key, holder, leaseUntil(now), now);
    return task === null ? null : new WindowLease(parts, task, holder, shutdown);
  }

  /** Marks the task done. */
  async finish(): Promise<void> {
    this.finished = await this.parts.storage.windowTasks.finish(this.task, this.holder, this.parts.clock.now());
  }

  /** Ends the renewal; a task that is not finished is free for others at once. */
  async release(): Promise<void> {
    this.renewal.stop();
    if (this.finished || this.renewal.isLost) return;
    await this.renew(this.parts.clock.now());
  }

  private renew(until: Date): Promise<boolean> {
    return this.parts.storage.windowTasks.renew(this.task, this.holder, until);
  }
}
