import { METRICS, type MetricName } from '#config';
import type { ServerProcess } from '../support/server-process.ts';
import type { LabAgent } from './cluster.ts';
import type { ExpectedRow } from './expected.ts';
import { until } from './host-command.ts';
import type { Stretch } from './raw-seconds.ts';

/** A row as the API returns it, put together again from its columns. */
export interface StoredRow {
  readonly reachable: boolean;
  readonly reason: string | null;
  /** The least samples of the metrics that every machine has. */
  readonly samples: number | null;
  /** A metric without a value is absent. */
  readonly metrics: ExpectedRow;
}

interface MetricsAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface ListedMachine {
  readonly name: string;
  readonly verdict: { readonly state: string; readonly reason: string | null; readonly since: string };
  readonly latest: { readonly reachable: boolean; readonly reason: string | null };
}

/** The text of a network file that has these agents watched. */
export function networkFile(networkId: string, agents: readonly LabAgent[]): string {
  const machines = agents.map(({ name, url }) => `  - { name: ${name}, netdata: "${url}" }\n`);
  const monitors = '  - { name: agents, kind: netdata, interval: 10s, timeout: 3s }\n';
  return `network_id: ${networkId}\nversion: 1\nmachines:\n${machines.join('')}monitors:\n${monitors}`;
}

/** The row of one machine and one window, or `null` when there is none yet. */
export async function storedRow(
  server: ServerProcess,
  networkId: string,
  machine: string,
  { start, seconds }: Stretch,
): Promise<StoredRow | null> {
  const [from, to] = [start, start + seconds].map(second => new Date(second * 1000).toISOString());
  const range = `from=${from}&to=${to}&resolution=${seconds}s`;
  const path = `/api/v1/networks/${networkId}/machines/${machine}/metrics?${range}&samples=all`;
  const { columns, rows } = await server.api<MetricsAnswer>(path);
  const row = rows.find(([time]) => Date.parse(String(time)) === start * 1000);
  return row ? parseRow(columns, row) : null;
}

function parseRow(columns: readonly string[], row: readonly unknown[]): StoredRow {
  const cell = <T>(column: string): T => {
    const at = columns.indexOf(column);
    if (at < 0) throw new Error(`there is no column ${column} among ${columns.join(' ')}`);
    return row[at] as T;
  };
  const metrics: ExpectedRow = {};
  for (const { name } of METRICS) {
    const [avg, min, max] = ['avg', 'min', 'max'].map(kind => cell<number | null>(`${name}.${kind}`));
    const samples = cell<number | null>(`${name}.samples`);
    if (avg != null) metrics[name] = { avg, min: min ?? Number.NaN, max: max ?? Number.NaN, samples: samples ?? 0 };
  }
  return { reachable: cell('reachable'), reason: cell('reason'), samples: cell('samples'), metrics };
}

/** Waits until the window has its row and returns it; it has one at the latest when its collection was given up. */
export async function untilStored(
  server: ServerProcess,
  networkId: string,
  machine: string,
  stretch: Stretch,
  timeoutMs: number,
): Promise<StoredRow> {
  const row = `the row of ${machine} at ${new Date(stretch.start * 1000).toISOString()}`;
  return until(row, timeoutMs, () => storedRow(server, networkId, machine, stretch));
}

/** What the list of machines says about one of them. */
export async function listedMachine(server: ServerProcess, networkId: string, name: string): Promise<ListedMachine> {
  const { items } = await server.api<{ items: ListedMachine[] }>(`/api/v1/networks/${networkId}/machines`);
  const found = items.find(machine => machine.name === name);
  if (!found) throw new Error(`${name} is not among ${items.map(machine => machine.name).join(' ')}`);
  return found;
}

/** The next window that is not running yet and leaves at least `leadSeconds` before it begins. */
export function nextWindow(seconds: number, leadSeconds: number): Stretch {
  const start = Math.ceil((Date.now() / 1000 + leadSeconds) / seconds) * seconds;
  return { start, seconds };
}

/** Resolves at an instant of the wall clock, in epoch seconds. */
export async function untilSecond(epochSeconds: number): Promise<void> {
  const ms = epochSeconds * 1000 - Date.now();
  if (ms > 0) await new Promise(resolve => setTimeout(resolve, ms));
}

/** The largest relative differences between two rows, by metric, as sentences; those within `tolerance` are left out. */
export function differences(row: ExpectedRow, expected: ExpectedRow, tolerance: number): string[] {
  const names = new Set([...Object.keys(row), ...Object.keys(expected)] as MetricName[]);
  return [...names].flatMap(name => {
    const [is, should] = [row[name], expected[name]];
    if (!is || !should) return [`${name} is ${is ? 'stored but not at the agent' : 'at the agent but not stored'}`];
    const kinds = (['avg', 'min', 'max'] as const).filter(kind => !isWithin(is[kind], should[kind], tolerance));
    const wrong = kinds.map(kind => `${name}.${kind} is ${is[kind]}, should be ${should[kind]}`);
    return is.samples === should.samples ? wrong : [...wrong, `${name} has ${is.samples} of ${should.samples} samples`];
  });
}

function isWithin(value: number, truth: number, tolerance: number): boolean {
  return Math.abs(value - truth) <= tolerance * Math.abs(truth);
}

/** The averages that are further from the truth than `tolerance`, as sentences. */
export function modelErrors(row: ExpectedRow, model: Partial<Record<MetricName, number>>, tolerance: number): string[] {
  return (Object.entries(model) as [MetricName, number][]).flatMap(([name, truth]) => {
    const avg = row[name]?.avg;
    return avg !== undefined && isWithin(avg, truth, tolerance) ? [] : [`${name} is ${avg}, in truth ${truth}`];
  });
}

/** The furthest of the averages from the truth, as a sentence: what a run says of itself. */
export function furthestFromModel(row: ExpectedRow, model: Partial<Record<MetricName, number>>): string {
  const errors = (Object.entries(model) as [MetricName, number][]).map(([name, truth]) => {
    const error = Math.abs((row[name]?.avg ?? Number.NaN) - truth) / Math.abs(truth);
    return { name, percent: 100 * error };
  });
  const worst = errors.reduce((a, b) => (b.percent > a.percent ? b : a));
  return `${worst.name} is ${worst.percent.toFixed(4)} % off`;
}
