import { ClientTracker } from './client-tracker.ts';
import { createOrm } from './create-orm.ts';
import { Storage } from './storage.ts';
import { storageUnavailable } from './storage-unavailable.ts';

/** How one process uses the database. */
export interface StorageOptions {
  /** `postgres://user:password@host:port/database`; `?host=/directory` for a UNIX socket. */
  readonly url: string;
  /** Default 8. */
  readonly maxConnections?: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
}

/**
 * Connects. It does not migrate: see {@link migrateStorage}.
 *
 * @throws AppError `STORAGE_UNAVAILABLE`, retryable, with what to do; never with the password.
 */
export async function openStorage({ url, maxConnections = 8, applicationName }: StorageOptions): Promise<Storage> {
  const clients = new ClientTracker();
  const orm = createOrm({ url, maxConnections, applicationName, onPoolCreated: pool => clients.track(pool) });
  try {
    await orm.em.fork().execute('select 1');
    return new Storage(orm, clients);
  } catch (error) {
    await orm.close(true);
    throw storageUnavailable(url, error);
  }
}
