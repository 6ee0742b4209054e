import type { Finding } from './check-shape.ts';
import { showValue } from './show.ts';

/** The entries of a list whose `key` an entry before them has already. Entries without it are left out. */
export function findDuplicates<T extends object>(
  list: string,
  entries: readonly T[] | undefined,
  key: keyof T & string,
): Finding[] {
  const first = new Map<unknown, number>();
  return (entries ?? []).flatMap((entry, index) => {
    const value = entry[key];
    if (value === undefined) return [];
    const before = first.get(value);
    if (before === undefined) first.set(value, index);
    return before === undefined
      ? []
      : [
          {
            path: [list, index, key],
            message: `${showValue(value)} is taken by ${list}[${before}]; choose another ${key}`,
          },
        ];
  });
}
