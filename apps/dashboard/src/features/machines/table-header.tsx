import { messages } from '../../messages/text.ts';
import type { Column } from './columns.ts';
import { nextSort } from './columns.ts';
import classes from './machine-table.module.css';
import type { Sort, SortKey } from './sort-machines.ts';

interface HeaderProps {
  readonly columns: readonly Column[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly isCompact: boolean;
}

/** The column names; each is a button that orders the table. */
export function TableHeader({ columns, sort, onSort, isCompact }: HeaderProps) {
  return (
    <thead className={classes.header}>
      <tr aria-rowindex={1}>
        {columns.map(({ key, align }) => (
          <th key={key} scope="col" data-align={align} aria-sort={sort.key === key ? sort.direction : undefined}>
            <button type="button" title={messages.columnHint[key]} onClick={() => onSort(nextSort(sort, key))}>
              {isCompact ? shortName(key) : messages.column[key]}
              <SortArrow direction={sort.key === key ? sort.direction : null} />
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function shortName(key: SortKey): string {
  const short: Readonly<Partial<Record<SortKey, string>>> = messages.columnShort;
  return short[key] ?? messages.column[key];
}

function SortArrow({ direction }: { direction: Sort['direction'] | null }) {
  return (
    <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true" data-direction={direction ?? 'none'}>
      <path d="M4 1.5 7 6.5H1Z" fill="currentColor" />
    </svg>
  );
}
