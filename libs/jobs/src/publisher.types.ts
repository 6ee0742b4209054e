import type { JobMap, JobName, QueueName, ResultOf } from './job-map.ts';

/** A job to queue. */
export interface JobRequest<N extends JobName = JobName> {
  readonly name: N;
  readonly payload: JobMap[N];
  /**
   * Facts joined by `-`, no colons. A job whose id is still known to the queue is silently not added, so an id that
   * may have to be queued again carries an attempt.
   */
  readonly id: string;
  /** Not before this many milliseconds from now. */
  readonly delayMs?: number;
  /** The queue of the process with this label instead of the job's own. */
  readonly via?: string | null;
}

/**
 * Queues jobs. Safe to share; every method is safe to call concurrently. A queued job is delivered **at least once**, in
 * no certain order: handlers are idempotent, and the truth about what is to be done is in the database.
 */
export interface JobPublisher {
  /**
   * Resolves when the queue has stored the job, or knew its id already.
   *
   * @throws AppError `QUEUE_UNAVAILABLE` (retryable) when the queue cannot be reached. Whether the job was queued is then
   *   not certain; the same id again is harmless.
   */
  publish<N extends JobName>(request: JobRequest<N>): Promise<void>;
  /** Like {@link publish}, for many at once, in one round trip per queue. */
  publishAll(requests: readonly JobRequest[]): Promise<void>;
  /**
   * Queues the job and waits for its result.
   *
   * @throws AppError `JOB_TIMEOUT` (retryable) when no result came in time, `JOB_FAILED` (retryable) when the handler failed.
   */
  ask<N extends JobName>(request: JobRequest<N>, timeoutMs: number): Promise<ResultOf<N>>;
}

/** How many jobs of a queue wait, run, are delayed and have failed. */
export interface QueueCounts {
  readonly queue: QueueName;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}
