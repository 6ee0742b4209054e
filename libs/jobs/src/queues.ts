import { Queue, Worker } from 'bullmq';
import { AppError } from '#config';
import { AbandonedJobs } from './abandoned-jobs.ts';
import { waitForAnswer } from './answer.ts';
import { isConnectionError, isLoginError } from './backend/connection-error.ts';
import { openPostgresDriver } from './backend/postgres-driver.ts';
import type { BackendDriver, JobProcessor, JobQueue, JobWorker, QueueBackend } from './backend/queue-backend.ts';
import { openRedisDriver } from './backend/redis-driver.ts';
import { DeadlineError, withDeadline } from './deadline.ts';
import type { JobLog } from './job-log.ts';
import { QUEUES, type JobName, type QueueName, type ResultOf } from './job-map.ts';
import { QUEUE_OF, queueOf, requestOptionsOf, runOptionsOf } from './job-table.ts';
import type { JobPublisher, JobRequest, QueueCounts } from './publisher.types.ts';
import { scheduleIdOf, tickJobIdOf, type FoundSchedule, type TickName } from './schedule.ts';

const OPEN_TIMEOUT_MS = 15_000;
const COMMAND_TIMEOUT_MS = 5_000;
/** Nobody reads BullMQ's event stream; it cannot be switched off. */
const MAX_EVENTS = 256;

/**
 * A running job's lock lasts 10 s and is renewed in time. Every 5 s the workers look for locks that ran out; one look
 * marks, the next one takes over: a killed worker's job runs again after 10 to 20 s. Five times, for a job may be what
 * kills them.
 */
const TAKEOVER = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 5 } as const;
/** A worker without work looks again after this long, whether it was woken or not: a wake-up may have been lost. */
const DRAIN_DELAY_S = 20;
/**
 * Ticks come at whole multiples of their interval, when windows end and probes are due; without an offset BullMQ chooses
 * one. What is heavy comes when those are done.
 */
const TICK_OFFSET_MS = { 'probe.plan': 1, 'window.plan': 1, 'storage.maintain': 300_000 } as const satisfies Record<
  TickName,
  number
>;
const RETRY_PAUSE_MS = 1_000;

export interface QueuesOptions {
  readonly backend: QueueBackend;
  /** Redis: the first part of every key; default `distomon`. Not used by PostgreSQL, where the database is the namespace. */
  readonly prefix?: string;
  readonly log: JobLog;
}

/**
 * Connects to the queues, and on PostgreSQL brings BullMQ's schema `bullmq` up to date.
 *
 * @throws AppError `QUEUE_UNAVAILABLE` (retryable) when the server is away, `QUEUE_REFUSED` when it refuses, such as the
 *   login, or the schema for want of a right. Nothing is left open then.
 */
export async function openQueues({ backend, prefix = 'distomon', log }: QueuesOptions): Promise<Queues> {
  const opening =
    backend.kind === 'postgres' ? openPostgresDriver(backend.pool, log) : openRedisDriver(backend.url, log);
  try {
    return await Queues.open(await withDeadline(opening, OPEN_TIMEOUT_MS), prefix, log);
  } catch (cause) {
    opening.then(driver => driver.close()).catch(() => {});
    throw unavailable(cause);
  }
}

/**
 * The queues of this process: publishes jobs, counts them, and is the base of {@link WorkerHost} and
 * {@link SchedulerWatchdog}. Made by {@link openQueues}.
 *
 * A published job is delivered **at least once**: again after an error, after the death of its worker, and, rarely,
 * after an outage although it was done. It is delivered in no certain order.
 *
 * Every method rejects with AppError `QUEUE_UNAVAILABLE` (retryable) within 5 s when the server is away or silent. After
 * a silence it is not certain that nothing was queued; publishing the same id again is harmless. What the server
 * refuses (an id with a colon) is AppError `QUEUE_REFUSED`.
 */
