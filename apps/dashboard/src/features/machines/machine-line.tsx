import { memo, useCallback, useSyncExternalStore } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { useClockValue } from '../../ui/clock-context.ts';
import { formatFullMoment } from '../../ui/format.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { CELLS } from './cells.tsx';
import type { Column } from './columns.ts';
import type { MachineRow } from './machine-row.ts';
import type { MachineStore } from './machine-store.ts';
import classes from './machine-table.module.css';
import { StateText } from './state-text.tsx';

/** Values older than this are no longer how the machine is, only how it was. */
const STALE_MS = 30_000;

interface LineProps {
  readonly store: MachineStore;
  readonly name: string;
  /** Its place in the whole table, for screen readers: only the visible part is in the page. */
  readonly rowIndex: number;
  readonly columns: readonly Column[];
  /** At phone width the state stands below the name. */
  readonly isCompact: boolean;
}

/** One machine. It draws itself when its own row changes, and for no other reason. */
export const MachineLine = memo(function MachineLine({ store, name, rowIndex, columns, isCompact }: LineProps) {
  const subscribe = useCallback((changed: () => void) => store.subscribeRow(name, changed), [store, name]);
  const row = useSyncExternalStore(subscribe, () => store.row(name));
  const valuesAt = row?.valuesAt ?? null;
  const isOld = useClockValue(now => valuesAt !== null && now - valuesAt > STALE_MS);
  if (row === undefined) return null;
  const isStale = row.state === 'down' || isOld;
  return (
    <tr className={classes.line} data-state={row.state} aria-rowindex={rowIndex}>
      {columns.map(column =>
        column.key === 'machine' ? (
          <NameCell key="machine" row={row} isCompact={isCompact} />
        ) : (
          <ValueCell key={column.key} column={{ ...column, key: column.key }} row={row} isStale={isStale} />
        ),
      )}
    </tr>
  );
});

function NameCell({ row, isCompact }: { row: MachineRow; isCompact: boolean }) {
  return (
    <th scope="row" className={classes.name}>
      <div className={classes.nameLine}>
        <StateMark state={row.state} />
        <span className={classes.nameText} title={row.name}>
          {row.name}
        </span>
        {!isCompact && <Labels labels={row.labels} />}
      </div>
      {isCompact && <StateText row={row} />}
    </th>
  );
}

function Labels({ labels }: { labels: MachineRow['labels'] }) {
  if (labels.length === 0) return null;
  const text = labels.map(([key, value]) => `${key}=${value}`);
  return (
    <span className={classes.labels} title={text.join('\n')}>
      {text.map(label => (
        <span key={label} className={classes.label}>
          {label}
        </span>
      ))}
    </span>
  );
}

type ValueColumn = Column & { readonly key: keyof typeof CELLS };

function ValueCell({ column, row, isStale }: { column: ValueColumn; row: MachineRow; isStale: boolean }) {
  const { content, hint } = CELLS[column.key](row, isStale);
  const isValue = column.key !== 'state' && column.key !== 'age';
  const stale =
    isValue && isStale && row.valuesAt !== null
      ? fill(messages.table.lastKnown, { moment: formatFullMoment(row.valuesAt) })
      : undefined;
  return (
    <td className={classes.cell} data-align={column.align} data-stale={stale !== undefined} title={stale ?? hint}>
      {content}
    </td>
  );
}
