import { METRICS, type MetricName } from '#config';
import { migrateStorage, openStorage, type MetricRow, type MetricSummary, type Storage } from '#storage';
import { say } from '../support/progress.ts';
import { query } from '../support/database.ts';
import { makeRollups } from './fill/fill.ts';
import { DAY_MS, WINDOW_MS } from './plan.ts';

/** How long one window of many machines took to store. */
export interface WrittenWindow {
  readonly windowStart: string;
  /** What ends with it. */
  readonly ends: 'nothing' | 'an hour' | 'a day';
  /** Machines of one write. */
  readonly batch: number;
  readonly rowsSeconds: number;
  readonly rollupSeconds: number;
  /** Both together. */
  readonly seconds: number;
  readonly hours: number;
  readonly daysMade: number;
}

/** As collectors write: shards of a hundred machines, four at a time. */
export const SHARD = 100;
const WRITERS = 4;
const HOUR_MS = 3_600_000;
/** A window may be read this long after its end. */
const SETTLED_MS = 7_000;
/** One machine in a hundred does not answer. */
const UNREACHABLE_EVERY = 100;

/** Writes the last three hours of a day, window by window, on a database of its own beside the one of the URL. */
export async function timeWrites(url: string, machines: number): Promise<WrittenWindow[]> {
  const name = `bench_write_${process.pid}`;
  await query(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  try {
    await migrateStorage(own.href);
    const storage = await openStorage({ url: own.href, applicationName: 'distomon-bench' });
    try {
      return await writeEvening(storage, own.href, machines);
    } finally {
      await storage.close();
    }
  } finally {
    await query(url, `drop database ${name} with (force)`);
  }
}

async function writeEvening(storage: Storage, url: string, machines: number): Promise<WrittenWindow[]> {
  const day = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
  const evening = new Date(day.getTime() + 21 * HOUR_MS);
  say(`writing windows of ${machines} machines; first the hours of the day before them`);
  await prepareDay(storage, url, { machines, day, evening });
  const written: WrittenWindow[] = [];
  for (let i = 0; i < 18; i += 1) {
    // The first hour warms up and writes all machines at once; the others write as collectors do.
    const batch = i < 6 ? machines : SHARD;
    written.push(await writeWindow(storage, new Date(evening.getTime() + i * WINDOW_MS), { machines, batch }));
  }
  return written;
}

/** The hours that the day's rollup is made of, by SQL. */
async function prepareDay(
  storage: Storage,
  url: string,
  { machines, day, evening }: { readonly machines: number; readonly day: Date; readonly evening: Date },
): Promise<void> {
  await storage.partitions.whenReady([day], () => Promise.resolve());
  const columns = METRICS.flatMap(({ column }) => ['avg', 'min', 'max'].map(part => `${column}_${part}`));
  const counts = METRICS.flatMap(({ column }) => ['samples', 'expected'].map(part => `${column}_${part}`));
  await query(
    url,
    `insert into rollup_hour (machine_id, start_at, windows, unreachable, unobserved, filled, source, ${[...columns, ...counts].join(', ')})
     select machine_id, hour, 6, 0, 0, 0, 'agent', ${[...columns.map(() => '100 * random()'), ...counts.map(() => '3600')].join(', ')}
     from generate_series($1::timestamptz, $2::timestamptz - interval '1 hour', interval '1 hour') as hour,
       generate_series(1, ${machines}) as machine_id`,
    [day, evening],
  );
  await query(url, 'vacuum analyze');
}

async function writeWindow(
  storage: Storage,
  windowStart: Date,
  { machines, batch }: { readonly machines: number; readonly batch: number },
): Promise<WrittenWindow> {
  const rows = Array.from({ length: machines }, (_, i) => rowOf(i + 1, windowStart));
  const now = new Date(windowStart.getTime() + WINDOW_MS + SETTLED_MS);
  const startedAt = performance.now();
  await writeInBatches(storage, rows, batch);
  const writtenAt = performance.now();
  const { hours, days } = await makeRollups(storage, now);
  const endedAt = performance.now();
  const written: WrittenWindow = {
    windowStart: windowStart.toISOString(),
    ends: endedBy(new Date(windowStart.getTime() + WINDOW_MS)),
    batch,
    rowsSeconds: (writtenAt - startedAt) / 1000,
    rollupSeconds: (endedAt - writtenAt) / 1000,
    seconds: (endedAt - startedAt) / 1000,
    hours,
    daysMade: days,
  };
  say(
    `${written.windowStart}: rows ${written.rowsSeconds.toFixed(2)} s, rollups ${written.rollupSeconds.toFixed(2)} s`,
  );
  return written;
}

function endedBy(end: Date): WrittenWindow['ends'] {
  if (end.getTime() % DAY_MS === 0) return 'a day';
  return end.getTime() % HOUR_MS === 0 ? 'an hour' : 'nothing';
}

async function writeInBatches(storage: Storage, rows: readonly MetricRow[], batch: number): Promise<void> {
  const batches = Array.from({ length: Math.ceil(rows.length / batch) }, (_, i) =>
    rows.slice(i * batch, (i + 1) * batch),
  );
  const write = async (): Promise<void> => {
    for (let next = batches.pop(); next !== undefined; next = batches.pop()) await storage.metricRows.write(next);
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

function rowOf(machineId: number, windowStart: Date): MetricRow {
  const row = { machineId, windowStart, collectedAt: new Date(windowStart.getTime() + WINDOW_MS + SETTLED_MS) };
  const open = { filledAt: null, conclusion: null, charts: {} };
  if (machineId % UNREACHABLE_EVERY === 0)
    return { ...row, ...open, reachable: false, reason: 'timeout', source: null, fullestMount: null, metrics: {} };
  const metrics = Object.fromEntries(METRICS.map(({ name }) => [name, summary()])) as Record<MetricName, MetricSummary>;
  return { ...row, ...open, reachable: true, reason: null, source: 'agent', fullestMount: '/', metrics };
}

/** With as many digits as in life. */
function summary(): MetricSummary {
  const avg = 100 * Math.random();
  const [min, max] = [avg * 0.7, avg * 1.6].map(value => Math.round(value * 1e4) / 1e4) as [number, number];
  return { avg, min, max, samples: 600, expected: 600 };
}
