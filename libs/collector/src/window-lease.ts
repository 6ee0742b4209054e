import { randomUUID } from 'node:crypto';
import { AppError } from '#config';
import type { WindowTask, WindowTaskKey } from '#storage';
import type { CollectorParts } from './collector-parts.ts';

/** A worker that has not renewed for this long is taken for dead. */
const LEASE_MS = 15_000;
const RENEW_EVERY_MS = 5_000;

/**
 * The right to work on one task, held in the database and renewed while the work goes on. `signal` is aborted when the
 * lease is lost or the process shuts down.
 */
export class WindowLease {
  readonly task: WindowTask;
  readonly signal: AbortSignal;
  private readonly parts: CollectorParts;
  private readonly holder: string;
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private finished = false;

  private constructor(parts: CollectorParts, task: WindowTask, holder: string, shutdown: AbortSignal) {
    this.parts = parts;
    this.task = task;
    this.holder = holder;
    this.signal = AbortSignal.any([shutdown, this.lost.signal]);
    this.timer = setInterval(() => void this.renew(), RENEW_EVERY_MS);
  }

  /** Resolves with `null` when the task is done or another worker holds it. */
  static async take(parts: CollectorParts, key: WindowTaskKey, shutdown: AbortSignal): Promise<WindowLease | null> {
    const now = parts.clock.now();
    // a name of its own for each run, so that a second run in the same process cannot pass for the first
    const holder = `${parts.worker}-${randomUUID().slice(0, 8)}`;
    const task = await parts.storage.windowTasks.claim(key, holder, new Date(now.getTime() + LEASE_MS), now);
    return task === null ? null : new WindowLease(parts, task, holder, shutdown);
  }

  /** Marks the task done. */
  async finish(): Promise<void> {
    this.finished = await this.parts.storage.windowTasks.finish(this.task, this.holder, this.parts.clock.now());
  }

  /** Ends the renewal; a task that is not finished is free for others at once. */
  async release(): Promise<void> {
    clearInterval(this.timer);
    if (this.finished || this.lost.signal.aborted) return;
    await this.parts.storage.windowTasks.renew(this.task, this.holder, this.parts.clock.now());
  }

  private async renew(): Promise<void> {
    try {
      const until = new Date(this.parts.clock.now().getTime() + LEASE_MS);
      const held = await this.parts.storage.windowTasks.renew(this.task, this.holder, until);
      if (!held) this.lost.abort(new AppError('LEASE_LOST', 'another worker has taken over this window'));
    } catch (error) {
      this.parts.log.warn(
        { error, shard: this.task.shard, window: this.task.windowStart },
        'the lease could not be renewed',
      );
    }
  }
}
