import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { migrateStorage } from '#storage';
import type { TestDatabase } from './global-services.ts';

export type { TestDatabase } from './global-services.ts';

const TEMPLATE = 'distomon_template';
/** Any number, the same for everybody who may build the template at the same moment. */
const TEMPLATE_LOCK = 725_301_944;

/** A database of a test's own. */
export interface DisposableDatabase {
  readonly url: string;
  /** Ends whatever is still connected to it and removes it. */
  drop(): Promise<void>;
}

/** The PostgreSQL servers of this run, for `describe.each(databases())('on $name', ({ url }) => …)`. */
export function databases(): readonly TestDatabase[] {
  return inject('databases');
}

/** Redis of this run; `null` when this machine has none. */
export function redisUrl(): string | null {
  return inject('redisUrl');
}

/** A new, migrated database on the server of `url`; some 30 ms, because it copies a template that is migrated once. */
export async function createDatabase(url: string): Promise<DisposableDatabase> {
  return await createFrom(url, TEMPLATE, ensureTemplate);
}

/** A new database without a single table, for tests of migrations. */
export async function createEmptyDatabase(url: string): Promise<DisposableDatabase> {
  return await createFrom(url, 'template0', async () => {});
}

async function createFrom(
  url: string,
  template: string,
  prepare: (client: Client, url: string) => Promise<void>,
): Promise<DisposableDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(url, async client => {
    await prepare(client, url);
    await client.query(`create database ${name} template ${template}`);
  });
  const drop = (): Promise<void> =>
    withClient(url, async client => void (await client.query(`drop database if exists ${name} with (force)`)));
  return { url: databaseUrl(url, name), drop };
}

/** Test files run in processes of their own: the first one builds the template, the others wait for it. */
async function ensureTemplate(client: Client, url: string): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (found.rowCount !== 0) return;
    const building = `${TEMPLATE}_building`;
    await client.query(`drop database if exists ${building} with (force)`);
    await client.query(`create database ${building} template template0`);
    await migrateStorage(databaseUrl(url, building));
    await client.query(`alter database ${building} rename to ${TEMPLATE}`);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** What never comes is told soon enough; what a busy machine has later than usual is no fault. */
const PATIENCE_MS = 30_000;
/** A server answers so many requests a minute: who waits long asks every quarter of a second. */
const POLL_MS = { first: 20, last: 250 };

/**
 * Resolves as soon as `condition` holds; asks every 20 ms at first, and less often the longer it waits.
 *
 * @throws an error that names the time that passed and has the condition's last error as its cause.
 */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  options: { readonly timeoutMs: number } = { timeoutMs: PATIENCE_MS },
): Promise<void> {
  const startedAt = performance.now();
  const deadline = startedAt + options.timeoutMs;
  for (;;) {
    const outcome = await settle(condition);
    if (outcome === true) return;
    if (performance.now() > deadline) {
      throw new Error(`the condition did not hold within ${options.timeoutMs} ms`, { cause: outcome });
    }
    const waitedMs = performance.now() - startedAt;
    await new Promise(resolve => setTimeout(resolve, Math.min(POLL_MS.first + waitedMs / 20, POLL_MS.last)));
  }
}

/** What the condition says, or the error it threw. */
async function settle(condition: () => boolean | Promise<boolean>): Promise<unknown> {
  try {
    return await condition();
  } catch (error) {
    return error;
  }
}
