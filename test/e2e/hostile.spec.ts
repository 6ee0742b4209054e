import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startFakeAgents,
  startHostileAgents,
  type HostileKind,
  type RunningAgents,
} from '../support/hostile-agents.ts';
import { BEHAVIOURS } from '../support/agents/behaviours.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';

const WINDOW_SECONDS = 20;
const HEALTHY = 20;
/** One that is only slow with its last point gets its values. */
const KINDS = (Object.keys(BEHAVIOURS) as HostileKind[]).filter(kind => kind !== 'a last point that is late');
const hostile = Array.from({ length: 100 }, (_, i) => KINDS[i % KINDS.length] as HostileKind);
const MIB = 1024 * 1024;

let good: RunningAgents;
let bad: RunningAgents;
let database: DisposableDatabase;
let client: Client;
let server: ServerProcess;

const network = (version: number, urls: readonly string[], badUrls: readonly string[]): string => {
  const lines = [
    ...urls.map((url, i) => `  - { name: good-${i}, netdata: "${url}" }`),
    ...badUrls.map((url, i) => `  - { name: bad-${i}, netdata: "${url}" }`),
  ];
  return `network_id: acme\nversion: ${version}\nmachines:\n${lines.join('\n')}\n`;
};

beforeAll(async () => {
  [good, bad] = await Promise.all([startFakeAgents({ count: HEALTHY }), startHostileAgents(hostile)]);
  database = await createDatabase(databases()[0]?.url ?? '');
  client = new Client({ connectionString: database.url });
  await client.connect();
  server = await ServerProcess.create({ DATABASE_URL: database.url, WINDOW: `${WINDOW_SECONDS}s`, WINDOW_GRACE: '5s' });
  await server.network(network(1, good.urls, []));
  await server.start();
});
afterAll(async () => {
  await server?.dispose();
  await client?.end();
  await database?.drop();
  await Promise.all([good?.stop(), bad?.stop()]);
});

interface StoredRow {
  readonly name: string;
  readonly start: number;
  readonly reason: string | null;
  readonly lateSeconds: number;
}
/** Rows since the machines were added, each with how long after the window might be asked for (its end and 7 s) it was stored. */
const rows = async (): Promise<StoredRow[]> =>
  (
    await client.query<StoredRow>(
      `select name, extract(epoch from window_start)::float8 as start, reason,
              extract(epoch from collected_at - window_start)::float8 - $1 as "lateSeconds"
       from metric_row join machine using (machine_id)
       where window_start + interval '${WINDOW_SECONDS} seconds' > added_at order by window_start, name`,
      [WINDOW_SECONDS + 7],
    )
  ).rows;

/** What the server holds of memory, in bytes: now (`VmRSS`) or at most since its start (`VmHWM`). */
function memoryBytes(field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
}

describe('a hundred hostile agents beside twenty healthy ones', { timeout: 240_000 }, () => {
  let normal = 0;

  test('first the server is watched at its normal work', async () => {
    await waitFor(async () => new Set((await rows()).map(row => row.start)).size >= 2, { timeoutMs: 90_000 });
    normal = memoryBytes('VmRSS');
    expect(normal).toBeGreaterThan(50 * MIB);
  });

  test('each of them gets its row with a reason, and the healthy ones theirs on time', async () => {
    await server.network(network(2, good.urls, bad.urls));
    const whole = async (): Promise<number[]> => {
      const byStart = Map.groupBy(await rows(), row => row.start);
      return [...byStart].filter(([, own]) => own.length === HEALTHY + hostile.length).map(([start]) => start);
    };
    await waitFor(async () => (await whole()).length >= 2, { timeoutMs: 150_000 });
    const starts = new Set(await whole());
    const seen = (await rows()).filter(row => starts.has(row.start));
    expect(seen.filter(row => row.name.startsWith('bad-') && row.reason === null)).toEqual([]);
    expect(seen.filter(row => row.name.startsWith('good-') && (row.reason !== null || row.lateSeconds > 5))).toEqual(
      [],
    );
  });

  test('and the server has taken at most 64 MiB more than before', () => {
    const more = Math.round((memoryBytes('VmHWM') - normal) / MIB);
    console.info(`peak: ${more} MiB above ${Math.round(normal / MIB)} MiB`);
    expect(more).toBeLessThanOrEqual(64);
  });

  test('and all that time the healthy ones stayed up and the API answered', async () => {
    const { items } = await server.api<{ items: { name: string; verdict: { state: string } }[] }>(
      '/api/v1/networks/acme/machines',
    );
    expect(items.filter(item => item.name.startsWith('good-') && item.verdict.state !== 'up')).toEqual([]);
    expect(items.filter(item => item.name.startsWith('bad-') && item.verdict.state === 'down').length).toBeGreaterThan(
      80,
    );
  });
});
