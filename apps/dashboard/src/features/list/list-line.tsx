import { memo } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { formatFullMoment } from '../../ui/format.ts';
import type { Column } from './columns.ts';
import type { ListKind } from './list-kind.ts';
import classes from './list-table.module.css';
import type { RowStore } from './row-store.ts';
import type { StateRow } from './state-row.ts';
import { useLook } from './use-look.ts';
import { useRow } from './use-row.ts';

interface LineProps<Row extends StateRow> {
  readonly kind: ListKind<Row>;
  readonly store: RowStore<Row>;
  readonly name: string;
  /** Its place in the whole table, for screen readers: only the visible part is in the page. */
  readonly rowIndex: number;
  readonly columns: readonly Column<Row>[];
  readonly isCompact: boolean;
}

function Line<Row extends StateRow>({ kind, store, name, rowIndex, columns, isCompact }: LineProps<Row>) {
  const row = useRow(store, name);
  const look = useLook(kind, row, isCompact);
  if (row === undefined) return null;
  return (
    <tr className={classes.line} data-row={name} data-state={row.state} aria-rowindex={rowIndex}>
      {columns.map((column, index) => {
        const { content, hint } = column.cell(row, look);
        if (index === 0) {
          return (
            <th key={column.key} scope="row" className={classes.name} title={hint}>
              {content}
            </th>
          );
        }
        const isStale = column.isValue && look.isStale;
        return (
          <td
            key={column.key}
            className={classes.cell}
            data-align={column.align}
            data-stale={isStale}
            title={isStale ? lastKnown(kind.valuesAt(row)) : hint}
          >
            {content}
          </td>
        );
      })}
    </tr>
  );
}

/** One line of a list. It draws itself when its own row changes, and for no other reason. */
export const ListLine = memo(Line) as typeof Line;

function lastKnown(valuesAt: number | null): string | undefined {
  return valuesAt === null ? undefined : fill(messages.table.lastKnown, { moment: formatFullMoment(valuesAt) });
}
