import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStorage, type MetricRow, type Storage } from '#storage';
import { startFakeAgents, type RunningAgents } from '../support/hostile-agents.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { requestsTo } from './requests.ts';

const WINDOW_MS = 600_000;
const OLD = new Date('2023-02-10T10:00:00Z');
const NETWORK = (url: string): string =>
  `network_id: acme\nversion: 1\nmachines:\n  - { name: db-1, netdata: "${url}" }\n`;

let agents: RunningAgents;
let database: DisposableDatabase;
let storage: Storage;
let server: ServerProcess;

/** A server on the same database, with this retention. */
async function start(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const started = await ServerProcess.create({ DATABASE_URL: database.url, ...environment });
  await started.network(NETWORK(agents.urls[0] ?? ''));
  await started.start();
  return started;
}

beforeAll(async () => {
  agents = await startFakeAgents({ count: 1 });
  database = await createDatabase(databases()[0]?.url ?? '');
  storage = await openStorage({ url: database.url, applicationName: 'test' });
  server = await start({ RETENTION_ROWS: '0', RETENTION_HOURS: '0' });
});
afterAll(async () => {
  await server?.dispose();
  await storage?.close();
  await agents?.stop();
  await database?.drop();
});

interface Use {
  readonly resolution: string;
  readonly rows: number;
  readonly bytes: number;
  readonly oldest: string | null;
}
interface Report {
  readonly measuredAt: string | null;
  readonly databaseBytes: number;
  readonly retention: Record<string, string | null>;
  readonly resolutions: (Use & { readonly nextDrop: object | null })[];
  readonly networks: { readonly network: string; readonly resolutions: Use[] }[];
}
interface DryRun {
  readonly partitions: { readonly partition: string; readonly rows: number | null; readonly bytes: number }[];
  readonly rows: number | null;
  readonly bytes: number;
}
const report = (): Promise<Report> => server.api<Report>('/api/v1/storage');
const dryRun = (query: string): Promise<DryRun> => server.api<DryRun>(`/api/v1/storage/retention?${query}`);
const rowsOf = async (resolution: string): Promise<Use | undefined> =>
  (await report()).networks
    .find(({ network }) => network === 'acme')
    ?.resolutions.find(use => use.resolution === resolution);

/** Six rows of three years ago, in two months. */
async function storeOldRows(): Promise<void> {
  const [machine] = await storage.machines.list('acme');
  const starts = [0, 1, 2, 144 * 20, 144 * 20 + 1, 144 * 20 + 2].map(n => new Date(OLD.getTime() + n * WINDOW_MS));
  await storage.metricRows.write(
    starts.map((windowStart): MetricRow => {
      const values = {
        reachable: true,
        reason: null,
        source: 'agent',
        fullestMount: null,
        metrics: {},
        charts: {},
      } as const;
      return {
        machineId: machine?.machineId ?? 0,
        windowStart,
        collectedAt: windowStart,
        filledAt: null,
        conclusion: null,
        ...values,
      };
    }),
  );
}

test('says what is stored after it was measured at the start, and how long it is kept', async () => {
  await waitFor(async () => (await report()).measuredAt !== null);
  const { retention, databaseBytes, resolutions } = await report();
  expect(retention).toEqual({ rows: null, hours: null, days: null, events: '761d' });
  expect(databaseBytes).toBeGreaterThan(1_000_000);
  expect(resolutions.map(({ resolution }) => resolution)).toEqual(['rows', 'hours', 'days', 'checks', 'events']);
});

test('a dry run says what a retention would drop, and drops nothing', async () => {
  await storeOldRows();
  await waitFor(async () => !(await storage.rollups.isDue(new Date())), { timeoutMs: 60_000 });
  await server.restart();
  await waitFor(async () => ((await rowsOf('rows'))?.rows ?? 0) >= 6);
  const names = ({ partitions }: DryRun): string[] => partitions.map(({ partition }) => partition);
  expect(names(await dryRun('rows=365d'))).toEqual(['metric_row_2023_02', 'metric_row_2023_03']);
  expect(await dryRun('rows=365d')).toMatchObject({ rows: 6, partitions: [{ rows: 3 }, { rows: 3 }] });
  expect(names(await dryRun('rows=365d&hours=400d'))).toEqual([
    'metric_row_2023_02',
    'metric_row_2023_03',
    'rollup_hour_2023_02',
    'rollup_hour_2023_03',
  ]);
  expect(names(await dryRun(''))).toEqual([]);
  expect(await rowsOf('rows')).toMatchObject({ oldest: OLD.toISOString() });
});

test.each([
  ['rows=1y', 'INVALID_REQUEST', ['rows']],
  ['rows=2d', 'INVALID_REQUEST', ['rows']],
  ['rows=', 'INVALID_REQUEST', ['rows']],
  ['rows=40d&rows=50d', 'INVALID_REQUEST', ['rows']],
  [`rows=${'9'.repeat(999)}d`, 'INVALID_REQUEST', ['rows']],
  ['rows=40&events=99999d&weeks=3', 'INVALID_REQUEST', ['events', 'rows', 'weeks']],
  ['hours=400d&days=300d', 'INVALID_RETENTION', ['days', 'hours']],
])('refuses to try %s', async (query, code, paths) => {
  const { body } = await (await requestsTo(server)).get(`/api/v1/storage/retention?${query}`).expect(400);
  expect(body).toMatchObject({ status: 400, code });
  const { errors } = body as { errors: { path: string }[] };
  expect(errors.map(({ path }) => path).toSorted()).toEqual(paths);
});

test('Prometheus is given rows and bytes, and the gaps that are open', async () => {
  const { text } = await (await requestsTo(server)).get('/metrics').expect(200);
  expect(text).toMatch(/^distomon_storage_rows\{network="acme",resolution="rows"\} ([6-9]|\d\d)$/m);
  expect(text).toMatch(/^distomon_storage_bytes\{network="acme",resolution="hours"\} \d{4,}$/m);
  expect(text).toMatch(/^distomon_history_gaps_open\{network="acme"\} \d+$/m);
});

test('with that retention it drops just what the dry run said, tells it in one line, and keeps the hours', async () => {
  const expected = await dryRun('rows=365d&hours=3653d');
  const hours = await rowsOf('hours');
  await server.dispose();
  server = await start({ RETENTION_ROWS: '365d' });
  await waitFor(() => server.log.some(line => line.includes('dropped what is past its retention')));
  const lines = server.log.filter(line => line.includes('past its retention')).map(line => JSON.parse(line) as object);
  expect(lines).toMatchObject([
    {
      level: 'info',
      dropped: expected.partitions.map(({ partition }) => partition),
      rows: expected.rows,
      bytes: expected.bytes,
      left: [],
    },
  ]);
  await waitFor(async () => (await rowsOf('rows'))?.oldest !== OLD.toISOString());
  expect(await rowsOf('hours')).toMatchObject({ oldest: hours?.oldest });
  expect((await report()).retention).toMatchObject({ rows: '365d', hours: '3653d' });
  const { nextDrop } = (await report()).resolutions.find(({ resolution }) => resolution === 'hours') ?? {};
  expect(nextDrop).toMatchObject({ partition: 'rollup_hour_2023_02', rows: 1, at: '2033-03-01T00:00:00.000Z' });
});
