import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Settings } from '#config';
import { migrateStorage, openStorage, startEmbeddedPostgres, type EmbeddedPostgres, type Storage } from '#storage';

/** A database that is ready to be used, and how to leave it. */
export interface OpenDatabase {
  readonly url: string;
  readonly kind: 'embedded' | 'external';
  readonly storage: Storage;
  close(): Promise<void>;
}

/** Starts or connects to PostgreSQL, brings the schema up to date and checks the window length. */
export async function openDatabase(settings: Settings, logger: Logger): Promise<OpenDatabase> {
  const embedded = settings.databaseUrl === null ? await startEmbedded(settings, logger) : null;
  const url = embedded?.url ?? settings.databaseUrl ?? '';
  try {
    const { applied } = await migrateStorage(url);
    if (applied.length > 0) logger.info({ applied }, 'database schema brought up to date');
    const storage = await openStorage({ url, applicationName: `distomon ${settings.processLabel}` });
    await storage.networks.rememberWindow(settings.windowMs);
    const close = async (): Promise<void> => {
      await storage.close();
      await embedded?.stop();
    };
    return { url, kind: embedded === null ? 'external' : 'embedded', storage, close };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

function startEmbedded(settings: Settings, logger: Logger): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDirectory: join(settings.home, 'postgres'), log: line => logger.info(line) });
}
