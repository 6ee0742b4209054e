import { useCallback, useSyncExternalStore } from 'react';
import type { RowStore } from './row-store.ts';
import type { StateRow } from './state-row.ts';

/** One row of a list; the component is drawn again when that row changes, and for no other. */
export function useRow<Row extends StateRow>(store: RowStore<Row>, name: string): Row | undefined {
  const subscribe = useCallback((changed: () => void) => store.subscribeRow(name, changed), [store, name]);
  return useSyncExternalStore(subscribe, () => store.row(name));
}
