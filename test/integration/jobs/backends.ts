import { randomBytes } from 'node:crypto';
import { createPostgresBackend, Queue, type ConnectionOptions, type PgPool } from 'bullmq';
import { openQueues, type JobLog, type QueueBackend, type Queues } from '#jobs';
import { closeQueuePool, createQueuePool } from '#storage';
import { createEmptyDatabase, databases, redisUrl } from '../../support/services.ts';

/** A line that was logged. */
export interface LoggedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly facts: object;
  readonly message: string;
}

/** A log that remembers. */
export class MemoryLog implements JobLog {
  readonly lines: LoggedLine[] = [];

  debug(facts: object, message: string): void {
    this.lines.push({ level: 'debug', facts, message });
  }

  info(facts: object, message: string): void {
    this.lines.push({ level: 'info', facts, message });
  }

  warn(facts: object, message: string): void {
    this.lines.push({ level: 'warn', facts, message });
  }

  error(facts: object, message: string): void {
    this.lines.push({ level: 'error', facts, message });
  }

  /** The messages of one level. */
  of(level: LoggedLine['level']): string[] {
    return this.lines.filter(line => line.level === level).map(line => line.message);
  }
}

/** A queue server with room of a test's own on it. */
export interface QueueRoom {
  /** What another process needs to reach the same queues. */
  readonly url: string;
  readonly prefix: string;
  /** Opens the queues as one more process would; closed with the room. */
  open(log?: JobLog): Promise<Queues>;
  /** Puts a job into a queue past everything that this version knows about jobs, as a newer version may. */
  addForeignJob(queue: string, job: { readonly name: string; readonly data: unknown; readonly id: string }): Promise<void>;
  /** Closes what was opened, and removes the room. */
  close(): Promise<void>;
}

/** Both backends, as cases of `describe.each`. */
export const backends: readonly { readonly kind: QueueBackend['kind']; createRoom(): Promise<QueueRoom> }[] = [
  { kind: 'postgres', createRoom: createPostgresRoom },
  { kind: 'redis', createRoom: createRedisRoom },
];

async function createPostgresRoom(): Promise<QueueRoom> {
  const server = databases().at(-1);
  if (server === undefined) throw new Error('no PostgreSQL');
  const database = await createEmptyDatabase(server.url);
  return roomOf('postgres', database.url, database.drop);
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
    addForeignJob: async (queueName, { name, data, id }) => {
      const pool = kind === 'postgres' ? createQueuePool(url) : null;
      const queue =
        pool === null
          ? new Queue(queueName, { connection: { url } as ConnectionOptions, prefix })
          : new Queue(queueName, { connection: pool as unknown as PgPool }, createPostgresBackend);
      await queue.add(name, data, { jobId: id });
      await queue.close();
      if (pool !== null) await closeQueuePool(pool);
    },
    close: async () => {
      await Promise.all(closers.map(close => close()));
      await remove();
    },
  };
}

/** What `openQueues` takes, and how to end what it leaves to its caller. */
export function backendOf(kind: QueueBackend['kind'], url: string): { backend: QueueBackend; end(): Promise<void> } {
  if (kind === 'redis') return { backend: { kind, url }, end: async () => {} };
  const pool = createQueuePool(url);
  return { backend: { kind, pool }, end: () => closeQueuePool(pool) };
}
