import { Pool } from 'pg';
import { AppError } from '#config';
import { ClientTracker } from './client-tracker.ts';

const CLOSE_TIMEOUT_MS = 5_000;
/** Longer than the pause between two rounds of probes: a new connection costs the server as much as ten statements. */
const IDLE_TIMEOUT_MS = 60_000;
/** A queue can be filled again from `window_task`: its commits need not wait for the disk. */
const SESSION_OPTIONS = '-c search_path=bullmq -c synchronous_commit=off';

const trackers = new WeakMap<Pool, ClientTracker>();

/**
 * A pool for queues that live in PostgreSQL, in the schema `bullmq`. Each worker and each listener keeps one connection
 * for itself: `max` has to be above their number by some.
 */
export function createQueuePool(url: string, max = 12): Pool {
  const pool = new Pool({
    connectionString: withSessionOptions(url),
    max,
    keepAlive: true,
    application_name: 'distomon-queue',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
  });
  // Each queue and worker adds a listener of its own and never removes it.
  pool.setMaxListeners(0);
  // An error event without a listener ends the process; the query that needed the connection reports it.
  pool.on('error', () => {});
  pool.on('connect', client => void client.on('error', () => {}));
  const tracker = new ClientTracker();
  tracker.track(pool);
  trackers.set(pool, tracker);
  return pool;
}

/**
 * Ends a pool made by {@link createQueuePool} and waits until its sockets are closed. Safe to call twice.
 *
 * @throws AppError `POOL_LEAKED` when a connection is still in use after `timeoutMs` (5 s): a queue or worker was not closed.
 */
export async function closeQueuePool(pool: Pool, timeoutMs = CLOSE_TIMEOUT_MS): Promise<void> {
  if (!pool.ended && !pool.ending) pool.end().catch(() => {});
  const closed = await trackers.get(pool)?.closed(timeoutMs);
  if (closed === false)
    throw new AppError('POOL_LEAKED', 'A queue or a worker still uses its connection: close it before the pool.');
}

/** What the URL itself says about options wins over the pool's settings, so they go into the URL. */
function withSessionOptions(url: string): string {
  const changed = new URL(url);
  const own = changed.searchParams.get('options');
  changed.searchParams.set('options', own === null ? SESSION_OPTIONS : `${own} ${SESSION_OPTIONS}`);
  // URL writes a space as a plus, which PostgreSQL's URLs take literally.
  changed.search = changed.search.replaceAll('+', '%20');
  return changed.href;
}
