import { fill, messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import type { Column } from './columns.ts';
import { FilterBox } from './filter-box.tsx';
import type { ListTexts } from './list-kind.ts';
import type { Sort } from './sorting.ts';
import classes from './toolbar.module.css';
import type { Layout } from './use-layout.ts';
import type { Grouping } from './use-groups.ts';

const { home } = messages;

interface ToolbarProps {
  readonly texts: ListTexts;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly shown: number;
  readonly total: number;
  readonly grouping: Grouping;
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
  /** Where the list has no headers to press. */
  readonly order: React.ReactNode;
}

/** What narrows a list, and how it is laid out. */
export function Toolbar({ texts, filter, onFilter, shown, total, grouping, layout, onLayout, order }: ToolbarProps) {
  return (
    <div className={classes.toolbar} role="search">
      <FilterBox texts={texts} filter={filter} onFilter={onFilter} />
      {filter !== '' && (
        <span className={classes.showing} role="status">
          {fill(messages.filter.showing, { shown, total })}
        </span>
      )}
      <div className={classes.looks}>
        {order}
        <GroupSelect {...grouping} />
        <Segmented label={home.layout.label} segments={LAYOUTS} value={layout} onChange={onLayout} />
      </div>
    </div>
  );
}

const LAYOUTS = [
  { value: 'table', hint: home.layout.table, label: <Icon name="list" /> },
  { value: 'grid', hint: home.layout.grid, label: <Icon name="grid" /> },
] as const;

function GroupSelect({ by, choices, onBy }: Grouping) {
  if (choices.length === 0) return null;
  const labels = choices.map(label => ({ value: label, label: fill(home.group.by, { label }) }));
  return (
    <Select
      label={home.group.label}
      value={by}
      onChange={onBy}
      choices={[{ value: '', label: home.group.none }, ...labels]}
    />
  );
}

interface OrderSelectProps<Row> {
  readonly texts: ListTexts;
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** What the headers of a table do, for a list without. */
export function OrderSelect<Row>({ texts, columns, sort, onSort }: OrderSelectProps<Row>) {
  return (
    <Select
      label={home.sort.label}
      value={sort.key}
      onChange={chosen => {
        const column = columns.find(({ key }) => key === chosen);
        if (column !== undefined) onSort({ key: column.key, direction: column.first });
      }}
      choices={columns.map(({ key }) => ({
        value: key,
        label: fill(home.sort.by, { column: texts.column[key] ?? key }),
      }))}
    />
  );
}
