import type { MetricName } from '#config';
import { lastValues, rawChart, type RawChart, type Stretch } from './raw-seconds.ts';
import {
  machineAt,
  MEMORY_TOTAL_BYTES,
  swapTotalBytes,
  VOLUME_BYTES,
  volumeUsedBytes,
  type MachineSecond,
} from './truth.ts';

/** What a stored row must say about one metric. */
export interface ExpectedMetric {
  readonly avg: number;
  readonly min: number;
  readonly max: number;
  readonly samples: number;
}

/** A metric that the machine does not have is absent. */
export type ExpectedRow = Partial<Record<MetricName, ExpectedMetric>>;

type Point = Readonly<Record<string, number | null>>;

/** The metric of one point; `null` when the agent had no sample then. */
type Derivation = (point: Point) => number | null;

const MIB = 1024 * 1024;
const KIB = 1024;
/** A kilobit is 1000 bits. */
const KILOBIT_BYTES = 125;

/** Which chart a metric is made of, and how: first for each second, then over the window. */
const DERIVATIONS: readonly (readonly [MetricName, string, Derivation])[] = [
  ['cpu', 'system.cpu', sumOfDimensions],
  ['memory', 'system.ram', point => share(point['used'], sumOfDimensions(point))],
  ['memoryUsed', 'system.ram', point => scaled(point['used'], MIB)],
  ['swap', 'system.swap', point => share(point['used'], sumOfDimensions(point))],
  ['disk', 'disk_space._', usedOfDisk],
  ['diskRead', 'system.io', point => scaled(point['in'], KIB)],
  ['diskWrite', 'system.io', point => scaled(point['out'], KIB)],
  ['netIn', 'system.net', point => scaled(point['InOctets'], KILOBIT_BYTES)],
  ['netOut', 'system.net', point => scaled(point['OutOctets'], KILOBIT_BYTES)],
  ['load1', 'system.load', point => scaled(point['load1'], 1)],
  ['uptime', 'system.uptime', point => scaled(point['uptime'], 1)],
];

/** What the row of a window must say, computed from every stored second of the agent itself. */
export async function expectedFromAgent(url: string, stretch: Stretch): Promise<ExpectedRow> {
  const row: ExpectedRow = {};
  for (const [metric, chart, derive] of DERIVATIONS) {
    const summary = summarize(await rawChart(url, chart, stretch), derive);
    if (summary) row[metric] = summary;
  }
  const fullest = await expectedFullest(url, stretch);
  if (fullest) row.diskFullest = fullest;
  return row;
}

/** The mount that is the fullest on average. */
async function expectedFullest(url: string, stretch: Stretch): Promise<ExpectedMetric | null> {
  const mounts = Object.keys(await lastValues(url, ['disk_space.*']));
  const summaries = await Promise.all(
    mounts.map(async chart => summarize(await rawChart(url, chart, stretch), usedOfDisk)),
  );
  return summaries.filter(summary => summary !== null).toSorted((a, b) => b.avg - a.avg)[0] ?? null;
}

function summarize(chart: RawChart | null, derive: Derivation): ExpectedMetric | null {
  const values = (chart?.points ?? []).map(derive).filter(value => value !== null);
  if (values.length === 0) return null;
  const avg = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { avg, min: Math.min(...values), max: Math.max(...values), samples: values.length };
}

function sumOfDimensions(point: Point): number | null {
  const values = Object.values(point);
  return values.includes(null) ? null : values.reduce<number>((sum, value) => sum + value!, 0);
}

function usedOfDisk(point: Point): number | null {
  const { avail, used } = point;
  return avail == null || used == null ? null : share(used, avail + used);
}

function share(part: number | null | undefined, whole: number | null): number | null {
  return part == null || whole === null || whole === 0 ? null : (part / whole) * 100;
}

/** What is sent or written is negative at the agent. */
function scaled(value: number | null | undefined, factor: number): number | null {
  return value == null ? null : Math.abs(value) * factor;
}

/** Some metrics of this very moment, in the row's units: what a row must not be made of. */
export async function instantOf(url: string): Promise<Readonly<Record<'cpu' | 'netIn' | 'diskRead', number>>> {
  const last = await lastValues(url, ['system.cpu', 'system.net', 'system.io']);
  const { idle: _idle, ...busy } = last['system.cpu']!;
  return {
    cpu: sumOfDimensions(busy)!,
    netIn: last['system.net']!['InOctets']! * KILOBIT_BYTES,
    diskRead: last['system.io']!['in']! * KIB,
  };
}

const MODEL: readonly (readonly [MetricName, (does: MachineSecond, index: number) => number | null])[] = [
  ['cpu', does => does.userPercent + does.systemPercent + does.iowaitPercent + does.stealPercent],
  ['memory', does => (does.memoryUsedBytes / MEMORY_TOTAL_BYTES) * 100],
  ['memoryUsed', does => does.memoryUsedBytes],
  ['swap', (does, index) => share(does.swapUsedBytes, swapTotalBytes(index))],
  ['diskFullest', (_does, index) => share(volumeUsedBytes(index), VOLUME_BYTES)],
  ['diskRead', does => does.diskReadBytes],
  ['diskWrite', does => does.diskWriteBytes],
  ['netIn', does => does.netInBytes],
  ['netOut', does => does.netOutBytes],
  ['load1', does => does.load1],
  ['uptime', does => does.uptimeSeconds],
];

/**
 * The average of each metric over a window as the machine really was, whatever an agent says. The root mount is this
 * host's own and not part of the model.
 */
export function expectedFromModel(index: number, { start, seconds }: Stretch): Partial<Record<MetricName, number>> {
  const row: Partial<Record<MetricName, number>> = {};
  for (const [metric, valueOf] of MODEL) {
    let sum: number | null = 0;
    for (let second = start; second < start + seconds && sum !== null; second += 1) {
      const value = valueOf(machineAt(index, second), index);
      sum = value === null ? null : sum + value;
    }
    if (sum !== null) row[metric] = sum / seconds;
  }
  return row;
}

/** How far `value` is from `truth`, as a part of the truth. */
export function relativeError(value: number, truth: number): number {
  return value === truth ? 0 : Math.abs(value - truth) / Math.abs(truth);
}