export class Queues implements JobPublisher {
  private readonly driver: BackendDriver;
  private readonly prefix: string;
  private readonly log: JobLog;
  private readonly open = new Map<QueueName, Promise<JobQueue>>();
  private readonly abandoned = new AbandonedJobs();

  private constructor(driver: BackendDriver, prefix: string, log: JobLog) {
    this.driver = driver;
    this.prefix = prefix;
    this.log = log;
  }

  /** @internal */
  static async open(driver: BackendDriver, prefix: string, log: JobLog): Promise<Queues> {
    const queues = new Queues(driver, prefix, log);
    try {
      await queues.ping();
      await Promise.all(QUEUES.map(name => queues.withQueue(name, async () => {})));
      return queues;
    } catch (error) {
      await queues.close();
      throw error;
    }
  }

  async publish<N extends JobName>(request: JobRequest<N>): Promise<void> {
    await this.withQueue(queueOf(request), async queue => {
      await queue.add(request.name, request.payload, requestOptionsOf(request));
      await this.abandoned.sweep(queue);
    });
  }

  async publishAll(requests: readonly JobRequest[]): Promise<void> {
    const byQueue = groupByQueue(requests);
    const adding = [...byQueue].map(([name, own]) =>
      this.withQueue(name, async queue => {
        await queue.addBulk(own.map(toBulkJob));
        await this.abandoned.sweep(queue);
      }),
    );
    await Promise.all(adding);
  }

  /** @throws also AppError `JOB_FAILED` (retryable), with the reason that the handler gave. */
  async ask<N extends JobName>(request: JobRequest<N>, timeoutMs: number): Promise<ResultOf<N>> {
    const deadlineMs = performance.now() + timeoutMs;
    await this.publish(request);
    const name = queueOf(request);
    const answer = await this.withQueue(
      name,
      queue => waitForAnswer(queue, request.id, deadlineMs),
      timeoutMs + COMMAND_TIMEOUT_MS,
    );
    // Nobody wants it any more; where its worker is gone for long, such jobs would pile up, and answers may be large.
    await this.withQueue(name, queue => queue.remove(request.id)).catch(() => {});
    if (answer?.ended === 'failed') throw new AppError('JOB_FAILED', answer.reason, { retryable: true });
    if (answer !== null) return (answer.result ?? undefined) as ResultOf<N>;
    throw new AppError('JOB_TIMEOUT', `${request.name} gave no answer within ${timeoutMs} ms`, { retryable: true });
  }

  /** The four queues, and each `via` queue that this process has used. */
  async counts(): Promise<QueueCounts[]> {
    return await Promise.all([...this.open.keys()].map(name => this.withQueue(name, queue => countsOf(name, queue))));
  }

  /** Resolves when the server answers. */
  async ping(): Promise<void> {
    await this.reach(this.driver.ping());
  }

  /** What the queue knows of this schedule; `null`: nothing. */
  async findSchedule(name: TickName): Promise<FoundSchedule | null> {
    const found = await this.withQueue(QUEUE_OF[name], queue => queue.getJobScheduler(scheduleIdOf(name)));
    if (found === undefined) return null;
    return { everyMs: found.every ?? null, nextAt: typeof found.next === 'number' ? new Date(found.next) : null };
  }

  /** BullMQ's state of the job of one tick; `unknown` when there is none. */
  async tickStateOf(name: TickName, at: Date): Promise<string> {
    return await this.withQueue(QUEUE_OF[name], queue => queue.getJobState(tickJobIdOf(name, at)));
  }

  /** Makes the schedule anew: its first tick is at the next whole multiple. Without the removal BullMQ would go on where the old one was. */
  async replaceSchedule(name: TickName, everyMs: number): Promise<void> {
    const template = { name, data: {}, opts: runOptionsOf(name) };
    await this.withQueue(QUEUE_OF[name], async queue => {
      await queue.removeJobScheduler(scheduleIdOf(name));
      await queue.upsertJobScheduler(scheduleIdOf(name), { every: everyMs, offset: TICK_OFFSET_MS[name] }, template);
    });
  }

