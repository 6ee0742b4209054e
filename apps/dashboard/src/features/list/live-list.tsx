import { Suspense, useCallback, useDeferredValue, useEffect } from 'react';
import type { StateCounts } from '../../api/client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { rememberOrder } from '../shell/home-order.ts';
import { partsOf, rowParts } from './groups.ts';
import { columnsOf, type ListKind, type ListTexts } from './list-kind.ts';
import { ListTable } from './list-table.tsx';
import type { RowStore } from './row-store.ts';
import type { StateRow } from './state-row.ts';
import { OrderSelect, Toolbar } from './toolbar.tsx';
import { type Grouping, useGroups } from './use-groups.ts';
import { useLayout } from './use-layout.ts';
import { useOrder } from './use-order.ts';
import { usePointerHold } from './use-pointer-hold.ts';
import { useRowPress } from './use-row-press.ts';
import { useSort } from './use-sort.ts';

interface LiveListProps<Row extends StateRow> {
  readonly kind: ListKind<Row>;
  readonly network: string;
  readonly store: RowStore<Row>;
  readonly counts: StateCounts;
  /** Told which names are in the page, whenever that changes. */
  readonly onWatch: (names: readonly string[]) => void;
}

/** A list that is filtered, ordered and grouped by whoever looks, all kept in the address, and that changes meanwhile. */
export function LiveList<Row extends StateRow>({ kind, network, store, counts, onWatch }: LiveListProps<Row>) {
  const [filter, setFilter] = useUrlParam('q');
  const [sort, setSort] = useSort(columnsOf(kind));
  const [layout, setLayout] = useLayout();
  const [isHeld, hold] = usePointerHold();
  const press = useRowPress(kind.pageOf, network);
  // Typing stays smooth however long the table is.
  const applied = useDeferredValue(filter);
  const order = useOrder({ kind, store, filter: applied, sort, isHeld });
  // The keys on the page of a machine walk along what was shown here.
  useEffect(() => {
    if (kind.pageOf !== undefined) rememberOrder(network, order);
  }, [kind, network, order]);
  const grouping = useGroups(kind, store, order);
  const partsFor = usePartsFor(order, grouping);
  const { texts } = kind;
  const bar = (
    <Toolbar
      {...{ texts, filter, grouping, layout }}
      shown={order.length}
      total={counts.total}
      onFilter={setFilter}
      onLayout={setLayout}
      order={layout === 'grid' && <OrderSelect {...{ texts, sort }} columns={columnsOf(kind)} onSort={setSort} />}
    />
  );
  const hasNoMatch = order.length === 0 && applied.trim() !== '';
  const view = {
    kind,
    network,
    store,
    partsFor,
    sort,
    hold,
    press,
    onWatch,
    onSort: setSort,
    groupedBy: grouping.by,
    onFold: grouping.onFold,
  };
  return (
    <>
      <Panel>
        {bar}
        {hasNoMatch && <NoMatch texts={texts} filter={applied} total={counts.total} onClear={() => setFilter('')} />}
        {!hasNoMatch && layout === 'table' && <ListTable {...view} />}
      </Panel>
      {!hasNoMatch && layout === 'grid' && (
        <Suspense fallback={null}>
          <kind.grid.Grid {...view} />
        </Suspense>
      )}
    </>
  );
}

function usePartsFor(order: readonly string[], { groups, folded }: Grouping) {
  return useCallback(
    (perLine: number) => (groups === null ? rowParts(order, perLine) : partsOf(groups, folded, perLine)),
    [order, groups, folded],
  );
}

interface NoMatchProps {
  readonly texts: ListTexts;
  readonly filter: string;
  readonly total: number;
  readonly onClear: () => void;
}

function NoMatch({ texts, filter, total, onClear }: NoMatchProps) {
  return (
    <Notice
      title={fill(texts.noMatch, { filter })}
      action={
        <Button size="small" onClick={onClear}>
          {messages.filter.clear}
        </Button>
      }
    >
      <p>{counted(texts.howMany, total)}</p>
    </Notice>
  );
}
