import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import { BorrowedClient } from './borrowed-client.ts';
import { isConnectionError } from './connection-error.ts';
import type { OutageLog } from './outage-log.ts';
import type { PostgresPool } from './queue-backend.ts';

/**
 * The error that BullMQ understands as "the server is away": it then waits and tries again. By itself it knows only
 * `ECONNREFUSED`; a server that is killed or starts up says other things, upon which BullMQ would spin without a pause
 * or call a job failed whose work is done.
 */
class ServerAway extends Error {
  readonly code = 'ECONNREFUSED';

  constructor(cause: unknown) {
    super('the queue cannot be reached', { cause });
  }
}

/** A pool as BullMQ sees it: it says in BullMQ's words when the server is away, and notes when an outage begins and ends. */
export class WatchedPool implements PgPool {
  private readonly pool: PostgresPool;
  private readonly outages: OutageLog;

  constructor(pool: PostgresPool, outages: OutageLog) {
    this.pool = pool;
    this.outages = outages;
  }

  async query<R>(text: string, params: readonly unknown[] = []): Promise<PgQueryResult<R>> {
    const { rows } = await this.watch(() => this.pool.query(text, [...params]));
    return { rows: rows as R[] };
  }

  async connect(): Promise<PgPoolClient> {
    return new BorrowedClient(await this.watch(() => this.pool.connect()), error => this.outages.failed(error));
  }

  /** The pool is its creator's. */
  async end(): Promise<void> {}

  /** BullMQ adds a listener for each queue and never removes it. It needs none: the pool's errors are noted here. */
  on(): this {
    return this;
  }

  removeAllListeners(): this {
    return this;
  }

  private async watch<T>(command: () => Promise<T>): Promise<T> {
    try {
      const result = await command();
      this.outages.recovered();
      return result;
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      this.outages.failed(error);
      throw new ServerAway(error);
    }
  }
}
