import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { isLiveSort } from './columns.ts';
import { matchesFilter } from './filter-machines.ts';
import { keepOrder } from './keep-order.ts';
import type { MachineStore } from './machine-store.ts';
import { type Sort, sortMachines } from './sort-machines.ts';

/** How often an order by a live value is made anew. */
const RESORT_MS = 10_000;

/**
 * The names to show, in order. What somebody asks for (filter, order) happens at once; what happens by itself waits
 * while `isHeld`, so that no line moves away under the pointer.
 */
export function useMachineOrder(store: MachineStore, filter: string, sort: Sort, isHeld: boolean): readonly string[] {
  const version = useSyncExternalStore(store.subscribeList, store.version);
  const round = useResortRound(isLiveSort(sort));
  const [order, setOrder] = useState<readonly string[]>([]);
  const asked = useRef({ filter, sort });

  useLayoutEffect(() => {
    const isAskedFor = asked.current.filter !== filter || asked.current.sort !== sort;
    asked.current = { filter, sort };
    const wanted = sortMachines(
      store.rows().filter(row => matchesFilter(row, filter)),
      sort,
    );
    setOrder(shown => (isHeld && !isAskedFor ? keepOrder(shown, wanted) : wanted));
  }, [store, version, filter, sort, isHeld, round]);

  return order;
}

function useResortRound(isNeeded: boolean): number {
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!isNeeded) return;
    const timer = setInterval(() => setRound(last => last + 1), RESORT_MS);
    return () => clearInterval(timer);
  }, [isNeeded]);
  return round;
}
