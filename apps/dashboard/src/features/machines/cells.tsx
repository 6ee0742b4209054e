import type { ReactNode } from 'react';
import { counted, fill, messages } from '../../messages/text.ts';
import { formatBytes, formatDuration, formatLoad, formatPercent, formatRate } from '../../ui/format.ts';
import { Meter } from '../../ui/meter.tsx';
import classes from './machine-table.module.css';
import type { MachineRow } from './machine-row.ts';
import { fullestDisk, type SortKey } from './sort-machines.ts';
import { Age, StateText } from './state-text.tsx';
import { levelOf } from './thresholds.ts';

/** What a cell shows, and what it says when pointed at. */
export interface CellContent {
  readonly content: ReactNode;
  readonly hint?: string | undefined;
}

/** The content of every column but the first. Plain elements only: this is drawn some hundred times a second. */
export const CELLS: Readonly<Record<Exclude<SortKey, 'machine'>, (row: MachineRow, isStale: boolean) => CellContent>> =
  {
    state: row => ({ content: <StateText row={row} /> }),
    cpu: (row, isStale) => percentCell('cpu', row.values?.cpu, isStale),
    memory: (row, isStale) => ({ ...percentCell('memory', row.values?.memory, isStale), hint: memoryHint(row) }),
    disk: (row, isStale) => ({ ...percentCell('disk', fullestDisk(row), isStale), hint: diskHint(row) }),
    netIn: row => numberCell(row.values?.netIn, formatRate),
    netOut: row => numberCell(row.values?.netOut, formatRate),
    load: loadCell,
    uptime: row => numberCell(row.values?.uptime, formatDuration),
    age: row => ({ content: <Age valuesAt={row.valuesAt} /> }),
  };

const NO_VALUE = (
  <span aria-label={messages.table.noValueSpoken} role="img">
    {messages.table.noValue}
  </span>
);

type Percent = number | null | undefined;

function percentCell(metric: 'cpu' | 'memory' | 'disk', percent: Percent, isStale: boolean): CellContent {
  if (percent == null) return { content: <span className={classes.noMeter}>{NO_VALUE}</span> };
  const level = levelOf(metric, percent);
  return { content: <Meter text={formatPercent(percent)} percent={percent} level={level} isStale={isStale} /> };
}

function numberCell(value: number | null | undefined, format: (value: number) => string): CellContent {
  return { content: value == null ? NO_VALUE : format(value) };
}

function loadCell({ values, agent }: MachineRow): CellContent {
  const load = values?.load1;
  if (load == null) return { content: NO_VALUE };
  const cores = agent?.cores;
  if (cores == null) return { content: formatLoad(load) };
  return {
    content: <span data-level={levelOf('loadPerCore', load / cores)}>{formatLoad(load)}</span>,
    hint: counted(messages.table.loadHint, cores, { load: formatLoad(load) }),
  };
}

function memoryHint({ values, agent }: MachineRow): string | undefined {
  if (values?.memoryUsed == null || agent?.memoryBytes == null) return undefined;
  return fill(messages.table.memoryHint, {
    used: formatBytes(values.memoryUsed),
    total: formatBytes(agent.memoryBytes),
  });
}

function diskHint({ values, fullestMount }: MachineRow): string | undefined {
  const parts: string[] = [];
  if (fullestMount !== null) parts.push(fill(messages.table.diskHint, { mount: fullestMount }));
  if (values?.disk != null) parts.push(fill(messages.table.diskRootHint, { root: formatPercent(values.disk) }));
  return parts.length > 0 ? parts.join('\n') : undefined;
}
