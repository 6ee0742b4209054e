import { type Column, nextSort } from './columns.ts';
import classes from './list-table.module.css';
import type { ListTexts } from './list-kind.ts';
import type { Sort } from './sorting.ts';

interface HeaderProps<Row> {
  readonly texts: ListTexts;
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly isCompact: boolean;
}

/** The column names; each is a button that orders the table. */
export function TableHeader<Row>({ texts, columns, sort, onSort, isCompact }: HeaderProps<Row>) {
  return (
    <thead className={classes.header}>
      <tr aria-rowindex={1}>
        {columns.map(({ key, align, first }) => (
          <th key={key} scope="col" data-align={align} aria-sort={sort.key === key ? sort.direction : undefined}>
            <button type="button" title={texts.columnHint[key]} onClick={() => onSort(nextSort(sort, { key, first }))}>
              {isCompact ? (texts.columnShort[key] ?? texts.column[key]) : texts.column[key]}
              <SortArrow direction={sort.key === key ? sort.direction : null} />
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function SortArrow({ direction }: { direction: Sort['direction'] | null }) {
  return (
    <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true" data-direction={direction ?? 'none'}>
      <path d="M4 1.5 7 6.5H1Z" fill="currentColor" />
    </svg>
  );
}
