import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { ListKind } from '../list/list-kind.ts';
import { ListSkeleton } from '../list/list-skeleton.tsx';
import { LiveList } from '../list/live-list.tsx';
import type { RowStore } from '../list/row-store.ts';
import type { StateRow } from '../list/state-row.ts';
import { ReadFailed } from './network-states.tsx';

interface ViewedListProps<Row extends StateRow> {
  readonly network: string;
  readonly kind: ListKind<Row>;
  readonly list: UseQueryResult<unknown>;
  readonly store: RowStore<Row>;
  /** In place of a list without a line. */
  readonly Empty: ComponentType<{ network: string }>;
  readonly onWatch: (names: readonly string[]) => void;
}

/** A list in whichever state it is: not read yet, failed, empty, or there. */
export function ViewedList<Row extends StateRow>(props: ViewedListProps<Row>) {
  const { network, kind, list, store, Empty, onWatch } = props;
  if (list.data === undefined && list.error !== null) {
    return <ReadFailed error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (isWaiting(list, store)) return <ListSkeleton kind={kind} />;
  const counts = store.counts();
  if (counts.total === 0) return <Empty network={network} />;
  return <LiveList {...{ network, kind, store, counts, onWatch }} />;
}

/** Whether a list is still on its way; what has come is in the store a moment later. */
export function isWaiting<Row extends StateRow>(
  list: Pick<UseQueryResult<unknown>, 'error'>,
  store: RowStore<Row>,
): boolean {
  return store.heardAt() === 0 && list.error === null;
}
