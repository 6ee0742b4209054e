import type { Opened } from './first-rows.ts';
import type { HistoryShown } from './history-click.ts';
import type { Watched } from './live.ts';
import type { Size } from './size.ts';
import type { Tabs } from './tabs.ts';

/** Everything that was measured; `null`: it was left out. */
export interface Measured {
  readonly rows: readonly Opened[] | null;
  readonly size: Size | null;
  readonly history: readonly HistoryShown[] | null;
  readonly live: readonly Watched[] | null;
  readonly tabs: Tabs | null;
}

/** Something that is promised of the dashboard, and whether it is so. */
export interface Kept {
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  readonly isKept: boolean;
}

const ROWS_MS = 600;
const HISTORY_MS = 200;
const BUSY_PERCENT = 4;
const SCRIPT_KB = 160;
/** A page is live if it shows something new in at least so many of a hundred seconds; the first and the last are parts. */
const LIVE_PERCENT = 90;
/** Between the first look at the memory and the last one; what is measured itself is not more exact. */
const HEAP_GROWTH_MB = 1;

/** What is promised of what was measured. */
export function promisesOf({ rows, size, history, live, tabs }: Measured): Kept[] {
  return [
    ...(rows ?? []).filter(({ name }) => name === 'Home').map(rowsKept),
    ...(size === null ? [] : [sizeKept(size)]),
    ...(history ?? []).map(historyKept),
    ...(live ?? []).flatMap(liveKept),
    ...(tabs === null ? [] : [tabsKept(tabs)]),
  ];
}

function rowsKept({ p95 }: Opened): Kept {
  return atMost('first rows of Home, nothing cached, p95', p95, ROWS_MS, 'ms');
}

function sizeKept({ gzipBytes }: Size): Kept {
  return atMost('scripts that Home begins with, gzip', gzipBytes / 1000, SCRIPT_KB, 'kB');
}

function historyKept({ approach, p95 }: HistoryShown): Kept {
  return atMost(`30 days on screen, ${approach}, p95`, p95, HISTORY_MS, 'ms');
}

function liveKept({ page, busyPercent, longTasks, livePercent, heapMb }: Watched): Kept[] {
  const isList = page.includes('300');
  return [
    atLeast(`${page}: seconds with something new`, livePercent, LIVE_PERCENT),
    atMost(`${page}: main thread busy`, busyPercent, BUSY_PERCENT, '%'),
    atMost(`${page}: long tasks`, longTasks, 0, ''),
    // A machine's page collects seconds by and by, up to a number of them.
    ...(isList ? [atMost(`${page}: memory gained`, growthOf(heapMb), HEAP_GROWTH_MB, 'MB')] : []),
  ];
}

const growthOf = (heapMb: readonly number[]): number => (heapMb.at(-1) ?? 0) - (heapMb[0] ?? 0);

function tabsKept({ tabs, livePercent }: Tabs): Kept {
  return atLeast(`${tabs} tabs at once: seconds with something new, the slowest`, livePercent, LIVE_PERCENT);
}

function atMost(what: string, value: number, limit: number, unit: string): Kept {
  return { what, measured: quantity(value, unit), limit: `<= ${quantity(limit, unit, 0)}`, isKept: value <= limit };
}

function atLeast(what: string, value: number, limit: number): Kept {
  return { what, measured: quantity(value, '%'), limit: `>= ${limit} %`, isKept: value >= limit };
}

function quantity(value: number, unit: string, digits = value < 10 && unit !== '' ? 1 : 0): string {
  return `${value.toFixed(digits)} ${unit}`.trimEnd();
}
