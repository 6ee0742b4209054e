import { Fragment, type ReactNode } from 'react';
import classes from './records.module.css';
import { useWidthStep } from './use-media.ts';

/** One thing that is told of every entry. */
export interface RecordColumn<Item> {
  readonly key: string;
  readonly label: string;
  /** `null`: there is nothing to say of it; in a card it is left out. */
  readonly render: (item: Item) => ReactNode;
  /** `head`: what an entry is called, above the rest of its card; `end`: what can be done with it. */
  readonly part?: 'head' | 'end';
  /** Without one it takes what is left. */
  readonly widthPx?: number;
}

interface RecordsProps<Item> {
  /** What they are; read aloud, not shown. */
  readonly caption: string;
  readonly columns: readonly RecordColumn<Item>[];
  /** `null`: they are being read. */
  readonly items: readonly Item[] | null;
  readonly keyOf: (item: Item) => string | number;
  /** Whether it is still there, but no longer in use. */
  readonly isPast?: (item: Item) => boolean;
  /** Whether there are many, of a line each. */
  readonly isDense?: boolean;
}

const STEPS = [760] as const;
const NEVER = (): boolean => false;

/** A few entries and what is known of each: a table, and where that would be too wide, a card for each. */
export function Records<Item>({ caption, columns, items, keyOf, isPast = NEVER, isDense = false }: RecordsProps<Item>) {
  const isWide = useWidthStep(STEPS) === 1;
  if (items === null) return <Skeleton />;
  return isWide ? (
    <RecordTable {...{ caption, columns, items, keyOf, isPast, isDense }} />
  ) : (
    <ul className={classes.cards} aria-label={caption}>
      {items.map(item => (
        <li key={keyOf(item)} className={classes.card} data-past={isPast(item) || undefined}>
          <RecordCard columns={columns} item={item} />
        </li>
      ))}
    </ul>
  );
}

function RecordTable<Item>({
  caption,
  columns,
  items,
  keyOf,
  isPast,
  isDense,
}: Required<RecordsProps<Item>> & { items: readonly Item[] }) {
  return (
    <table className={classes.table} data-dense={isDense || undefined}>
      <caption>{caption}</caption>
      <colgroup>
        {columns.map(({ key, widthPx }) => (
          <col key={key} style={widthPx === undefined ? {} : { width: widthPx }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ key, label, part }) => (
            <th key={key} scope="col">
              <span className={part === 'end' ? classes.spoken : undefined}>{label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr key={keyOf(item)} data-past={isPast(item) || undefined}>
            {columns.map(column =>
              column.part === 'head' ? (
                <th key={column.key} scope="row">
                  {column.render(item)}
                </th>
              ) : (
                <td key={column.key} data-part={column.part}>
                  {column.render(item)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RecordCard<Item>({ columns, item }: { columns: readonly RecordColumn<Item>[]; item: Item }) {
  const of = (part: RecordColumn<Item>['part']): readonly RecordColumn<Item>[] =>
    columns.filter(column => column.part === part);
  const facts = of(undefined)
    .map(({ key, label, render }) => ({ key, label, text: render(item) }))
    .filter(({ text }) => text !== null);
  return (
    <>
      <div className={classes.cardHead}>
        <div className={classes.cardName}>
          {of('head').map(({ key, render }) => (
            <Fragment key={key}>{render(item)}</Fragment>
          ))}
        </div>
        {of('end').map(({ key, render }) => (
          <Fragment key={key}>{render(item)}</Fragment>
        ))}
      </div>
      <dl className={classes.facts}>
        {facts.map(({ key, label, text }) => (
          <Fragment key={key}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}

const SKELETON_LINES = [72, 54, 63] as const;

/** Shown only when reading takes long. */
function Skeleton() {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {SKELETON_LINES.map(percent => (
        <span key={percent} style={{ width: `${percent}%` }} />
      ))}
    </div>
  );
}
