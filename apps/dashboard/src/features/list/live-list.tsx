import { Button } from '@mantine/core';
import { useDeferredValue } from 'react';
import type { StateCounts } from '../../api/client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { columnsOf, type ListKind, type ListTexts } from './list-kind.ts';
import { ListTable } from './list-table.tsx';
import type { RowStore } from './row-store.ts';
import type { StateRow } from './state-row.ts';
import { Toolbar } from './toolbar.tsx';
import { useOrder } from './use-order.ts';
import { usePointerHold } from './use-pointer-hold.ts';
import { useSort } from './use-sort.ts';

interface LiveListProps<Row extends StateRow> {
  readonly kind: ListKind<Row>;
  readonly network: string;
  readonly store: RowStore<Row>;
  readonly counts: StateCounts;
  /** Told which names are in the page, whenever that changes. */
  readonly onWatch: (names: readonly string[]) => void;
}

/** A list that is filtered and ordered by whoever looks, both kept in the address, and that changes while it is looked at. */
export function LiveList<Row extends StateRow>({ kind, network, store, counts, onWatch }: LiveListProps<Row>) {
  const [filter, setFilter] = useUrlParam('q');
  const [sort, setSort] = useSort(columnsOf(kind));
  const [isHeld, hold] = usePointerHold();
  // Typing stays smooth however long the table is.
  const applied = useDeferredValue(filter);
  const order = useOrder({ kind, store, filter: applied, sort, isHeld });
  const hasNoMatch = order.length === 0 && applied.trim() !== '';
  const { texts } = kind;
  return (
    <Panel>
      <Toolbar texts={texts} filter={filter} onFilter={setFilter} counts={counts} shown={order.length} />
      {hasNoMatch ? (
        <NoMatch texts={texts} filter={applied} total={counts.total} onClear={() => setFilter('')} />
      ) : (
        <ListTable {...{ kind, network, store, order, sort, hold, onWatch }} onSort={setSort} />
      )}
    </Panel>
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
        <Button size="xs" variant="default" onClick={onClear}>
          {messages.filter.clear}
        </Button>
      }
    >
      <p>{counted(texts.howMany, total)}</p>
    </Notice>
  );
}