  /**
   * A worker of this queue that does not run yet.
   *
   * @internal for {@link WorkerHost}
   */
  createWorker(name: QueueName, processor: JobProcessor, concurrency: number): JobWorker {
    const options = {
      ...this.queueOptions(),
      ...TAKEOVER,
      drainDelay: DRAIN_DELAY_S,
      concurrency,
      runRetryDelay: RETRY_PAUSE_MS,
      autorun: false,
    };
    const worker = new Worker(name, processor, options, this.driver.factory);
    worker.on('error', error => this.noteError(name, error));
    return worker;
  }

  /** Frees every connection and timer of the queues; a PostgreSQL pool stays its creator's. Workers are stopped before. */
  async close(): Promise<void> {
    const open = [...this.open.values()];
    this.open.clear();
    await Promise.all(open.map(async queue => (await queue).close()).map(closing => closing.catch(() => {})));
    await this.driver.close();
  }

  private async withQueue<T>(
    name: QueueName,
    use: (queue: JobQueue) => Promise<T>,
    timeoutMs = COMMAND_TIMEOUT_MS,
  ): Promise<T> {
    return await this.reach(this.queue(name).then(use), timeoutMs);
  }

  private async reach<T>(work: Promise<T>, timeoutMs = COMMAND_TIMEOUT_MS): Promise<T> {
    try {
      return await withDeadline(work, timeoutMs);
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  private async queue(name: QueueName): Promise<JobQueue> {
    const open = this.open.get(name);
    if (open !== undefined) return await open;
    const opening = this.openQueue(name);
    this.open.set(name, opening);
    // BullMQ remembers a failed start for ever: the next one who asks gets a new queue.
    opening.catch(() => this.open.delete(name));
    return await opening;
  }

  private async openQueue(name: QueueName): Promise<JobQueue> {
    const queue = new Queue(name, this.queueOptions(), this.driver.factory);
    queue.on('error', error => this.noteError(name, error));
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      await queue.close().catch(() => {});
      throw error;
    }
  }

  private queueOptions() {
    // The driver's factory brings its own connection; BullMQ only wants to see one.
    return { connection: {}, prefix: this.prefix, streams: { events: { maxLen: MAX_EVENTS } } };
  }

  /** The driver tells of outages, once; here would be a line for each command. */
  private noteError(queue: QueueName, err: Error): void {
    if (isConnectionError(err) || isLoginError(err)) this.log.debug({ queue, err }, 'the queue cannot be reached');
    else this.log.error({ queue, err }, 'the queue refused a command');
  }
}

function groupByQueue(requests: readonly JobRequest[]): Map<QueueName, JobRequest[]> {
  const byQueue = new Map<QueueName, JobRequest[]>();
  for (const request of requests) {
    const name = queueOf(request);
    const own = byQueue.get(name);
    if (own === undefined) byQueue.set(name, [request]);
    else own.push(request);
  }
  return byQueue;
}

function toBulkJob(request: JobRequest) {
  return { name: request.name, data: request.payload, opts: requestOptionsOf(request) };
}

async function countsOf(queue: QueueName, bull: JobQueue): Promise<QueueCounts> {
  const {
    waiting = 0,
    active = 0,
    delayed = 0,
    failed = 0,
  } = await bull.getJobCounts('waiting', 'active', 'delayed', 'failed');
  return { queue, waiting, active, delayed, failed };
}

/** Says whether trying again can help: not when the queue refused what it was asked, such as an id with a colon. */
function unavailable(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof DeadlineError || isConnectionError(cause)) {
    return new AppError('QUEUE_UNAVAILABLE', `the queue cannot be reached: ${message}`, { retryable: true, cause });
  }
  const what = isLoginError(cause) ? 'refuses the login: check its user and password' : 'refused a command';
  return new AppError('QUEUE_REFUSED', `the queue ${what}: ${message}`, { cause });
}
