import type { VerdictState } from '../../api/client.ts';
import { compareNames } from '../../messages/intl.ts';
import type { StateRow } from './state-row.ts';

/** An order by one column. */
export interface Sort {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}

/** What a row is ordered by; texts as people order names. `null`: it has none. */
export type SortValue = string | number | null;

/** The worst first. Every list has a column of states. */
export const DEFAULT_SORT: Sort = { key: 'state', direction: 'descending' };

/** The worst first. */
export const STATES_BY_BADNESS = ['down', 'degraded', 'unknown', 'maintenance', 'up'] as const;

const BADNESS: Readonly<Record<VerdictState, number>> = { down: 4, degraded: 3, unknown: 2, maintenance: 1, up: 0 };

/**
 * Names in the order of the page. What is down stays on top whatever the order: nobody should have to scroll for it. A
 * row without a value comes last in either direction, and equals are ordered by name.
 */
export function sortRows<Row extends StateRow>(
  rows: readonly Row[],
  direction: Sort['direction'],
  valueOf: (row: Row) => SortValue,
): string[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const compare = (a: Row, b: Row): number =>
    Number(b.state === 'down') - Number(a.state === 'down') ||
    compareValues(valueOf(a), valueOf(b), sign) ||
    compareNames(a.name, b.name);
  return rows.toSorted(compare).map(row => row.name);
}

function compareValues(a: SortValue, b: SortValue, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compareNames(String(a), String(b)));
}

/** How bad a state is, to order by. */
export function badnessOf(row: StateRow): number {
  return BADNESS[row.state];
}
