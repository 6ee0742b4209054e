import { availableParallelism } from 'node:os';
import { table } from '../support/table.ts';
import type { FillTime } from './fill/fill.ts';
import type { HistoryPlan } from './plan.ts';
import type { Asked } from './queries/ask.ts';
import type { Downloads } from './queries/download.ts';
import { SHARD, type WrittenWindow } from './write.ts';

/** Everything that was measured. */
export interface Measured {
  readonly database: string;
  /** `null`: no history was filled or asked. */
  readonly history: HistoryPlan | null;
  readonly databaseBytes: number | null;
  /** `null`: it was filled before. */
  readonly fill: FillTime | null;
  readonly questions: readonly Asked[];
  readonly downloads: Downloads | null;
  readonly writeMachines: number;
  readonly writes: readonly WrittenWindow[];
}

export interface QuestionReport extends Asked {
  /** Medians: through HTTP by the bare statement. */
  readonly ratio: number;
  readonly isLimitKept: boolean | null;
}

export interface WriteReport extends WrittenWindow {
  /** `null`: nothing is promised of a write that is not made as collectors make theirs. */
  readonly limitSeconds: number | null;
  readonly isLimitKept: boolean | null;
}

export interface Report extends Omit<Measured, 'questions' | 'writes'> {
  readonly questions: readonly QuestionReport[];
  readonly writes: readonly WriteReport[];
}

const MIB = 1024 * 1024;
/** Rows and rollups of one window of 10,000 machines. */
const WRITE_LIMIT_SECONDS = 2;

export function makeReport({ questions, writes, ...measured }: Measured): Report {
  return {
    ...measured,
    questions: questions.map(one => ({
      ...one,
      ratio: one.http.p50 / one.sql.p50,
      isLimitKept: one.limitMs === null ? null : one.http.p95 <= one.limitMs,
    })),
    writes: writes.map(one => {
      const limitSeconds = one.batch === SHARD ? WRITE_LIMIT_SECONDS : null;
      return { ...one, limitSeconds, isLimitKept: limitSeconds === null ? null : one.seconds <= limitSeconds };
    }),
  };
}

/** The report for people. */
export function renderReport(report: Report): string {
  return [
    ...renderFill(report),
    ...(report.questions.length > 0 ? renderQuestions(report) : []),
    ...(report.downloads === null ? [] : renderDownloads(report.downloads)),
    ...(report.writes.length > 0 ? renderWrites(report) : []),
  ].join('\n');
}

function renderFill({ database, history, databaseBytes, fill }: Report): string[] {
  if (history === null) return ['', database];
  const size = databaseBytes === null ? '' : `, ${(databaseBytes / 1e9).toFixed(1)} GB`;
  const until = history.end.toISOString().slice(0, 16);
  const made =
    fill === null
      ? []
      : [
          `Filled: ${fill.rows} rows and checks by SQL in ${fill.rowsSeconds.toFixed(0)} s; ${fill.hours} hours and ` +
            `${fill.daysMade} days by storage.rollups in ${fill.rollupSeconds.toFixed(0)} s`,
        ];
  return ['', `${history.machines} machines x ${history.days} days until ${until}Z; ${database}${size}`, ...made];
}

function renderQuestions({ questions }: Report): string[] {
  const heads = ['ms', 'resolution', 'points', 'KiB', 'HTTP p50', 'p95', 'max', 'limit', 'SQL p50', 'p95', 'max'];
  const rows = questions.map(one => [
    one.name,
    one.resolution,
    one.points === null ? '' : String(one.points),
    (one.bytes / 1024).toFixed(0),
    ...[one.http.p50, one.http.p95, one.http.max].map(ms),
    one.limitMs === null ? '' : `${one.limitMs} ${kept(one.isLimitKept)}`,
    ...[one.sql.p50, one.sql.p95, one.sql.max, one.database.p50].map(ms),
    one.rowsRead.toFixed(0),
    `${one.buffers.toFixed(0)} (${one.buffersRead.toFixed(0)})`,
    `${one.ratio.toFixed(2)} x`,
    `${ms(one.cpuMs.server ?? 0)} + ${one.cpuMs.postgres === undefined ? '?' : ms(one.cpuMs.postgres)}`,
  ]);
  return [
    '',
    'Through HTTP, one request after another, each for other machines and another time; beside it the bare statement over',
    'one connection, and in PostgreSQL alone; what it reads; HTTP p50 by SQL p50; CPU ms a request. Limits are for p95, 100 machines x 365 days, two processors',
    `(here ${availableParallelism()}). Probes go on meanwhile; the 50 s around the end of a window, when its rows are collected, are left out.`,
    '',
    ...table([[...heads, 'executed', 'rows read', 'buffers (not shared)', 'HTTP/SQL', 'CPU server + SQL'], ...rows]),
  ];
}

function renderDownloads(one: Downloads): string[] {
  return [
    '',
    `CSV, all rows of one machine, ${one.days} days: ${one.lines} lines, ${(one.bytes / 1e6).toFixed(1)} MB in ` +
      `${one.seconds.p50.toFixed(2)} s (${one.mbPerSecond.toFixed(0)} MB/s), first byte after ${ms(one.firstByteMs.p50)} ms; ` +
      `bare SQL ${one.sqlSeconds.p50.toFixed(2)} s`,
    `  memory of the server: ${mib(one.memoryBeforeBytes)} MiB before, ${mib(one.memoryPeakBytes)} MiB at most in ${one.downloads} downloads`,
  ];
}

function renderWrites({ writes, writeMachines }: Report): string[] {
  const rows = writes.map(one => [
    `${one.windowStart.slice(11, 16)}, ends ${one.ends}`,
    String(one.batch),
    one.rowsSeconds.toFixed(2),
    one.rollupSeconds.toFixed(2),
    one.seconds.toFixed(2),
    one.limitSeconds === null ? '' : `${one.limitSeconds} ${kept(one.isLimitKept)}`,
    String(one.hours),
    String(one.daysMade),
  ]);
  const heads = ['s', 'rows a write', 'rows', 'rollups', 'both', 'limit', 'hours', 'days'];
  const how = `all at once, then ${SHARD} at a time and four such writes side by side, as collectors write`;
  return ['', `One window of ${writeMachines} machines, rows and rollups: ${how}`, '', ...table([heads, ...rows]), ''];
}

function kept(isKept: boolean | null): string {
  return isKept === true ? 'kept' : 'MISSED';
}

function ms(value: number): string {
  return value.toFixed(1);
}

function mib(bytes: number): string {
  return (bytes / MIB).toFixed(0);
}
