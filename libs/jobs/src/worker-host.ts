import type { JobProcessor, JobWorker } from './backend/queue-backend.ts';
import { withDeadline } from './deadline.ts';
import type { JobLog } from './job-log.ts';
import { QUEUES, type QueueName } from './job-map.ts';
import { viaQueueOf } from './job-table.ts';
import type { Queues } from './queues.ts';
import { isFinal, processorOf, type SomeHandlers } from './run-job.ts';

/**
 * How many jobs of each queue run at once in one process. They wait for the network and the database, not for the CPU: a
 * shard with one dead machine holds its place for the whole grace of its window.
 */
const CONCURRENCY = { probe: 32, window: 64, notify: 8, maintenance: 3, via: 16 } as const;

/** To let the workers' connections go, once their jobs are done. */
const CLOSE_TIMEOUT_MS = 2_000;

export interface WorkerHostOptions {
  /** What a machine's `via` may name: this process. */
  readonly label: string;
  readonly concurrency?: Partial<Record<keyof typeof CONCURRENCY, number>>;
  readonly log: JobLog;
}

/**
 * Works on the queues probe, window, notify, maintenance and `via-<label>` with these handlers. A job that has no handler
 * here, or a payload that is not what it should be, fails at once and is logged as an error; it never stops the worker.
 *
 * When the server is away the workers wait and go on by themselves when it is back. A job that ran meanwhile may run
 * again, here or elsewhere: handlers are idempotent.
 */
export class WorkerHost {
  private readonly queues: Queues;
  private readonly handlers: SomeHandlers;
  private readonly options: WorkerHostOptions;
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<unknown>>();
  private workers: readonly JobWorker[] = [];

  constructor(queues: Queues, handlers: SomeHandlers, options: WorkerHostOptions) {
    this.queues = queues;
    this.handlers = handlers;
    this.options = options;
  }

  /**
   * Resolves when the workers listen. Once only.
   *
   * @throws the connection's error when the server is away; no worker is left then.
   */
  async start(): Promise<void> {
    const processor = this.tracked(processorOf(this.handlers, this.stopping.signal));
    const concurrency = { ...CONCURRENCY, ...this.options.concurrency };
    const open = (name: QueueName, jobsAtOnce: number) =>
      this.watched(name, this.queues.createWorker(name, processor, jobsAtOnce));
    this.workers = [
      ...QUEUES.map(name => open(name, concurrency[name])),
      open(viaQueueOf(this.options.label), concurrency.via),
    ];
    try {
      await Promise.all(this.workers.map(worker => worker.waitUntilReady()));
    } catch (error) {
      await this.closeWorkers({ force: true });
      throw error;
    }
    for (const worker of this.workers) this.run(worker);
  }

  /**
   * Takes no more jobs, aborts the signal of those that run, and waits for them. A job that throws now goes back to its
   * queue; one that still runs after `timeoutMs` is taken over by another process when its lock has run out.
   */
  async stop(timeoutMs: number): Promise<void> {
    await Promise.all(this.workers.map(worker => worker.pause(true)));
    // Only now: a job that gives up goes back to the queue, and this worker must not be the one to take it again.
    this.stopping.abort();
    await settleWithin(this.idle(), timeoutMs);
    const left = this.running.size;
    if (left > 0)
      this.options.log.warn(
        { jobs: left, timeoutMs },
        'jobs did not stop in time; another process will take them over',
      );
    // BullMQ's patient close never ends when a job does not, or when Redis is away, and leaves its timers running.
    const force = left > 0 || !(await this.isReachable());
    await settleWithin(this.closeWorkers({ force }), CLOSE_TIMEOUT_MS);
  }

  private async isReachable(): Promise<boolean> {
    return await this.queues.ping().then(
      () => true,
      () => false,
    );
  }

  private run(worker: JobWorker): void {
    worker.run().catch((err: unknown) => this.options.log.error({ queue: worker.name, err }, 'a worker stopped'));
  }

  /** Keeps account of what runs: BullMQ's own close cannot be cut short once it waits. */
  private tracked(processor: JobProcessor): JobProcessor {
    return (job, token) => {
      const run = processor(job, token);
      this.running.add(run);
      const forget = () => this.running.delete(run);
      run.then(forget, forget);
      return run;
    };
  }

  private async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  private async closeWorkers({ force }: { force: boolean }): Promise<void> {
    await Promise.allSettled(this.workers.map(worker => worker.close(force)));
  }

  private watched(queue: QueueName, worker: JobWorker): JobWorker {
    const { log } = this.options;
    worker.on('stalled', id => log.warn({ queue, id }, 'took over a job whose worker died'));
    worker.on('failed', (job, err) => {
      const facts = { queue, job: job?.name, id: job?.id, try: job?.attemptsMade, err };
      if (job === undefined || isFinal(err) || job.attemptsMade >= (job.opts.attempts ?? 1))
        log.error(facts, 'a job failed for good');
      else log.warn(facts, 'a job failed and will be tried again');
    });
    return worker;
  }
}

/** Resolves when the work is done, or has failed, or the time is up. */
async function settleWithin(work: Promise<void>, timeoutMs: number): Promise<void> {
  await withDeadline(work, timeoutMs).catch(() => {});
}
