import { table } from '../support/table.ts';
import { sumOf, type Measured } from './comparison.ts';
import type { Options } from './options.ts';
import type { WindowTime } from './window-time.ts';

const TEN_MINUTES = 600;
/** A window's rows have to be there this many seconds after it may be asked for, on a small machine of two cores. */
const WINDOW_TARGETS: Readonly<Record<number, number>> = { 1_000: 5, 10_000: 40 };
const MIB = 1024 * 1024;
const OTHERS = ['Prometheus', 'bare undici loop'] as const;

/** CPU seconds for a thousand reads, and how that compares. */
export interface SubjectReport {
  readonly name: string;
  readonly reads: number;
  readonly valuesPerRead: number;
  readonly cpuSecondsPer1000Reads: number;
  readonly partsPer1000Reads: Readonly<Record<string, number>>;
  /** distomon only: the part of it that is not windows, by the quiet seconds between them. */
  readonly probesOnlyPer1000Reads: number | null;
  readonly ratioToPrometheus: number;
  readonly ratioToBareLoop: number;
  readonly memoryPeakMib: Readonly<Record<string, number>>;
  readonly memoryEndMib: Readonly<Record<string, number>>;
}

export interface Report {
  readonly machines: number;
  readonly windowSeconds: number;
  readonly seconds: number;
  readonly subjects: readonly SubjectReport[];
  readonly windows: readonly WindowReport[];
}

export interface WindowReport extends WindowTime {
  readonly targetSeconds: number | null;
  /** Rows in time, all of them with values; `null`: there is no target for so many machines. */
  readonly isTargetKept: boolean | null;
}

export function makeReport(options: Options, measured: readonly Measured[], windows: readonly WindowTime[]): Report {
  const cost = (name: string): number => {
    const found = measured.find(one => one.name === name);
    return found === undefined ? Number.NaN : perThousand(sumOf(found.cpuSeconds), found);
  };
  const [prometheus, loop] = OTHERS.map(cost) as [number, number];
  return {
    machines: options.machines,
    windowSeconds: options.windowSeconds,
    seconds: options.windowSeconds * options.windows,
    subjects: measured.map(one => ({
      name: one.name,
      reads: one.reads,
      valuesPerRead: one.valuesPerRead,
      cpuSecondsPer1000Reads: cost(one.name),
      partsPer1000Reads: mapParts(one.cpuSeconds, value => perThousand(value, one)),
      probesOnlyPer1000Reads: one.name.startsWith('distomon') ? probesOnly(one) : null,
      ratioToPrometheus: cost(one.name) / prometheus,
      ratioToBareLoop: cost(one.name) / loop,
      memoryPeakMib: mapParts(one.memoryPeakBytes, bytes => bytes / MIB),
      memoryEndMib: mapParts(one.memoryEndBytes, bytes => bytes / MIB),
    })),
    windows: windows.map(windowReport),
  };
}

function windowReport(window: WindowTime): WindowReport {
  const targetSeconds = WINDOW_TARGETS[window.machines] ?? null;
  const isTargetKept =
    targetSeconds === null ? null : window.seconds <= targetSeconds && window.rowsWithoutValues === 0;
  return { ...window, targetSeconds, isTargetKept };
}

function perThousand(value: number, { reads }: Measured): number {
  return (1000 * value) / reads;
}

/** Probes come every 10 s: the cost of the median stretch of 10 s, in which no window is collected. */
function probesOnly(measured: Measured): number {
  const stretches: number[] = [];
  for (let at = 0; at + 10 <= measured.cpuBySecond.length; at += 10)
    stretches.push(measured.cpuBySecond.slice(at, at + 10).reduce((sum, value) => sum + value, 0));
  const median = stretches.toSorted((a, b) => a - b)[Math.floor(stretches.length / 2)] ?? Number.NaN;
  return perThousand(median * (measured.cpuBySecond.length / 10), measured);
}

function mapParts(
  parts: Readonly<Partial<Record<string, number>>>,
  change: (value: number) => number,
): Record<string, number> {
  return Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, round(change(value ?? 0))]));
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** The report for people. */
export function renderReport(report: Report): string {
  const parts = [
    report.subjects.length > 0 ? renderSubjects(report) : [],
    report.windows.length > 0 ? renderWindows(report) : [],
  ];
  return parts.flat().join('\n');
}

function renderSubjects({ machines, windowSeconds, seconds, subjects }: Report): string[] {
  const rows = subjects.map(one => [
    one.name,
    String(one.reads),
    String(one.valuesPerRead),
    one.cpuSecondsPer1000Reads.toFixed(3),
    one.probesOnlyPer1000Reads?.toFixed(3) ?? '',
    ratio(one.ratioToPrometheus),
    ratio(one.ratioToBareLoop),
    listed(one.partsPer1000Reads, value => value.toFixed(3)),
    listed(one.memoryPeakMib, value => value.toFixed(0)),
    listed(one.memoryEndMib, value => value.toFixed(0)),
  ]);
  const heads = [
    '',
    'reads',
    'values',
    'CPU s/1000',
    'probes only',
    '/Prometheus',
    '/bare loop',
    'CPU s/1000 by part',
    'MiB peak',
    'MiB end',
  ];
  const odd =
    windowSeconds === TEN_MINUTES
      ? []
      : [
          `Windows of ${windowSeconds} s make their part ${(TEN_MINUTES / windowSeconds).toFixed(0)} times as frequent as windows of ten minutes.`,
        ];
  return [
    '',
    `${machines} machines, each read every 10 s by all of them at once, for ${seconds} s (windows of ${windowSeconds} s)`,
    '',
    ...table([heads, ...rows]),
    '',
    ...odd,
  ];
}

function renderWindows({ windows }: Report): string[] {
  const rows = windows.map(one => [
    String(one.machines),
    one.backend,
    `${one.windowSeconds} s`,
    String(one.leastSamples),
    `${one.rows} + ${one.rowsWithoutValues}`,
    one.firstSeconds.toFixed(1),
    one.seconds.toFixed(1),
    one.targetSeconds === null ? '' : `${one.targetSeconds} ${one.isTargetKept === true ? 'kept' : 'MISSED'}`,
    listed(one.cpuSeconds, value => value.toFixed(1)),
    listed(one.memoryPeakBytes, bytes => (bytes / MIB).toFixed(0)),
  ]);
  const heads = [
    'machines',
    'queues',
    'window',
    'points',
    'rows + without values',
    'first row s',
    'last row s',
    'target s',
    'CPU s',
    'MiB peak',
  ];
  return [
    '',
    'From the moment a window may be asked for until its last row is stored, probes going on',
    '',
    ...table([heads, ...rows]),
    '',
  ];
}

function ratio(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(2)} x` : '';
}

function listed(parts: Readonly<Partial<Record<string, number>>>, show: (value: number) => string): string {
  return Object.entries(parts)
    .map(([part, value]) => `${part} ${show(value ?? 0)}`)
    .join(', ');
}
