import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { settingsOfProcess } from '#config';
import { startEmbeddedPostgres } from '#storage';
import { Failure } from './failure.ts';
import { say } from './progress.ts';

/** A PostgreSQL with a database of the benchmark. */
export interface Database {
  readonly url: string;
  /** As the report names it. */
  readonly name: string;
  stop(): Promise<void>;
}

/** Where the embedded PostgreSQL keeps its files when a later run is to use them. */
export interface KeptDatabase {
  /** A directory to leave the database in; `null`: it goes with the benchmark. */
  readonly keep: string | null;
  /** A directory that `keep` has left; `null`: a new database. */
  readonly from: string | null;
}

/** DATABASE_URL, or an embedded PostgreSQL with the product's own settings in the directory that is named or in a passing one. */
export async function openDatabase({ keep, from }: KeptDatabase = { keep: null, from: null }): Promise<Database> {
  const { databaseUrl } = settingsOfProcess();
  if (databaseUrl !== null) {
    if (keep !== null || from !== null)
      throw new Failure('--keep and --from are for the embedded database, and DATABASE_URL is set');
    return { url: databaseUrl, name: await versionOf(databaseUrl), stop: () => Promise.resolve() };
  }
  if (from !== null) return startEmbedded(existing(resolve(from)), false);
  if (keep !== null) return startEmbedded(await made(resolve(keep)), false);
  return startEmbedded(await passing(), true);
}

async function startEmbedded(directory: string, isPassing: boolean): Promise<Database> {
  const embedded = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres'), log });
  return {
    url: embedded.url,
    name: `embedded ${await versionOf(embedded.url)}`,
    stop: async () => {
      await embedded.stop();
      if (isPassing) await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Filling writes faster than anything in life, and a database is dropped while it is vacuumed: no news. */
const NO_NEWS = ['checkpoints are occurring', 'max_wal_size', 'terminating autovacuum', 'CONTEXT:'];

function log(line: string): void {
  if (!NO_NEWS.some(part => line.includes(part))) say(line);
}

function existing(directory: string): string {
  if (existsSync(join(directory, 'postgres'))) return directory;
  throw new Failure(`--from ${directory}: there is no database that --keep has left`);
}

async function made(directory: string): Promise<string> {
  if (existsSync(join(directory, 'postgres')))
    throw new Failure(`--keep ${directory}: there is a database already; --from uses it`);
  await mkdir(directory, { recursive: true });
  return directory;
}

async function passing(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'distomon-bench-'));
  // PostgreSQL runs as another user when this one is root, who has to reach its files below.
  await chmod(directory, 0o755);
  return directory;
}

async function versionOf(url: string): Promise<string> {
  const [row] = await query<{ server_version: string }>(url, 'show server_version');
  return `PostgreSQL ${row?.server_version ?? ''}`;
}

/** One query, over a connection of its own. */
export async function query<R extends object>(url: string, sql: string, values: readonly unknown[] = []): Promise<R[]> {
  const client = await connect(url);
  try {
    return (await client.query<R>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** A connection that the caller ends. What breaks is reported by the query that needs it. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'distomon-bench' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
