import { METRICS, type MetricName } from '#config';
import { type MetricRow, openStorage, type Storage } from '#storage';
import { query } from '../../e2e/callers.ts';
import { waitFor } from '../../support/services.ts';

const WINDOW_MS = 600_000;
const DAY_MS = 86_400_000;

/** How long ago a machine was not reached, in windows before the present one: not known until now, and filled in later. */
const GAPS = { lost: { first: 60, last: 57 }, filled: { first: 24, last: 22 } } as const;

/** Why it was not reached in each of them. */
const REASONS = { lost: 'timeout', filled: 'refused' } as const;
/** Checks in a window. */
const PROBES = 60;

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
      await writeChecks(database, { machineId, place }, days);
      await writeChanges(database, { machineId, place });
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

/** The window that it is when this begins; read once, so that no window is left out when it ends meanwhile. */
const PRESENT = Math.floor(Date.now() / WINDOW_MS);

/** The beginning of the window of so many windows ago. */
function windowAgo(windows: number): number {
  return (PRESENT - windows) * WINDOW_MS;
}

/** The windows of so many days, the oldest first, each by how many lie between it and the present one. */
const windowsOf = (days: number): number[] =>
  Array.from({ length: (days * DAY_MS) / WINDOW_MS }, (_, i) => i + 1).toReversed();

function rowsOf(of: Remembered, days: number): MetricRow[] {
  return windowsOf(days).map(ago => rowOf(of, ago));
}

function rowOf({ machineId, place }: Remembered, ago: number): MetricRow {
  const windowStart = new Date(windowAgo(ago));
  const collectedAt = new Date(windowStart.getTime() + WINDOW_MS + 7_000);
  const metrics = metricsAt(windowStart.getTime(), place);
  const facts = { machineId, windowStart, collectedAt, fullestMount: '/', charts: {}, metrics };
  const gap = gapAt(place, ago);
  if (gap === 'lost') {
    const nothing = { metrics: {}, fullestMount: null, source: null, filledAt: null };
    return { ...facts, ...nothing, reachable: false, reason: REASONS.lost, conclusion: 'no_data' };
  }
  if (gap === 'filled') {
    const filledAt = new Date(windowAgo(shifted(GAPS.filled.last - 1, place)));
    return { ...facts, reachable: false, reason: REASONS.filled, conclusion: 'network', source: 'agent', filledAt };
  }
  return { ...facts, reachable: true, reason: null, conclusion: null, source: 'agent', filledAt: null };
}

/** No two machines were away at the same time. */
const shifted = (ago: number, place: number): number => ago + 7 * place;

/** Which of the gaps of a machine a window lies in; `null`: none. */
function gapAt(place: number, ago: number): keyof typeof GAPS | null {
  const isIn = ({ first, last }: { readonly first: number; readonly last: number }): boolean =>
    ago <= shifted(first, place) && ago >= shifted(last, place);
  if (isIn(GAPS.lost)) return 'lost';
  return isIn(GAPS.filled) ? 'filled' : null;
}

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

/** A check every ten seconds; in a gap none of them had an answer. */
async function writeChecks(database: string, { machineId, place }: Remembered, days: number): Promise<void> {
  const checks = windowsOf(days).map(ago => {
    const gap = gapAt(place, ago);
    const failures = gap === null ? 0 : PROBES;
    return { start: new Date(windowAgo(ago)), failures, reasons: gap === null ? {} : { [REASONS[gap]]: PROBES } };
  });
  const sql = `insert into check_window (machine_id, monitor, observer, window_start, probes, failures, reasons,
      latency_count, latency_sum_ms, latency_min_ms, latency_max_ms)
    select $1, 'agents', 'test-1', start, $2, failures, reasons, $2 - failures, 3.0 * ($2 - failures), 2, 9
    from jsonb_to_recordset($3) as given (start timestamptz, failures integer, reasons jsonb) on conflict do nothing`;
  await query(database, sql, [machineId, PROBES, JSON.stringify(checks)]);
  await query(database, SUM_DAYS, [machineId]);
}

/** The days that the server has summed when it was started: it found nothing, and does not look at their windows again. */
const SUM_DAYS = `
  insert into check_day (machine_id, monitor, observer, day, probes, failures,
    latency_count, latency_sum_ms, latency_min_ms, latency_max_ms)
  select machine_id, monitor, observer, (window_start at time zone 'UTC')::date as day, sum(probes), sum(failures),
    sum(latency_count), sum(latency_sum_ms), min(latency_min_ms), max(latency_max_ms)
  from check_window
  where machine_id = $1 and window_start < date_trunc('day', now() - interval '6 hours', 'UTC')
  group by machine_id, monitor, observer, day on conflict do nothing`;

/** Numbered before those that were made since: what is older comes first. */
async function writeChanges(database: string, { machineId, place }: Remembered): Promise<void> {
  const changes = (['lost', 'filled'] as const).flatMap(gap => [
    { ago: GAPS[gap].first, from: 'up', to: 'down', reason: REASONS[gap], because: '1 of 1 observers missed it' },
    { ago: GAPS[gap].last - 1, from: 'down', to: 'up', reason: null, because: '1 of 1 observers reach it' },
  ]);
  const sql = `insert into verdict_transition (transition_id, machine_id, from_state, to_state, reason, because, at)
    overriding system value values ($1, $2, $3, $4, $5, $6, $7)`;
  for (const [i, { ago, from, to, reason, because }] of changes.entries()) {
    const at = new Date(windowAgo(shifted(ago, place)));
    await query(database, sql, [-1000 + 100 * i + place, machineId, from, to, reason, because, at]);
  }
}
