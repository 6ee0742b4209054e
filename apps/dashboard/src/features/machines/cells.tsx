import { counted, fill, messages } from '../../messages/text.ts';
import { formatBytes, formatFullMoment, formatLoad, formatPercent } from '../../ui/format.ts';
import { Meter } from '../../ui/meter.tsx';
import { levelOf } from '../../ui/thresholds.ts';
import type { CellContent, Look } from '../list/columns.ts';
import { NameLine } from '../list/name-line.tsx';
import { NO_VALUE } from '../list/no-value.tsx';
import { StateText } from '../list/state-text.tsx';
import { Checks } from './checks.tsx';
import { fullestDisk } from './fullest-disk.ts';
import classes from './machine-cells.module.css';
import { MachineLink } from './machine-link.tsx';
import type { MachineRow } from './machine-row.ts';

/** The name, and what there is no column for. */
export function nameCell(row: MachineRow, { isCompact }: Look): CellContent {
  const labels = row.labels.map(([key, value]) => `${key}=${value}`);
  return {
    hint: [row.name, ...labels].join('\n'),
    content: (
      <>
        <NameLine row={row} link={<MachineLink network={row.network} name={row.name} />}>
          <Checks checks={row.checks} />
          {!isCompact && labels.length > 0 && <Labels labels={labels} />}
        </NameLine>
        {isCompact && (
          <div className={classes.below}>
            <StateText row={row} />
          </div>
        )}
      </>
    ),
  };
}

function Labels({ labels }: { labels: readonly string[] }) {
  return (
    <span className={classes.labels}>
      {labels.map(label => (
        <span key={label} className={classes.label}>
          {label}
        </span>
      ))}
    </span>
  );
}

/** How it is and for how long; of one that is paused, by whom and what for. */
export function stateCell(row: MachineRow): CellContent {
  return { content: <StateText row={row} />, hint: pauseHint(row) };
}

function pauseHint({ pause }: MachineRow): string | undefined {
  if (pause == null) return undefined;
  const { by, until, note } = pause;
  const parts = [fill(messages.home.pause.by, { by })];
  if (until !== null) parts.push(fill(messages.home.pause.until, { moment: formatFullMoment(Date.parse(until)) }));
  return note === null ? parts.join(' ') : `${parts.join(' ')}\n${note}`;
}

type Percent = number | null | undefined;

export function percentCell(metric: 'cpu' | 'memory' | 'disk', percent: Percent, { isStale }: Look): CellContent {
  if (percent == null) return { content: <span className={classes.noMeter}>{NO_VALUE}</span> };
  const level = levelOf(metric, percent);
  return { content: <Meter text={formatPercent(percent)} percent={percent} level={level} isStale={isStale} /> };
}

export function memoryCell(row: MachineRow, look: Look): CellContent {
  return { ...percentCell('memory', row.values?.memory, look), hint: memoryHint(row) };
}

export function diskCell(row: MachineRow, look: Look): CellContent {
  return { ...percentCell('disk', fullestDisk(row), look), hint: diskHint(row) };
}

export function loadCell({ values, agent }: MachineRow): CellContent {
  const load = values?.load1;
  if (load == null) return { content: NO_VALUE };
  const cores = agent?.cores;
  if (cores == null) return { content: formatLoad(load) };
  return {
    content: <span data-level={levelOf('loadPerCore', load / cores)}>{formatLoad(load)}</span>,
    hint: counted(messages.machines.loadHint, cores, { load: formatLoad(load) }),
  };
}

function memoryHint({ values, agent }: MachineRow): string | undefined {
  if (values?.memoryUsed == null || agent?.memoryBytes == null) return undefined;
  return fill(messages.machines.memoryHint, {
    used: formatBytes(values.memoryUsed),
    total: formatBytes(agent.memoryBytes),
  });
}

function diskHint({ values, fullestMount }: MachineRow): string | undefined {
  const parts: string[] = [];
  if (fullestMount !== null) parts.push(fill(messages.machines.diskHint, { mount: fullestMount }));
  if (values?.disk != null) parts.push(fill(messages.machines.diskRootHint, { root: formatPercent(values.disk) }));
  return parts.length > 0 ? parts.join('\n') : undefined;
}
