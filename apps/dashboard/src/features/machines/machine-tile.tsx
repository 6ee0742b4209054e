import { messages } from '../../messages/text.ts';
import { Bar } from '../../ui/bar.tsx';
import { formatLoad, formatPercent, formatRate } from '../../ui/format.ts';
import { levelOf } from '../../ui/thresholds.ts';
import type { Look } from '../list/columns.ts';
import { Age, StateText } from '../list/state-text.tsx';
import { NameLine } from '../list/name-line.tsx';
import { Checks } from './checks.tsx';
import { fullestDisk } from './fullest-disk.ts';
import { MachineLink } from './machine-link.tsx';
import type { MachineRow } from './machine-row.ts';
import classes from './machine-tile.module.css';

const { column, columnShort, live } = messages.machines;

/** A machine as one of many side by side: for a screen on a wall. */
export function MachineTile({ row, look }: { row: MachineRow; look: Look }) {
  const { values } = row;
  return (
    <>
      <div className={classes.top}>
        <NameLine row={row} link={<MachineLink network={row.network} name={row.name} />}>
          <Checks checks={row.checks} />
        </NameLine>
        <span className={classes.age}>
          <Age at={row.valuesAt} fresh={live} />
        </span>
      </div>
      <div className={classes.second}>{row.state === 'up' ? <Flow row={row} /> : <StateText row={row} />}</div>
      <div className={classes.meters} data-stale={look.isStale}>
        <TileMeter metric="cpu" title={column.cpu} percent={values?.cpu ?? null} look={look} />
        <TileMeter metric="memory" title={columnShort.memory} percent={values?.memory ?? null} look={look} />
        <TileMeter metric="disk" title={column.disk} percent={fullestDisk(row)} look={look} />
      </div>
    </>
  );
}

/** What goes through it, where it has nothing to say of its state. */
function Flow({ row: { values } }: { row: MachineRow }) {
  if (values === null) return null;
  const { netIn, netOut, load1 } = values;
  return (
    <span className={classes.flow}>
      {netIn !== null && <span title={messages.machines.columnHint.netIn}>↓ {formatRate(netIn)}</span>}
      {netOut !== null && <span title={messages.machines.columnHint.netOut}>↑ {formatRate(netOut)}</span>}
      {load1 !== null && (
        <span title={messages.machines.columnHint.load}>
          {column.load} {formatLoad(load1)}
        </span>
      )}
    </span>
  );
}

interface TileMeterProps {
  readonly metric: 'cpu' | 'memory' | 'disk';
  readonly title: string;
  readonly percent: number | null;
  readonly look: Look;
}

function TileMeter({ metric, title, percent, look }: TileMeterProps) {
  const level = percent === null ? 'none' : levelOf(metric, percent);
  return (
    <span className={classes.meter} data-level={level}>
      <span className={classes.title}>{title}</span>
      <span className={classes.number}>{percent === null ? messages.table.noValue : formatPercent(percent)}</span>
      <Bar
        share={(percent ?? 0) / 100}
        level={look.isStale || level === 'none' ? 'stale' : level}
        className={classes.track}
      />
    </span>
  );
}
