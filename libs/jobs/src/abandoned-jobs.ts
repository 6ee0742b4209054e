import type { JobQueue } from './backend/queue-backend.ts';

/** So long a job waits for the process that `via` names. Its turn has come again many times by then. */
const KEEP_WAITING_MS = 600_000;
const MAX_REMOVED = 10_000;

/**
 * A process that is gone for good leaves its `via` queue behind, and every tick adds jobs to it. Whoever publishes there
 * also removes, now and then, what waited too long. The other queues have many workers and lose nothing.
 */
export class AbandonedJobs {
  private readonly sweptAtMs = new Map<string, number>();

  /** Removes what waited too long in this queue, if it is a `via` queue and was not swept lately. */
  async sweep(queue: JobQueue): Promise<void> {
    const nowMs = performance.now();
    const sweptAtMs = this.sweptAtMs.get(queue.name) ?? Number.NEGATIVE_INFINITY;
    if (!queue.name.startsWith('via-') || nowMs - sweptAtMs < KEEP_WAITING_MS) return;
    this.sweptAtMs.set(queue.name, nowMs);
    await queue.clean(KEEP_WAITING_MS, MAX_REMOVED, 'wait');
  }
}
