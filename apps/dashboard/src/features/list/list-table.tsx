import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { fill } from '../../messages/text.ts';
import { useWidthStep } from '../../ui/use-media.ts';
import { type Column, WIDTH_STEPS } from './columns.ts';
import { columnsOf, type ListKind } from './list-kind.ts';
import { ListLine } from './list-line.tsx';
import classes from './list-table.module.css';
import type { RowStore } from './row-store.ts';
import type { Sort } from './sorting.ts';
import type { StateRow } from './state-row.ts';
import { TableHeader } from './table-header.tsx';

const OVERSCAN = 8;

interface TableProps<Row extends StateRow> {
  readonly kind: ListKind<Row>;
  readonly network: string;
  readonly store: RowStore<Row>;
  readonly order: readonly string[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly hold: { readonly onPointerMove: () => void; readonly onPointerLeave: () => void };
  /** Told which names are in the page, whenever that changes. */
  readonly onWatch: (names: readonly string[]) => void;
}

/** The rows that are in view, as a table that knows how long it really is. */
export function ListTable<Row extends StateRow>(props: TableProps<Row>) {
  const { kind, network, store, order, sort, onSort, hold, onWatch } = props;
  const step = useWidthStep(WIDTH_STEPS);
  const columns = kind.columnsByStep[step] ?? columnsOf(kind);
  const isCompact = step === 0;
  const rowPx = isCompact ? kind.compactRowPx : kind.rowPx;
  const body = useRef<HTMLTableSectionElement>(null);
  const { lines, beforePx, afterPx } = useVisibleLines(body, order, rowPx);
  useReportWatched(lines, onWatch);
  return (
    <table
      className={classes.table}
      style={{ '--row': `${rowPx}px` } as React.CSSProperties}
      data-compact={isCompact}
      aria-rowcount={order.length + 1}
    >
      <caption>{fill(kind.texts.caption, { network })}</caption>
      <ColumnWidths columns={columns} />
      <TableHeader texts={kind.texts} {...{ columns, sort, onSort, isCompact }} />
      <tbody ref={body} {...hold}>
        <Spacer heightPx={beforePx} />
        {lines.map(({ name, index }) => (
          <ListLine
            key={name}
            kind={kind}
            store={store}
            name={name}
            rowIndex={index + 2}
            columns={columns}
            isCompact={isCompact}
          />
        ))}
        <Spacer heightPx={afterPx} />
      </tbody>
    </table>
  );
}

function ColumnWidths<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <colgroup>
      {columns.map(({ key, widthPx }) => (
        <col key={key} style={widthPx === null ? {} : { width: widthPx }} />
      ))}
    </colgroup>
  );
}

/** Stands for the lines that are not in the page. */
function Spacer({ heightPx }: { heightPx: number }) {
  return heightPx > 0 ? <tr aria-hidden="true" style={{ height: heightPx }} /> : null;
}

interface VisibleLine {
  readonly name: string;
  readonly index: number;
}

function useVisibleLines(
  body: React.RefObject<HTMLTableSectionElement | null>,
  order: readonly string[],
  rowPx: number,
) {
  const topPx = useTopOf(body);
  const virtualizer = useWindowVirtualizer({
    count: order.length,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    scrollMargin: topPx,
    getItemKey: index => order[index] ?? index,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  const items = virtualizer.getVirtualItems();
  const lines = items.flatMap(({ index }): VisibleLine[] => {
    const name = order[index];
    return name === undefined ? [] : [{ name, index }];
  });
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  return { lines, beforePx: first * rowPx, afterPx: Math.max(0, order.length - 1 - last) * rowPx };
}

/** Where an element starts in the page, in px from its top. */
function useTopOf(element: React.RefObject<HTMLElement | null>): number {
  const [topPx, setTopPx] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => {
      if (element.current !== null) setTopPx(Math.round(element.current.getBoundingClientRect().top + scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return topPx;
}

function useReportWatched(lines: readonly VisibleLine[], onWatch: (names: readonly string[]) => void): void {
  const key = lines.map(line => line.name).join('\n');
  useEffect(() => onWatch(key === '' ? [] : key.split('\n')), [key, onWatch]);
}
