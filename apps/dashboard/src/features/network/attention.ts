import type { StateCounts, VerdictState } from '../../api/client.ts';
import { compareNames } from '../../messages/intl.ts';
import { badnessOf } from '../list/sorting.ts';
import type { StateRow } from '../list/state-row.ts';

/** States that somebody should look into. Maintenance is wanted. */
export const CONCERNING = ['down', 'degraded', 'unknown'] as const satisfies readonly VerdictState[];

/** Something that is not well. */
export interface Concern {
  readonly kind: 'machine' | 'service';
  readonly row: StateRow;
}

/**
 * What is not well, the worst first; of what is equally bad the latest first, for that is what somebody comes to see.
 * What never had a verdict is no concern yet: a network that was just read consists of nothing else.
 */
export function concernsOf(machines: readonly StateRow[], services: readonly StateRow[]): Concern[] {
  const of = (kind: Concern['kind'], rows: readonly StateRow[]): Concern[] =>
    rows.filter(isConcerning).map(row => ({ kind, row }));
  return [...of('machine', machines), ...of('service', services)].toSorted(
    (a, b) =>
      badnessOf(b.row) - badnessOf(a.row) || sinceOf(b.row) - sinceOf(a.row) || compareNames(a.row.name, b.row.name),
  );
}

function isConcerning({ state, since }: StateRow): boolean {
  return since !== null && CONCERNING.some(one => one === state);
}

function sinceOf({ since }: StateRow): number {
  return since === null ? 0 : Date.parse(since);
}

/** How many concerns there are at the most, before the lists are read. */
export function concernCount(...counts: readonly StateCounts[]): number {
  return counts.reduce((sum, one) => sum + CONCERNING.reduce((part, state) => part + one[state], 0), 0);
}

/** What has a card of its own when there is room for `room` cards; the last one then tells how many more there are. */
export function splitConcerns<T>(concerns: readonly T[], room: number): { shown: readonly T[]; hidden: readonly T[] } {
  const count = concerns.length <= room ? concerns.length : room - 1;
  return { shown: concerns.slice(0, count), hidden: concerns.slice(count) };
}

/** The list in which most of the hidden ones are. */
export function viewOfMost(hidden: readonly Concern[]): 'machines' | 'services' {
  const machines = hidden.filter(({ kind }) => kind === 'machine').length;
  return machines * 2 >= hidden.length ? 'machines' : 'services';
}
