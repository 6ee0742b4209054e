import type { BackfillOutcome, BackfillTask } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { LeaseRenewal, leaseUntil } from './lease-renewal.ts';

/** The right to ask one machine about its past, renewed while that goes on. */
export class BackfillLease {
  readonly task: BackfillTask;
  /** Aborted when the lease is lost or the process shuts down. */
  readonly signal: AbortSignal;
  private readonly parts: CollectorParts;
  private readonly renewal: LeaseRenewal;
  private finished = false;

  private constructor(parts: CollectorParts, task: BackfillTask, shutdown: AbortSignal) {
    this.parts = parts;
    this.task = task;
    this.renewal = new LeaseRenewal(parts, until => parts.storage.backfills.renew(task, until), shutdown, {
      machine: task.name,
    });
    this.signal = this.renewal.signal;
  }

  /** Resolves with `null` when this attempt is over or another has taken its place. */
  static async take(
    parts: CollectorParts,
    { machine, attempt }: { readonly machine: number; readonly attempt: number },
    shutdown: AbortSignal,
  ): Promise<BackfillLease | null> {
    const { backfills } = parts.storage;
    const task = await backfills.find(machine, attempt);
    const isOurs = task !== null && (await backfills.renew(task, leaseUntil(parts.clock.now())));
    return isOurs ? new BackfillLease(parts, task, shutdown) : null;
  }

  async finish(outcome: BackfillOutcome): Promise<void> {
    await this.parts.storage.backfills.finish(this.task, outcome);
    this.finished = true;
  }

  /** Ends the renewal; a task that is not finished is free for others at once. */
  async release(): Promise<void> {
    this.renewal.stop();
    if (this.finished || this.renewal.isLost) return;
    await this.parts.storage.backfills.renew(this.task, this.parts.clock.now());
  }
}
