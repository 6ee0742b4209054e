import { availableParallelism, loadavg } from 'node:os';
import { table } from '../support/table.ts';
import type { Opened } from './first-rows.ts';
import type { HistoryShown } from './history-click.ts';
import type { Watched } from './live.ts';
import { type Kept, type Measured, promisesOf } from './promises.ts';

/** What was measured, and what is promised of it. */
export interface Report extends Measured {
  readonly browser: string;
  readonly processors: number;
  /** Of the last minutes, this benchmark included. */
  readonly load: number;
  readonly runs: number;
  readonly days: number;
  readonly promises: readonly Kept[];
}

export function makeReport(measured: Measured, facts: Pick<Report, 'browser' | 'runs' | 'days'>): Report {
  const processors = availableParallelism();
  return { ...facts, processors, load: loadavg()[2] ?? 0, ...measured, promises: promisesOf(measured) };
}

export function isKept({ promises }: Report): boolean {
  return promises.every(one => one.isKept);
}

/** The report for people. */
export function renderReport(report: Report): string {
  const { browser, processors, load, rows, history, live, tabs, size, promises } = report;
  return [
    '',
    `Chromium ${browser}, ${processors} processors for browser, server, database and agents; load ${load.toFixed(1)}`,
    ...(rows === null ? [] : renderRows(rows, report.runs)),
    ...(history === null ? [] : renderHistory(history, report.days)),
    ...(live === null ? [] : renderLive(live)),
    ...(tabs === null ? [] : ['', `${tabs.tabs} tabs: ${tabs.connections} connections at the server`]),
    ...(size === null
      ? []
      : [
          '',
          `Home begins with ${size.scripts} scripts: ${kb(size.gzipBytes)} kB gzip, ${kb(size.brotliBytes)} kB brotli; styles ${kb(size.styleGzipBytes)} kB gzip`,
        ]),
    '',
    ...table([
      ['promised', 'measured', 'limit', ''],
      ...promises.map(one => [one.what, one.measured, one.limit, one.isKept ? 'kept' : 'MISSED']),
    ]),
    '',
  ].join('\n');
}

function renderRows(rows: readonly Opened[], runs: number): string[] {
  const plain = rows.find(({ name }) => name === 'an empty static page')?.p50 ?? Number.NaN;
  return [
    '',
    `From the navigation to the first frame with content, five machines, nothing cached, ${runs} runs in turns, ms`,
    ...table([
      ['', 'p50', 'p95', 'max', 'x static page'],
      ...rows.map(({ name, p50, p95, max }) => [name, ...[p50, p95, max].map(ms), (p50 / plain).toFixed(1)]),
    ]),
  ];
}

function renderHistory(history: readonly HistoryShown[], days: number): string[] {
  return [
    '',
    `From the press on "30 d" to the frame with the last chart in the window, ${days} days stored, ms`,
    ...table([
      ['', 'charts', 'p50', 'p95', 'max'],
      ...history.map(({ approach, charts, p50, p95, max }) => [approach, String(charts), ...[p50, p95, max].map(ms)]),
    ]),
  ];
}

function renderLive(live: readonly Watched[]): string[] {
  return [
    '',
    'New values every second',
    ...table([
      ['', 's', 'busy %', 'script %', 'processor %', 'long tasks', 'longest ms', 'heap MB'],
      ...live.map(one => [
        one.page,
        String(one.seconds),
        one.busyPercent.toFixed(1),
        one.scriptPercent.toFixed(1),
        one.cpuPercent.toFixed(1),
        String(one.longTasks),
        ms(one.longestMs),
        one.heapMb.map(mb => mb.toFixed(1)).join(' '),
      ]),
    ]),
  ];
}

const ms = (value: number): string => value.toFixed(0);
const kb = (bytes: number): string => (bytes / 1000).toFixed(0);
