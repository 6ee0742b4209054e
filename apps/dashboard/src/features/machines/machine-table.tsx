import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { useWidthStep } from '../../ui/use-media.ts';
import { columnsOfStep, WIDTH_STEPS } from './columns.ts';
import type { Column } from './columns.ts';
import { MachineLine } from './machine-line.tsx';
import type { MachineStore } from './machine-store.ts';
import classes from './machine-table.module.css';
import type { Sort } from './sort-machines.ts';
import { TableHeader } from './table-header.tsx';

const ROW_PX = 34;
const COMPACT_ROW_PX = 54;
const OVERSCAN = 8;

interface TableProps {
  readonly network: string;
  readonly store: MachineStore;
  readonly order: readonly string[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly hold: { readonly onPointerMove: () => void; readonly onPointerLeave: () => void };
  /** Told which machines are in the page, whenever that changes. */
  readonly onWatch: (names: readonly string[]) => void;
}

/** The machines that are in view, as a table that knows how long it really is. */
export function MachineTable({ network, store, order, sort, onSort, hold, onWatch }: TableProps) {
  const step = useWidthStep(WIDTH_STEPS);
  const columns = columnsOfStep(step);
  const isCompact = step === 0;
  const body = useRef<HTMLTableSectionElement>(null);
  const { lines, beforePx, afterPx } = useVisibleLines(body, order, isCompact ? COMPACT_ROW_PX : ROW_PX);
  useReportWatched(lines, onWatch);
  return (
    <table className={classes.table} data-compact={isCompact} aria-rowcount={order.length + 1}>
      <caption>{fill(messages.table.caption, { network })}</caption>
      <ColumnWidths columns={columns} />
      <TableHeader columns={columns} sort={sort} onSort={onSort} isCompact={isCompact} />
      <tbody ref={body} {...hold}>
        <Spacer heightPx={beforePx} />
        {lines.map(({ name, index }) => (
          <MachineLine
            key={name}
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

function ColumnWidths({ columns }: { columns: readonly Column[] }) {
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

interface Line {
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
  const lines = items.flatMap(({ index }): Line[] => {
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

function useReportWatched(lines: readonly Line[], onWatch: (names: readonly string[]) => void): void {
  const key = lines.map(line => line.name).join('\n');
  useEffect(() => onWatch(key === '' ? [] : key.split('\n')), [key, onWatch]);
}
