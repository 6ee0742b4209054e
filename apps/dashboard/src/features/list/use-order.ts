import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { keepOrder } from './keep-order.ts';
import { columnsOf, type ListKind } from './list-kind.ts';
import { matchesFilter } from './matches-filter.ts';
import type { RowStore } from './row-store.ts';
import { badnessOf, type Sort, sortRows } from './sorting.ts';
import type { StateRow } from './state-row.ts';

/** How often an order by a live value is made anew. */
const RESORT_MS = 10_000;

interface OrderOptions<Row extends StateRow> {
  readonly kind: ListKind<Row>;
  readonly store: RowStore<Row>;
  readonly filter: string;
  readonly sort: Sort;
  readonly isHeld: boolean;
}

/**
 * The names to show, in order. What somebody asks for (filter, order) happens at once; what happens by itself waits
 * while `isHeld`, so that no line moves away under the pointer.
 */
export function useOrder<Row extends StateRow>(options: OrderOptions<Row>): readonly string[] {
  const { kind, store, filter, sort, isHeld } = options;
  const version = useSyncExternalStore(store.subscribeList, store.version);
  const column = columnsOf(kind).find(({ key }) => key === sort.key);
  const round = useResortRound(column?.isLive ?? false);
  const [order, setOrder] = useState<readonly string[]>([]);
  const asked = useRef({ filter, sort });

  useLayoutEffect(() => {
    const isAskedFor = asked.current.filter !== filter || asked.current.sort !== sort;
    asked.current = { filter, sort };
    const matching = store.rows().filter(row => matchesFilter(row, kind.textsOf(row), filter));
    const wanted = sortRows(matching, sort.direction, column?.valueOf ?? badnessOf);
    setOrder(shown => (isHeld && !isAskedFor ? keepOrder(shown, wanted) : wanted));
  }, [kind, store, version, filter, sort, column, isHeld, round]);

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
