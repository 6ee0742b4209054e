import { Link } from '@tanstack/react-router';
import { memo, useMemo, useState } from 'react';
import type { MetricUnit } from '../../api/history-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Bar } from '../../ui/bar.tsx';
import { formatFullMoment } from '../../ui/format.ts';
import { formatOr } from '../charts/units.ts';
import classes from './rank-table.module.css';
import { RANK_KEYS, type Ranked, type RankKey, sortRanked } from './rank.ts';

const texts = messages.compare;

interface RankTableProps {
  readonly network: string;
  readonly ranked: readonly Ranked[];
  readonly unit: MetricUnit;
  /** Whose line stays in front. */
  readonly pinned: string | null;
  /** Whose line is in front because something points at it. */
  readonly pointed: string | null;
  readonly onPin: (machine: string | null) => void;
  readonly onPoint: (machine: string | null) => void;
}

/** The machines of the chart in numbers, ordered by one of them. */
export function RankTable({ network, ranked, unit, pinned, pointed, onPin, onPoint }: RankTableProps) {
  const [sort, setSort] = useState<RankKey>('mean');
  const sorted = useMemo(() => sortRanked(ranked, sort), [ranked, sort]);
  const greatest = Math.max(...ranked.map(({ mean }) => mean ?? 0), Number.MIN_VALUE);
  return (
    <div className={classes.scroll}>
      <table className={classes.table} onPointerLeave={() => onPoint(null)}>
        <caption>{texts.rankCaption}</caption>
        <thead>
          <tr>
            {RANK_KEYS.map(key => (
              <HeaderCell key={key} column={key} isSorted={key === sort} onSort={() => setSort(key)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map(one => (
            <Line
              key={one.machine}
              {...{ network, one, unit, greatest, onPin, onPoint }}
              isPinned={one.machine === pinned}
              isPointed={one.machine === pointed}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps extends Pick<RankTableProps, 'network' | 'unit' | 'onPin' | 'onPoint'> {
  readonly one: Ranked;
  /** The greatest average of all, at least a little. */
  readonly greatest: number;
  readonly isPinned: boolean;
  readonly isPointed: boolean;
}

/** One machine. There may be thousands: a pointer that moves on has two of them drawn anew, not all. */
const Line = memo(function Line({ network, one, unit, greatest, isPinned, isPointed, onPin, onPoint }: LineProps) {
  return (
    <tr
      data-pointed={isPointed || undefined}
      data-pinned={isPinned || undefined}
      onPointerEnter={() => onPoint(one.machine)}
    >
      <NameCell network={network} machine={one.machine} isPinned={isPinned} onPin={onPin} />
      <td>{formatOr(unit, one.last, messages.table.noValue)}</td>
      <td>
        <span className={classes.mean}>
          {formatOr(unit, one.mean, messages.table.noValue)}
          <Bar share={(one.mean ?? 0) / greatest} className={classes.track} />
        </span>
      </td>
      <td title={highestAt(one)}>{formatOr(unit, one.max, messages.table.noValue)}</td>
    </tr>
  );
});

interface HeaderCellProps {
  readonly column: RankKey;
  readonly isSorted: boolean;
  readonly onSort: () => void;
}

function HeaderCell({ column, isSorted, onSort }: HeaderCellProps) {
  const label = texts.column[column];
  const direction = column === 'machine' ? 'ascending' : 'descending';
  return (
    <th scope="col" aria-sort={isSorted ? direction : undefined}>
      <button type="button" title={fill(texts.sortHint, { column: label })} onClick={onSort}>
        {label}
      </button>
    </th>
  );
}

interface NameCellProps {
  readonly network: string;
  readonly machine: string;
  readonly isPinned: boolean;
  readonly onPin: (machine: string | null) => void;
}

function NameCell({ network, machine, isPinned, onPin }: NameCellProps) {
  return (
    <th scope="row">
      <span className={classes.name}>
        <button
          type="button"
          className={classes.pin}
          aria-pressed={isPinned}
          aria-label={fill(texts.pin, { machine })}
          title={fill(isPinned ? texts.unpin : texts.pin, { machine })}
          onClick={() => onPin(isPinned ? null : machine)}
        />
        <Link to="/machines/$network/$machine" params={{ network, machine }} title={fill(texts.open, { machine })}>
          {machine}
        </Link>
      </span>
    </th>
  );
}

function highestAt({ maxAtMs }: Ranked): string | undefined {
  return maxAtMs === null ? undefined : fill(texts.highestAt, { moment: formatFullMoment(maxAtMs) });
}
