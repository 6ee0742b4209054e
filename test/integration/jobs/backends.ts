import { randomBytes } from 'node:crypto';
import { createPostgresBackend, createRedisBackend, Queue, type BackendFactory, type IQueueBackend } from 'bullmq';
import { openQueues, type JobLog, type QueueBackend, type Queues } from '#jobs';
import { createEmptyDatabase, databases, redisUrl } from '../../support/services.ts';
import { MemoryLog } from './memory-log.ts';
import { backendOf } from './open-backend.ts';

/** A job that another version may have queued, and when (epoch milliseconds); default now. */
export interface ForeignJob {
  readonly name: string;
  readonly data: unknown;
  readonly id: string;
  readonly timestamp?: number;
}

/** A queue server with room of a test's own on it. */
export interface QueueRoom {
  /** What another process needs to reach the same queues. */
  readonly url: string;
  readonly prefix: string;
  /** Opens the queues as one more process would; closed with the room. */
  open(log?: JobLog): Promise<Queues>;
  /** Puts a job into a queue past everything that this version knows about jobs, as a newer version may. */
  addForeignJob(queue: string, job: ForeignJob): Promise<void>;
  /** How many finished jobs the queue still knows. */
  finishedJobs(queue: string): Promise<{ completed: number; failed: number }>;
  /** Closes what was opened, and removes the room. */
  close(): Promise<void>;
}

/** A queue on one server, as a case of `describe.each`. */
export interface QueueCase {
  readonly kind: QueueBackend['kind'];
  /** The server: one of the PostgreSQL servers of this run, or Redis. */
  readonly server: string;
  readonly createRoom: () => Promise<QueueRoom>;
}

/** Both backends, PostgreSQL on each server there is. */
export const backends: readonly QueueCase[] = [
  ...databases().map(({ name, url }): QueueCase => ({
    kind: 'postgres',
    server: name,
    createRoom: () => createPostgresRoom(url),
  })),
  { kind: 'redis', server: 'redis', createRoom: createRedisRoom },
];

async function createPostgresRoom(url: string): Promise<QueueRoom> {
  const database = await createEmptyDatabase(url);
  return roomOf('postgres', database.url, () => database.drop());
}

async function createRedisRoom(): Promise<QueueRoom> {
  const url = redisUrl();
  if (url === null) throw new Error('no Redis');
  return roomOf('redis', url, async () => {});
}

/** A room on the server at this URL, which may be any server. */
export function roomOf(kind: QueueBackend['kind'], url: string, remove: () => Promise<void>): QueueRoom {
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const closers: (() => Promise<void>)[] = [];
  return {
    url,
    prefix,
    open: async (log = new MemoryLog()) => {
      const { backend, end } = backendOf(kind, url);
      const queues = await openQueues({ backend, prefix, log });
      closers.push(async () => {
        await queues.close();
        await end();
      });
      return queues;
    },
    addForeignJob: async (name, job) => {
      const options = { jobId: job.id, timestamp: job.timestamp ?? Date.now() };
      await withRawQueue({ kind, url, prefix }, name, queue => queue.add(job.name, job.data, options));
    },
    finishedJobs: async name => {
      const counts = await withRawQueue({ kind, url, prefix }, name, queue =>
        queue.getJobCounts('completed', 'failed'),
      );
      return { completed: counts['completed'] ?? 0, failed: counts['failed'] ?? 0 };
    },
    close: async () => {
      try {
        await Promise.all(closers.splice(0).map(close => close()));
      } finally {
        await remove();
      }
    },
  };
}

/** BullMQ's queue itself, past this project's code. */
async function withRawQueue<T>(
  where: { kind: QueueBackend['kind']; url: string; prefix: string },
  name: string,
  use: (queue: RawQueue) => Promise<T>,
): Promise<T> {
  const { backend, end } = backendOf(where.kind, where.url);
  const factory = backend.kind === 'postgres' ? createPostgresBackend : createRedisBackend;
  const connection = backend.kind === 'postgres' ? backend.pool : { url: backend.url };
  const queue: RawQueue = new Queue(
    name,
    { connection, prefix: where.prefix },
    factory as BackendFactory<IQueueBackend, unknown>,
  );
  try {
    return await use(queue);
  } finally {
    await queue.close();
    await end();
  }
}

type RawQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend, unknown>;
