import { createPostgresBackend, runMigrations, type IQueueBackend, type PgPool } from 'bullmq';
import type { JobLog } from '../job-log.ts';
import { OutageLog } from './outage-log.ts';
import type { BackendDriver, PostgresPool } from './queue-backend.ts';
import { WatchedPool } from './watched-pool.ts';

/**
 * How long a worker may wait for a notification before it looks for itself. BullMQ would wait up to an hour, which a
 * notification or a look lost in an outage makes an hour of standstill.
 */
const MAX_BLOCK_SECONDS = 10;

/** Brings BullMQ's schema up to date (several processes may start at once: BullMQ holds a lock) and gives its queues. */
export async function openPostgresDriver(pool: PostgresPool, log: JobLog): Promise<BackendDriver> {
  const watched = new WatchedPool(pool, new OutageLog('postgres', log));
  await migrate(watched);
  return {
    factory: (name, options, use) => boundBlocking(createPostgresBackend(name, { ...options, connection: watched }, use)),
    ping: async () => void (await watched.query('select 1')),
    close: async () => {},
  };
}

async function migrate(pool: PgPool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
}

function boundBlocking<B extends IQueueBackend>(backend: B): B {
  return Object.defineProperty(backend, 'maximumBlockTimeout', { value: MAX_BLOCK_SECONDS });
}
