import { METRICS, type MetricName } from '#config';
import type { MetricRow, MetricSummary } from '#storage';
import { asAdministrator } from './fixtures.ts';

/** What the rollups of rows must be, computed here, and what they are. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Charts = MetricRow['charts'];

/** An hour or a day of one machine. */
export interface Rollup {
  readonly machineId: number;
  readonly start: string;
  readonly windows: number;
  readonly unreachable: number;
  readonly unobserved: number;
  readonly filled: number;
  readonly reason: string | null;
  readonly source: string | null;
  readonly metrics: Readonly<Partial<Record<MetricName, MetricSummary>>>;
  readonly charts: Charts;
}

export interface Rollups {
  readonly hours: readonly Rollup[];
  readonly days: readonly Rollup[];
}

/** The rollups that these rows give. */
export function rollupsOf(rows: readonly MetricRow[]): Rollups {
  const hours = periodsOf(rows, HOUR_MS).map(([start, inIt]) =>
    rollupOf(start, inIt, mostFrequent(inIt.map(row => row.reason)), mostFrequent(inIt.map(row => row.source))),
  );
  const days = periodsOf(rows, DAY_MS).map(([start, inIt]) => {
    const { machineId } = inIt[0]!;
    const its = hours.filter(hour => hour.machineId === machineId && startOf(new Date(hour.start), DAY_MS) === start);
    return rollupOf(
      start,
      inIt,
      mostFrequent(its.map(hour => hour.reason)),
      mostFrequent(its.map(hour => hour.source)),
    );
  });
  return { hours, days };
}

function startOf(at: Date, lengthMs: number): string {
  return new Date(Math.floor(at.getTime() / lengthMs) * lengthMs).toISOString();
}

/** By machine and start, in order. */
function periodsOf(rows: readonly MetricRow[], lengthMs: number): (readonly [start: string, rows: MetricRow[]])[] {
  const groups = Map.groupBy(rows, row => `${row.machineId} ${startOf(row.windowStart, lengthMs)}`);
  const periods = [...groups.values()].map(inIt => [startOf(inIt[0]!.windowStart, lengthMs), inIt] as const);
  return periods.sort((a, b) => a[1][0]!.machineId - b[1][0]!.machineId || (a[0] < b[0] ? -1 : 1));
}

function rollupOf(start: string, rows: readonly MetricRow[], reason: string | null, source: string | null): Rollup {
  const count = (matches: (row: MetricRow) => boolean): number => rows.filter(matches).length;
  return {
    machineId: rows[0]!.machineId,
    start,
    windows: rows.length,
    unreachable: count(row => !row.reachable && row.reason !== 'unobserved'),
    unobserved: count(row => row.reason === 'unobserved'),
    filled: count(row => row.filledAt !== null),
    reason,
    source,
    metrics: metricsOf(rows),
    charts: chartsOf(rows),
  };
}

function mostFrequent(values: readonly (string | null)[]): string | null {
  const groups = Map.groupBy(
    values.filter(value => value !== null),
    value => value,
  );
  const ranked = [...groups].sort(([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1));
  return ranked[0]?.[0] ?? null;
}

function metricsOf(rows: readonly MetricRow[]): Rollup['metrics'] {
  const entries = METRICS.flatMap(({ name }) => {
    const summaries = rows.flatMap(row => row.metrics[name] ?? []);
    return summaries.length === 0 ? [] : [[name, summaryOf(summaries)] as const];
  });
  return Object.fromEntries(entries);
}

function chartsOf(rows: readonly MetricRow[]): Charts {
  const all = rows.flatMap(row => Object.entries(row.charts));
  const charts = [...Map.groupBy(all, ([chart]) => chart)].map(([chart, ofChart]) => {
    const parts = ofChart.flatMap(([, dimensions]) => Object.entries(dimensions));
    const dimensions = [...Map.groupBy(parts, ([dimension]) => dimension)].map(
      ([dimension, ofDimension]) => [dimension, summaryOf(ofDimension.map(([, summary]) => summary))] as const,
    );
    return [chart, Object.fromEntries(dimensions)] as const;
  });
  return Object.fromEntries(charts);
}

function summaryOf(summaries: readonly MetricSummary[]): MetricSummary {
  const samples = sum(summaries.map(one => one.samples));
  const expected = sum(summaries.map(one => one.expected));
  if (samples === 0) return { avg: null, min: null, max: null, samples, expected };
  const measured = summaries.filter(one => one.samples > 0);
  const avg = sum(measured.map(one => one.avg! * (one.samples / samples)));
  const min = Math.min(...measured.map(one => one.min!));
  const max = Math.max(...measured.map(one => one.max!));
  return { avg, min, max, samples, expected };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The rollups that are stored of these machines. */
export async function storedRollups(url: string, machineIds: readonly number[]): Promise<Rollups> {
  const read = async (table: string): Promise<Rollup[]> => {
    const sql = `select * from ${table} where machine_id = any($1) order by machine_id, start_at`;
    return (await asAdministrator<StoredRollup>(url, sql, [machineIds])).map(rollupOfStored);
  };
  return { hours: await read('rollup_hour'), days: await read('rollup_day') };
}

interface StoredRollup {
  readonly machine_id: number;
  readonly start_at: Date;
  readonly windows: number;
  readonly unreachable: number;
  readonly unobserved: number;
  readonly filled: number;
  readonly reason: string | null;
  readonly source: string | null;
  readonly extra: Charts | null;
  readonly [column: string]: unknown;
}

function rollupOfStored(stored: StoredRollup): Rollup {
  const { machine_id: machineId, windows, unreachable, unobserved, filled, reason, source } = stored;
  const metrics = METRICS.flatMap(({ name, column }) => {
    const parts = (['avg', 'min', 'max', 'samples', 'expected'] as const).map(
      part => [part, stored[`${column}_${part}`]] as const,
    );
    if (parts.every(([, value]) => value === null)) return [];
    return [[name, Object.fromEntries(parts) as unknown as MetricSummary] as const];
  });
  return {
    machineId,
    start: stored.start_at.toISOString(),
    windows,
    unreachable,
    unobserved,
    filled,
    reason,
    source,
    metrics: Object.fromEntries(metrics),
    charts: stored.extra ?? {},
  };
}

/** The same, with averages that differ by rounding only (to 1e-9) taken for those of `model`, so that the two compare. */
export function withoutRounding(stored: Rollups, model: Rollups): Rollups {
  const round = (rollups: readonly Rollup[], models: readonly Rollup[]): Rollup[] =>
    rollups.map((rollup, index) => roundedTo(rollup, models[index]) as Rollup);
  return { hours: round(stored.hours, model.hours), days: round(stored.days, model.days) };
}

function roundedTo(value: unknown, model: unknown, key = ''): unknown {
  if (typeof value === 'number' && typeof model === 'number' && key === 'avg')
    return Math.abs(value - model) <= 1e-9 * Math.abs(model) ? model : value;
  if (!isObject(value) || !isObject(model)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, roundedTo(part, model[name], name)]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
