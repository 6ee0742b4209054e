import { createPostgresBackend, runMigrations, type IQueueBackend, type PgPool, type PgPoolClient } from 'bullmq';
import type { JobLog } from '../job-log.ts';
import { OutageLog } from './outage-log.ts';
import type { BackendDriver, PostgresPool } from './queue-backend.ts';
import { WatchedPool } from './watched-pool.ts';

/**
 * How long a worker may wait for a notification before it looks for itself. BullMQ would wait up to an hour, which a
 * notification or a look lost in an outage makes an hour of standstill.
 */
const MAX_BLOCK_SECONDS = 10;
/** The connections of a server that was killed die one by one. */
const SETTLE_MS = 1_000;
/** Any number, the same in every process. */
const MIGRATION_LOCK = 1_684_632_430;

/** Brings BullMQ's schema up to date and gives its queues. Several processes may start at once. */
export async function openPostgresDriver(pool: PostgresPool, log: JobLog): Promise<BackendDriver> {
  const watched = new WatchedPool(pool, new OutageLog('postgres', log, SETTLE_MS));
  await migrate(watched, log);
  return {
    factory: (name, options, use) =>
      boundBlocking(createPostgresBackend(name, { ...options, connection: watched }, use)),
    ping: async () => void (await watched.query('select 1')),
    close: async () => {},
  };
}

/** One process at a time, for one of them may have to make the schema anew under the others. */
async function migrate(pool: PgPool, log: JobLog): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await runMigrations(client);
    } catch (error) {
      if (!isDuplicateObject(error)) throw error;
      await rebuild(client, log, error);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    client.release();
  }
}

/**
 * Somebody who emptied every table has also emptied BullMQ's record of its migrations, and the first of them finds its
 * objects there already. No job in it can be counted on any more, and all of them are planned again: start from nothing.
 */
async function rebuild(client: PgPoolClient, log: JobLog, err: unknown): Promise<void> {
  log.warn({ err }, 'the queue schema has lost its version and is made anew');
  await client.query('drop schema bullmq cascade');
  await runMigrations(client);
}

/** SQLSTATE duplicate_object, duplicate_table, duplicate_function. */
function isDuplicateObject(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['42710', '42P07', '42723'].includes(String(error.code));
}

function boundBlocking<B extends IQueueBackend>(backend: B): B {
  return Object.defineProperty(backend, 'maximumBlockTimeout', { value: MAX_BLOCK_SECONDS });
}
