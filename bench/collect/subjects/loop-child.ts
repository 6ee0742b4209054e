/**
 * The least that reading agents over HTTP with Node can cost: one GET of every machine every 10 s over a connection that
 * is kept, the body parsed, and nothing done with it. As a process of its own.
 */
import { Pool } from 'undici';

/** What the parent says: first where to read, later to be told how often that was done. */
export type Command =
  | { readonly do: 'read'; readonly origins: readonly string[]; readonly path: string; readonly everyMs: number }
  | { readonly do: 'count' };

export interface Reply {
  readonly reads: number;
  /** Values in the last answer. */
  readonly values: number;
}

const KEEP_ALIVE_MS = 50_000;

let reads = 0;
let values = 0;

interface Chart {
  readonly dimensions: Readonly<Record<string, unknown>>;
}

async function read(pool: Pool, path: string): Promise<void> {
  const { statusCode, body } = await pool.request({ path, method: 'GET' });
  const charts = JSON.parse(await body.text()) as Readonly<Record<string, Chart>>;
  if (statusCode !== 200) return;
  reads += 1;
  if (values === 0) for (const { dimensions } of Object.values(charts)) values += Object.keys(dimensions).length;
}

/**
 * All of them at the same moment, as distomon does it: at the multiples of the interval. A timer may end a little too
 * early, therefore never at one that is nearer than half of it.
 */
function repeat(pools: readonly Pool[], path: string, everyMs: number): void {
  for (const pool of pools) read(pool, path).catch(() => undefined);
  const next = Math.round(Date.now() / everyMs) + 1;
  setTimeout(() => repeat(pools, path, everyMs), next * everyMs - Date.now());
}

process.on('message', (command: Command) => {
  if (command.do === 'read') {
    const options = { connections: 1, pipelining: 1, keepAliveTimeout: KEEP_ALIVE_MS };
    const pools = command.origins.map(origin => new Pool(origin, options));
    repeat(pools, command.path, command.everyMs);
  }
  process.send?.({ reads, values } satisfies Reply);
});
process.on('disconnect', () => process.exit(0));
