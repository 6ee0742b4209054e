import { lazy } from 'react';
import { messages } from '../../messages/text.ts';
import { formatDuration, formatRate } from '../../ui/format.ts';
import { type Column, columnsByStep } from '../list/columns.ts';
import type { ListKind } from '../list/list-kind.ts';
import { numberCell } from '../list/no-value.tsx';
import { badnessOf } from '../list/sorting.ts';
import { Age } from '../list/state-text.tsx';
import { diskCell, loadCell, memoryCell, nameCell, percentCell, stateCell } from './cells.tsx';
import { fullestDisk } from './fullest-disk.ts';
import { machinePage } from './machine-page-of.ts';
import type { MachineRow } from './machine-row.ts';

/** Who it is and how it is. */
const FACT = { isValue: false, isLive: false, align: 'left', first: 'descending' } as const;
/** What its agent says each second. */
const LIVE = { isValue: true, isLive: true, align: 'right', first: 'descending' } as const;
const METER = { ...LIVE, align: 'left', widthPx: 122, compactPx: 56, narrowPx: 96, widePx: 152, fromStep: 0 } as const;
const RATE = { ...LIVE, widthPx: 88, fromStep: 3 } as const;
const DISK_RATE = { ...RATE, fromStep: 4 } as const;

const COLUMNS: readonly Column<MachineRow>[] = [
  {
    ...FACT,
    key: 'machine',
    widthPx: null,
    fromStep: 0,
    first: 'ascending',
    valueOf: row => row.name,
    cell: nameCell,
  },
  {
    ...FACT,
    key: 'state',
    widthPx: 204,
    widePx: 232,
    fromStep: 1,
    valueOf: badnessOf,
    cell: stateCell,
  },
  {
    ...METER,
    key: 'cpu',
    valueOf: row => row.values?.cpu ?? null,
    cell: (row, look) => percentCell('cpu', row.values?.cpu, look),
  },
  { ...METER, key: 'memory', valueOf: row => row.values?.memory ?? null, cell: memoryCell },
  { ...METER, key: 'disk', valueOf: fullestDisk, cell: diskCell },
  {
    ...RATE,
    key: 'netIn',
    valueOf: row => row.values?.netIn ?? null,
    cell: row => numberCell(row.values?.netIn, formatRate),
  },
  {
    ...RATE,
    key: 'netOut',
    valueOf: row => row.values?.netOut ?? null,
    cell: row => numberCell(row.values?.netOut, formatRate),
  },
  {
    ...DISK_RATE,
    key: 'diskRead',
    valueOf: row => row.values?.diskRead ?? null,
    cell: row => numberCell(row.values?.diskRead, formatRate),
  },
  {
    ...DISK_RATE,
    key: 'diskWrite',
    valueOf: row => row.values?.diskWrite ?? null,
    cell: row => numberCell(row.values?.diskWrite, formatRate),
  },
  { ...LIVE, key: 'load', widthPx: 64, fromStep: 2, valueOf: row => row.values?.load1 ?? null, cell: loadCell },
  {
    ...LIVE,
    key: 'uptime',
    isLive: false,
    widthPx: 76,
    fromStep: 3,
    valueOf: row => row.values?.uptime ?? null,
    cell: row => numberCell(row.values?.uptime, formatDuration),
  },
  {
    ...LIVE,
    key: 'age',
    isValue: false,
    widthPx: 76,
    fromStep: 2,
    // The older the sample, the greater its age.
    valueOf: row => (row.valuesAt === null ? null : -row.valuesAt),
    cell: row => ({ content: <Age at={row.valuesAt} fresh={messages.machines.live} /> }),
  },
];

/** The list of machines. */
export const MACHINE_LIST: ListKind<MachineRow> = {
  texts: messages.machines,
  columnsByStep: columnsByStep(COLUMNS),
  rowPx: 34,
  compactRowPx: 54,
  grid: { tilePx: 94, Grid: lazy(async () => ({ default: (await import('./machine-grid.tsx')).MachineGrid })) },
  pageOf: machinePage,
  labelsOf: ({ labels }) => labels,
  textsOf: ({ labels }) => labels.map(([key, text]) => `${key}=${text}`),
  valuesAt: ({ valuesAt }) => valuesAt,
};
