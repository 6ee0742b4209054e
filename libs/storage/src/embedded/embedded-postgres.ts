import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { clusterUrl, ensureCluster } from './cluster.ts';
import { claimOwnership, type Ownership } from './owner.ts';
import { choosePlacement } from './placement.ts';
import type { StopMode } from './postgres-process.ts';
import { serverSettings } from './server-settings.ts';
import { Supervisor } from './supervisor.ts';

export interface EmbeddedPostgresOptions {
  /** Absolute path; made when missing. Belongs to the embedded PostgreSQL alone. */
  readonly dataDirectory: string;
  /** Gets a sentence for people whenever something happens that they might want to know. */
  readonly log: (line: string) => void;
  /** Tests only: nothing survives a power cut. */
  readonly fast?: boolean;
  /** Default 60. */
  readonly maxConnections?: number;
  /** Aborting gives up a start that is under way, however long it would take. Afterwards it means nothing. */
  readonly signal?: AbortSignal | undefined;
}

const DATABASE = 'distomon';
const DEFAULT_MAX_CONNECTIONS = 60;
const CONNECT_ATTEMPTS = 20;
const CONNECT_PAUSE_MS = 250;

/**
 * Starts the embedded PostgreSQL of a directory, or adopts the one that a killed process left running there, and
 * returns when its database `distomon` can be used. From then on it is started again whenever it dies.
 *
 * @throws AppError `EMBEDDED_OWNED` (another process has it) `EMBEDDED_OTHER_MAJOR` `EMBEDDED_UNKNOWN_UID`
 * `EMBEDDED_NO_BINARIES` `EMBEDDED_OTHER_USER` `EMBEDDED_UNREACHABLE` `EMBEDDED_MISPLACED` `EMBEDDED_DISK_FULL`
 * `EMBEDDED_INIT_FAILED` `EMBEDDED_START_FAILED`; each message says what to do. The reason of the signal when that is
 * aborted; then no process is left.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const placement = choosePlacement(options.dataDirectory, options.log);
  const { fast = false, maxConnections = DEFAULT_MAX_CONNECTIONS, log, signal } = options;
  const ownership = await claimOwnership(placement.directory, signal);
  const supervisor = new Supervisor(placement, serverSettings({ fast, maxConnections }), log);
  const giveUp = (): void => supervisor.giveUp();
  signal?.addEventListener('abort', giveUp);
  try {
    await ensureCluster(placement, fast);
    signal?.throwIfAborted();
    const port = await supervisor.start();
    await reachDatabase(clusterUrl(placement, port, 'postgres'), signal);
    signal?.throwIfAborted();
    return new EmbeddedPostgres(clusterUrl(placement, port, DATABASE), placement.directory, supervisor, ownership);
  } catch (error) {
    await supervisor.stop('fast');
    ownership.release();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

/** A running embedded PostgreSQL, owned by this process. */
export class EmbeddedPostgres {
  /** `postgres://distomon:<password>@127.0.0.1:<port>/distomon`, a superuser's. Stays the same until it is stopped. */
  readonly url: string;
  /** Where its files are: not always the directory that was asked for. */
  readonly directory: string;
  readonly #supervisor: Supervisor;
  readonly #ownership: Ownership;
  /** Its last chance when the program ends without stopping it; a fast shutdown needs nobody to wait for it. */
  readonly #atExit: () => void;

  constructor(url: string, directory: string, supervisor: Supervisor, ownership: Ownership) {
    this.url = url;
    this.directory = directory;
    this.#supervisor = supervisor;
    this.#ownership = ownership;
    this.#atExit = () => supervisor.signal('SIGINT');
    process.once('exit', this.#atExit);
  }

  /** Resolves when the server's process is gone. May be called more than once. */
  async stop(mode: StopMode = 'fast'): Promise<void> {
    await this.#supervisor.stop(mode);
    this.#ownership.release();
    process.off('exit', this.#atExit);
  }
}

/** Tries for some seconds: an adopted server may be dying at this moment, and is then started again on the same port. */
async function reachDatabase(url: string, signal?: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await ensureDatabase(url);
    } catch (error) {
      if (attempt === CONNECT_ATTEMPTS) throw error;
      await sleep(CONNECT_PAUSE_MS);
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
