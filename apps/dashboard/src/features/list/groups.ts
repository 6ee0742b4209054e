import type { StateCounts, VerdictState } from '../../api/client.ts';
import { compareNames } from '../../messages/intl.ts';
import { badnessOf } from './sorting.ts';
import type { StateRow } from './state-row.ts';

/** Rows that have one thing in common. */
export interface Group {
  /** What they have in common; `null`: they have no such label. */
  readonly value: string | null;
  /** In the order of the list. */
  readonly names: readonly string[];
  readonly counts: StateCounts;
  readonly worst: VerdictState;
}

/** What a list shows one below the other: a group's head, or as many rows as there are side by side. */
export type ListPart =
  | { readonly kind: 'head'; readonly key: string; readonly group: Group; readonly isFolded: boolean }
  | { readonly kind: 'rows'; readonly key: string; readonly names: readonly string[] };

/**
 * The rows by what `valueOf` says of them, the groups by name. Names do not change, so no group moves away under a
 * pointer when something breaks; who has no value comes last.
 *
 * @param rows in the order in which they are shown
 */
export function groupRows<Row extends StateRow>(
  rows: readonly Row[],
  valueOf: (row: Row) => string | null,
): readonly Group[] {
  const members = new Map<string | null, Row[]>();
  for (const row of rows) {
    const value = valueOf(row);
    const known = members.get(value);
    if (known === undefined) members.set(value, [row]);
    else known.push(row);
  }
  return [...members]
    .map(([value, group]) => groupOf(value, group))
    .toSorted((a, b) => compareValues(a.value, b.value));
}

function groupOf(value: string | null, members: readonly StateRow[]): Group {
  const counts: StateCounts = { total: members.length, up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 };
  for (const { state } of members) counts[state] += 1;
  const [worst] = members.toSorted((a, b) => badnessOf(b) - badnessOf(a));
  return { value, names: members.map(({ name }) => name), counts, worst: worst?.state ?? 'up' };
}

function compareValues(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareNames(a, b);
}

/** Everything that is shown, in order. A folded group is its head only. */
export function partsOf(groups: readonly Group[], folded: ReadonlySet<string>, perLine: number): readonly ListPart[] {
  return groups.flatMap(group => {
    const key = foldKeyOf(group.value);
    const isFolded = folded.has(key);
    const head = { kind: 'head', key: `head ${key}`, group, isFolded } as const;
    return isFolded ? [head] : [head, ...rowParts(group.names, perLine)];
  });
}

/** Rows without groups. */
export function rowParts(names: readonly string[], perLine: number): readonly ListPart[] {
  return Array.from({ length: Math.ceil(names.length / perLine) }, (_, line) => {
    const members = names.slice(line * perLine, (line + 1) * perLine);
    return { kind: 'rows', key: `rows ${members[0] ?? ''}`, names: members };
  });
}

/** What a group is called among those that are folded; a value cannot be empty there. */
export function foldKeyOf(value: string | null): string {
  return value === null ? '' : encodeURIComponent(value);
}

/** Every label that rows can be grouped by, by name. */
export function groupKeysOf(labels: Iterable<readonly (readonly [key: string, value: string])[]>): string[] {
  const keys = new Set<string>();
  for (const pairs of labels) for (const [key] of pairs) keys.add(key);
  return [...keys].toSorted(compareNames);
}
