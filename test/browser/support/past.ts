import { METRICS, type MetricName } from '#config';
import { type MetricRow, openStorage, type Storage } from '#storage';
import { query } from '../../e2e/callers.ts';
import { waitFor } from '../../support/services.ts';

const WINDOW_MS = 600_000;
const DAY_MS = 86_400_000;

/** How long ago a machine was not reached, in windows before the present one: not known until now, and filled in later. */
export const GAPS = { lost: { first: 60, last: 57 }, filled: { first: 24, last: 22 } } as const;

/** What is remembered of one machine. */
interface Remembered {
  readonly machineId: number;
  /** Its place in the list of machines: no two are alike. */
  readonly place: number;
}

/**
 * Writes the past of these machines of acme: all its windows of `days` days and what is made of them, with the two gaps of
 * {@link GAPS} and the changes of state that belong to them.
 */
export async function writePast(
  database: string,
  { machines, days }: { readonly machines: readonly string[]; readonly days: number },
): Promise<void> {
  const storage = await openStorage({ url: database, applicationName: 'test' });
  try {
    const known = await storage.machines.list('acme');
    for (const [place, name] of machines.entries()) {
      const machineId = known.find(machine => machine.name === name)?.machineId ?? 0;
      await storage.metricRows.write(rowsOf({ machineId, place }, days));
      await storage.machines.pastRead(machineId, new Date());
      await writeChanges(database, machineId, place);
    }
    await rollUp(storage);
  } finally {
    await storage.close();
  }
}

async function rollUp(storage: Storage): Promise<void> {
  await waitFor(
    async () => {
      await storage.rollups.run(new Date());
      return !(await storage.rollups.isDue(new Date()));
    },
    { timeoutMs: 60_000 },
  );
}

/** The beginning of the window of so many windows ago. */
export function windowAgo(windows: number): number {
  return (Math.floor(Date.now() / WINDOW_MS) - windows) * WINDOW_MS;
}

function rowsOf(of: Remembered, days: number): MetricRow[] {
  const windows = Array.from({ length: (days * DAY_MS) / WINDOW_MS }, (_, i) => i + 1);
  return windows.map(ago => rowOf(of, ago)).toReversed();
}

function rowOf({ machineId, place }: Remembered, ago: number): MetricRow {
  const windowStart = new Date(windowAgo(ago));
  const collectedAt = new Date(windowStart.getTime() + WINDOW_MS + 7_000);
  const metrics = metricsAt(windowStart.getTime(), place);
  const facts = { machineId, windowStart, collectedAt, fullestMount: '/', charts: {}, metrics };
  if (isIn(GAPS.lost, ago)) {
    const nothing = { metrics: {}, fullestMount: null, source: null, filledAt: null };
    return { ...facts, ...nothing, reachable: false, reason: 'timeout', conclusion: 'no_data' };
  }
  if (isIn(GAPS.filled, ago)) {
    const filledAt = new Date(windowAgo(GAPS.filled.last - 1));
    return { ...facts, reachable: false, reason: 'refused', conclusion: 'network', source: 'agent', filledAt };
  }
  return { ...facts, reachable: true, reason: null, conclusion: null, source: 'agent', filledAt: null };
}

const isIn = ({ first, last }: { first: number; last: number }, ago: number): boolean => ago <= first && ago >= last;

/** Days look like days: quiet at night, busy at noon, and a little different each time. */
function metricsAt(at: number, place: number): MetricRow['metrics'] {
  const noon = (1 - Math.cos((2 * Math.PI * (at % DAY_MS)) / DAY_MS)) / 2;
  const ripple = Math.sin(at / 4_100_000 + place) + Math.sin(at / 1_300_000 + 2 * place);
  const busy = Math.max(0.02, 0.1 + 0.5 * noon + 0.06 * ripple);
  const averages: Record<MetricName, number> = {
    cpu: 100 * busy,
    memory: 30 + 5 * place + 10 * noon,
    memoryUsed: (30 + 5 * place + 10 * noon) * 85_899_345,
    swap: 2,
    disk: 40 + place + 2 * noon,
    diskFullest: 40 + place + 2 * noon,
    diskRead: 2e6 * busy,
    diskWrite: 5e6 * busy,
    netIn: 4e6 * busy,
    netOut: 9e6 * busy,
    load1: 2 * busy,
    uptime: 30 * 86_400 + at / 1000 - windowAgo(0) / 1000,
  };
  const spread = 0.15 + 0.1 * Math.abs(ripple);
  const summary = (avg: number) => ({
    avg,
    min: avg * (1 - spread),
    max: avg * (1 + spread),
    samples: 600,
    expected: 600,
  });
  return Object.fromEntries(METRICS.map(({ name }) => [name, summary(averages[name])]));
}

/** Numbered before those that were made since: what is older comes first. */
async function writeChanges(database: string, machineId: number, place: number): Promise<void> {
  const changes = [
    { ago: GAPS.lost.first, from: 'up', to: 'down', reason: 'timeout', because: '3 misses in a row' },
    { ago: GAPS.lost.last - 1, from: 'down', to: 'up', reason: null, because: 'it answers again' },
    { ago: GAPS.filled.first, from: 'up', to: 'down', reason: 'refused', because: '3 misses in a row' },
    { ago: GAPS.filled.last - 1, from: 'down', to: 'up', reason: null, because: 'it answers again' },
  ];
  const sql = `insert into verdict_transition (transition_id, machine_id, from_state, to_state, reason, because, at)
    overriding system value values ($1, $2, $3, $4, $5, $6, $7)`;
  for (const [i, { ago, from, to, reason, because }] of changes.entries()) {
    const id = -1000 + 100 * i + place;
    await query(database, sql, [id, machineId, from, to, reason, because, new Date(windowAgo(ago))]);
  }
}
