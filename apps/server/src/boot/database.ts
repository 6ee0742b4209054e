import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Settings } from '#config';
import { migrateStorage, openStorage, startEmbeddedPostgres, type EmbeddedPostgres, type Storage } from '#storage';

/** A database that is ready to be used, and how to leave it. */
export interface OpenDatabase {
  readonly url: string;
  /** Of the embedded database; `null`: the database is that of `DATABASE_URL`. */
  readonly directory: string | null;
  readonly storage: Storage;
  close(): Promise<void>;
}

/**
 * Starts or connects to PostgreSQL, brings the schema up to date and checks the window length.
 *
 * @throws AppError of libs/storage; nothing is left running then
 */
export async function openDatabase(settings: Settings, logger: Logger, signal: AbortSignal): Promise<OpenDatabase> {
  const embedded = settings.databaseUrl === null ? await startEmbedded(settings, logger, signal) : null;
  const url = embedded?.url ?? settings.databaseUrl ?? '';
  let storage: Storage | undefined;
  const close = async (): Promise<void> => {
    await storage?.close();
    await embedded?.stop();
  };
  try {
    const { applied } = await migrateStorage(url);
    if (applied.length > 0) logger.info({ applied }, 'database schema brought up to date');
    signal.throwIfAborted();
    storage = await openStorage({ url, applicationName: `distomon ${settings.processLabel}` });
    await storage.networks.rememberWindow(settings.windowMs);
    return { url, directory: embedded?.directory ?? null, storage, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function startEmbedded(settings: Settings, logger: Logger, signal: AbortSignal): Promise<EmbeddedPostgres> {
  const dataDirectory = join(settings.home, 'postgres');
  return startEmbeddedPostgres({ dataDirectory, log: line => logger.info(line), signal });
}
