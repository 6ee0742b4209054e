import { Client } from 'pg';
import { createOrm } from './create-orm.ts';
import { storageUnavailable } from './storage-unavailable.ts';

/** Any number, but the same in every process of every version. */
const MIGRATION_LOCK = 4_137_720_651;

/**
 * Brings the database's schema up to date and says what it applied, in order. Any number of processes may call it at
 * once: one works, the others wait and find nothing left to do. Forward only.
 *
 * @throws AppError `STORAGE_UNAVAILABLE`, retryable; or the database's error about a migration: nothing has changed then.
 */
export async function migrateStorage(url: string): Promise<{ applied: string[] }> {
  const lock = new Client({ connectionString: url, application_name: 'distomon-migration', keepAlive: true });
  // Without a listener a server that goes away would end the process.
  lock.on('error', () => {});
  await lock.connect().catch((error: unknown) => {
    throw storageUnavailable(url, error);
  });
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return { applied: await applyMigrations(url) };
  } finally {
    await lock.end();
  }
}

async function applyMigrations(url: string): Promise<string[]> {
  const orm = createOrm({ url, maxConnections: 2, applicationName: 'distomon-migration' });
  try {
    const applied = await orm.migrator.up();
    return applied.map(migration => migration.name);
  } finally {
    await orm.close(true);
  }
}
