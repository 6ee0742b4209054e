import { setTimeout as sleep } from 'node:timers/promises';
import { SETTLE_MS } from '#collector';
import { Failure } from '../support/failure.ts';
import { say } from '../support/progress.ts';
import { openDatabase, type Database } from './subjects/database.ts';
import type { Backend, Distomon } from './subjects/distomon.ts';
import { cpuOf, memoryOf, type Part } from '../support/usage.ts';

/** How long one window of many machines took. */
export interface WindowTime {
  readonly machines: number;
  readonly backend: Backend;
  /** Length of the window, and points a chart. */
  readonly windowSeconds: number;
  /** From the moment at which the window might be asked for until its last row was stored. */
  readonly seconds: number;
  /** The same for the first row. */
  readonly firstSeconds: number;
  /** Rows that have values, and those that only have a reason. */
  readonly rows: number;
  readonly rowsWithoutValues: number;
  /** The least samples of a row's CPU: all seconds of the window, if they came. */
  readonly leastSamples: number;
  readonly cpuSeconds: Readonly<Partial<Record<Part, number>>>;
  readonly memoryPeakBytes: Readonly<Partial<Record<Part, number>>>;
  readonly probesMeanwhile: number;
}

const TEN_MINUTES = 600;
/** Windows of another length are taken for ten minutes when they are this near to it. */
const MOST_DIFFERENCE = 30;
const LOOK_EVERY_MS = 100;
const TIMEOUT_SECONDS = 180;

/** Time to start and to see each machine a few times before the window closes. */
function leadSeconds(machines: number): number {
  return 50 + machines / 200;
}

/**
 * The length, as near to ten minutes as can be, of a window that closes soon: windows are aligned to the epoch, so with
 * each length they close at other times. It saves up to ten minutes of waiting for the same work.
 */
export function chooseWindow(machines: number, nowSeconds: number): number {
  const lead = leadSeconds(machines);
  const lengths = Array.from({ length: 2 * MOST_DIFFERENCE + 1 }, (_, i) => TEN_MINUTES - MOST_DIFFERENCE + i);
  const waits = (length: number): number => {
    const wait = length - (nowSeconds % length);
    return wait < lead ? wait + length : wait;
  };
  const cost = (length: number): number => waits(length) + 2 * Math.abs(length - TEN_MINUTES);
  return lengths.reduce((best, length) => (cost(length) < cost(best) ? length : best));
}

/** Waits for the end of the running window and watches its collection. */
export async function timeWindow(
  distomon: Distomon,
  { machines, backend, windowSeconds }: Pick<WindowTime, 'machines' | 'backend' | 'windowSeconds'>,
): Promise<WindowTime> {
  const start = Math.floor(Date.now() / 1000 / windowSeconds) * windowSeconds;
  const askableMs = (start + windowSeconds) * 1000 + SETTLE_MS;
  say(`${machines} machines: their window of ${windowSeconds} s may be asked for in ${secondsUntil(askableMs)} s`);
  const database = await openDatabase(distomon.server);
  try {
    await sleep(Math.max(0, askableMs - 2_000 - Date.now()));
    const probesBefore = await distomon.reads();
    if (probesBefore < machines)
      throw new Failure(`only ${probesBefore} of ${machines} machines have been probed in time`);
    const roots = distomon.roots();
    await sleep(Math.max(0, askableMs - Date.now()));
    const before = cpuOf(roots, 'server');
    const watched = await watchRows(database, { machines, start, askableMs, roots });
    const after = cpuOf(roots, 'server');
    const cpuSeconds = Object.fromEntries(
      Object.entries(after).map(([part, value]) => [part, value - (before[part as Part] ?? 0)]),
    );
    const stored = await storedRows(database, start);
    const probesMeanwhile = (await distomon.reads()) - probesBefore;
    return { machines, backend, windowSeconds, ...watched, ...stored, cpuSeconds, probesMeanwhile };
  } finally {
    await database.end();
  }
}

function secondsUntil(ms: number): number {
  return Math.ceil((ms - Date.now()) / 1000);
}

interface Watched {
  readonly seconds: number;
  readonly firstSeconds: number;
  readonly memoryPeakBytes: Readonly<Partial<Record<Part, number>>>;
}

async function watchRows(
  database: Database,
  goal: { machines: number; start: number; askableMs: number; roots: readonly number[] },
): Promise<Watched> {
  const peak: Partial<Record<Part, number>> = {};
  const elapsed = (): number => (Date.now() - goal.askableMs) / 1000;
  let firstSeconds: number | null = null;
  for (let look = 0; ; look += 1) {
    const [row] = await database.query<{ rows: number }>(
      'select count(*)::integer as rows from metric_row where window_start = to_timestamp($1)',
      [goal.start],
    );
    const rows = row?.rows ?? 0;
    if (rows > 0) firstSeconds ??= elapsed();
    if (rows >= goal.machines)
      return { seconds: elapsed(), firstSeconds: firstSeconds ?? elapsed(), memoryPeakBytes: peak };
    if (elapsed() > TIMEOUT_SECONDS)
      throw new Failure(`only ${rows} of ${goal.machines} rows are stored after ${TIMEOUT_SECONDS} s`);
    if (look % 10 === 0) {
      for (const [part, bytes] of Object.entries(memoryOf(goal.roots, 'server')) as [Part, number][])
        peak[part] = Math.max(peak[part] ?? 0, bytes);
    }
    if (look % 50 === 49) say(`${rows} of ${goal.machines} rows after ${elapsed().toFixed(0)} s`);
    await sleep(LOOK_EVERY_MS);
  }
}

async function storedRows(
  database: Database,
  start: number,
): Promise<Pick<WindowTime, 'rows' | 'rowsWithoutValues' | 'leastSamples'>> {
  const [row] = await database.query<{ rows: number; without: number; samples: number | null }>(
    `select count(*) filter (where reachable)::integer as rows, count(*) filter (where not reachable)::integer as without,
       min(cpu_percent_samples) as samples
     from metric_row where window_start = to_timestamp($1)`,
    [start],
  );
  return { rows: row?.rows ?? 0, rowsWithoutValues: row?.without ?? 0, leastSamples: row?.samples ?? 0 };
}
