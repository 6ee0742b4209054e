import type { BackendFactory, IQueueBackend, Processor, Queue, Worker } from 'bullmq';

/** What this lib uses of a `pg.Pool`; pass a real one. */
export interface PostgresPool {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  connect(): Promise<PostgresClient>;
}

/** What this lib uses of a `pg.PoolClient`. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  on(event: 'error' | 'end' | 'notification', listener: () => void): unknown;
  removeListener(event: 'error' | 'end' | 'notification', listener: () => void): unknown;
  release(destroy?: boolean): void;
}

/**
 * Where the queues live.
 *
 * - `postgres`: a `pg.Pool` whose `search_path` is `bullmq`. It stays its creator's, who ends it after the queues. Besides
 *   short queries each queue that this process works on takes one of its clients for ever, to LISTEN: 5 for a process
 *   that does everything (probe, window, notify, maintenance, via), none for one that only publishes. With
 *   `max: 12`, 7 are left for queries. `keepAlive` and `connectionTimeoutMillis` should be set.
 * - `redis`: a `redis://` or `rediss://` URL. One connection to publish, and for a process that works one more and one
 *   for each queue it works on.
 */
export type QueueBackend =
  | { readonly kind: 'postgres'; readonly pool: PostgresPool }
  | { readonly kind: 'redis'; readonly url: string };

export type JobQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend, unknown>;
export type JobWorker = Worker<unknown, unknown, string, IQueueBackend, object, unknown>;
export type JobProcessor = Processor<unknown, unknown, string, object>;

/** What the queues need of PostgreSQL or Redis. It reports the loss of its connection itself, once. */
export interface BackendDriver {
  readonly factory: BackendFactory<IQueueBackend, unknown>;
  /** Resolves when the server answers a trivial command. */
  ping(): Promise<void>;
  /** Frees what the driver opened. After the queues and workers are closed. */
  close(): Promise<void>;
}
