import { useMemo, useRef } from 'react';
import { fill } from '../../messages/text.ts';
import { useWidthStep } from '../../ui/use-media.ts';
import { type Column, WIDTH_STEPS } from './columns.ts';
import { GroupHead } from './group-head.tsx';
import { columnsOf } from './list-kind.ts';
import { ListLine } from './list-line.tsx';
import classes from './list-table.module.css';
import type { ListViewProps } from './list-view.ts';
import type { StateRow } from './state-row.ts';
import { TableHeader } from './table-header.tsx';
import { useVisibleParts } from './use-visible-parts.ts';

/** Of a group's head. */
const HEAD_PX = 34;

/** The rows that are in view, as a table that knows how long it really is. */
export function ListTable<Row extends StateRow>(props: ListViewProps<Row>) {
  const { kind, network, store, partsFor, groupedBy, onFold, sort, onSort, hold, press, onWatch } = props;
  const step = useWidthStep(WIDTH_STEPS);
  const columns = kind.columnsByStep[step] ?? columnsOf(kind);
  const isCompact = step === 0;
  const rowPx = isCompact ? kind.compactRowPx : kind.rowPx;
  const element = useRef<HTMLTableSectionElement>(null);
  const parts = useMemo(() => partsFor(1), [partsFor]);
  const { visible, beforePx, afterPx } = useVisibleParts({ element, parts, headPx: HEAD_PX, rowPx, onWatch });
  return (
    <table
      className={classes.table}
      style={{ '--row': `${rowPx}px`, '--head': `${HEAD_PX}px` } as React.CSSProperties}
      data-compact={isCompact}
      aria-rowcount={parts.length + 1}
    >
      <caption>{fill(kind.texts.caption, { network })}</caption>
      <ColumnWidths columns={columns} />
      <TableHeader texts={kind.texts} {...{ columns, sort, onSort, isCompact }} />
      <tbody ref={element} {...hold} {...press}>
        <Spacer heightPx={beforePx} />
        {visible.flatMap(({ part, index }) =>
          part.kind === 'head' ? (
            <tr key={part.key} className={classes.head} aria-rowindex={index + 2}>
              <td colSpan={columns.length}>
                <GroupHead label={groupedBy} group={part.group} isFolded={part.isFolded} onFold={onFold} />
              </td>
            </tr>
          ) : (
            // One array of lines, not an array in an array: React would draw all of them anew for each that comes.
            part.names.map(name => (
              <ListLine key={name} rowIndex={index + 2} {...{ kind, store, name, columns, isCompact }} />
            ))
          ),
        )}
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
