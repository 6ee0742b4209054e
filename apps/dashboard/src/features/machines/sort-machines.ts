import type { VerdictState } from '../../api/client.ts';
import type { MachineRow } from './machine-row.ts';

export const SORT_KEYS = [
  'state',
  'machine',
  'cpu',
  'memory',
  'disk',
  'netIn',
  'netOut',
  'load',
  'uptime',
  'age',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly direction: 'ascending' | 'descending';
}

/** The worst first. */
export const DEFAULT_SORT: Sort = { key: 'state', direction: 'descending' };

const BADNESS: Readonly<Record<VerdictState, number>> = { down: 4, degraded: 3, unknown: 2, maintenance: 1, up: 0 };

const byName = new Intl.Collator(undefined, { numeric: true });

/**
 * Names in the order of the page. Machines that are down stay on top whatever the order: nobody should have to scroll
 * for them. A machine without a value comes last in either direction, and equals are ordered by name.
 */
export function sortMachines(rows: readonly MachineRow[], sort: Sort): string[] {
  return rows.toSorted((a, b) => compareRows(a, b, sort)).map(row => row.name);
}

function compareRows(a: MachineRow, b: MachineRow, sort: Sort): number {
  const down = Number(b.state === 'down') - Number(a.state === 'down');
  if (down !== 0) return down;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  if (sort.key === 'machine') return sign * byName.compare(a.name, b.name);
  return compareValues(sortValueOf(a, sort.key), sortValueOf(b, sort.key), sign) || byName.compare(a.name, b.name);
}

function compareValues(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

function sortValueOf(row: MachineRow, key: Exclude<SortKey, 'machine'>): number | null {
  switch (key) {
    case 'state':
      return BADNESS[row.state];
    case 'age':
      // The older the sample, the greater its age.
      return row.valuesAt === null ? null : -row.valuesAt;
    case 'disk':
      return fullestDisk(row);
    case 'load':
      return row.values?.load1 ?? null;
    case 'cpu':
    case 'memory':
    case 'netIn':
    case 'netOut':
    case 'uptime':
      return row.values?.[key] ?? null;
  }
}

/** Percent of the fullest mount; the root's where the agent names no other. */
export function fullestDisk(row: MachineRow): number | null {
  return row.values?.diskFullest ?? row.values?.disk ?? null;
}
