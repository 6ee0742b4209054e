import { useState } from 'react';
import type { Entry } from './entries.ts';
import { moveActive } from './move-active.ts';

/** Which of the entries Enter chooses: the first, until keys or the pointer lead to another. */
export function useActive(entries: readonly Entry[], query: string) {
  const [chosen, choose] = useState({ query, id: '' });
  // What was chosen for another query is no wish any more.
  const wish = chosen.query === query ? entries.findIndex(({ id }) => id === chosen.id) : -1;
  const index = Math.max(0, wish);
  const point = (id: string): void => choose({ query, id });
  return {
    active: entries[index],
    point,
    /** @returns whether the key moved it */
    press: (key: string): boolean => {
      const next = entries[moveActive(key, index, entries.length) ?? -1];
      if (next !== undefined) point(next.id);
      return next !== undefined;
    },
  };
}
