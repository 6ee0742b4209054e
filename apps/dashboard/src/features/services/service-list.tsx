import { lazy } from 'react';
import { messages } from '../../messages/text.ts';
import { type Column, columnsByStep } from '../list/columns.ts';
import type { ListKind } from '../list/list-kind.ts';
import { badnessOf } from '../list/sorting.ts';
import { Age } from '../list/state-text.tsx';
import { latencyCell, nameCell, stateCell, uptimeCell } from './cells.tsx';
import type { Period, ServiceRow } from './service-row.ts';

const TEXT = { isValue: false, isLive: false, align: 'left', widthPx: null } as const;
const NUMBER = { isValue: false, isLive: false, align: 'right', first: 'descending' } as const;
/** The worst first. */
const UPTIME = { ...NUMBER, widthPx: 84, first: 'ascending' } as const;

/** Of the past, so not for everybody. */
const PAST: ReadonlySet<string> = new Set<Period>(['day', 'week', 'month']);

function uptimeOf(period: Period): Pick<Column<ServiceRow>, 'valueOf' | 'cell'> {
  return { valueOf: row => row.uptime?.[period] ?? null, cell: row => uptimeCell(row, period) };
}

const COLUMNS: readonly Column<ServiceRow>[] = [
  { ...TEXT, key: 'service', fromStep: 0, first: 'ascending', valueOf: row => row.name, cell: nameCell },
  { ...TEXT, key: 'state', fromStep: 1, first: 'descending', valueOf: badnessOf, cell: stateCell },
  {
    ...NUMBER,
    key: 'latency',
    widthPx: 116,
    compactPx: 84,
    fromStep: 0,
    valueOf: row => row.latencyMs,
    cell: latencyCell,
  },
  { ...UPTIME, ...uptimeOf('day'), key: 'day', compactPx: 80, fromStep: 0 },
  { ...UPTIME, ...uptimeOf('week'), key: 'week', fromStep: 2 },
  { ...UPTIME, ...uptimeOf('month'), key: 'month', fromStep: 1 },
  {
    ...NUMBER,
    key: 'age',
    widthPx: 84,
    fromStep: 3,
    // The longer ago, the greater its age.
    valueOf: row => (row.checkedAt === null ? null : -row.checkedAt),
    cell: row => ({ content: <Age at={row.checkedAt} /> }),
  },
];

/** The list of services. */
export const SERVICE_LIST: ListKind<ServiceRow> = {
  texts: messages.services,
  columnsByStep: columnsByStep(COLUMNS),
  rowPx: 52,
  compactRowPx: 72,
  grid: { tilePx: 94, Grid: lazy(async () => ({ default: (await import('./service-grid.tsx')).ServiceGrid })) },
  labelsOf: ({ kind }) => [[messages.services.kind, kind]],
  textsOf: ({ kind, target, detail }) => [kind, target ?? '', detail ?? ''],
  // What it says of itself is as old as its last check, and the verdict tells when that is too old.
  valuesAt: () => null,
};

/** The same for whoever may see the present only. */
export const SERVICE_LIST_NOW: ListKind<ServiceRow> = {
  ...SERVICE_LIST,
  texts: {
    ...messages.services,
    columnHint: { ...messages.services.columnHint, latency: messages.services.latencyNow },
  },
  columnsByStep: columnsByStep(COLUMNS.filter(({ key }) => !PAST.has(key))),
};
