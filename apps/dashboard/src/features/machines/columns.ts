import { DEFAULT_SORT, type Sort, type SortKey } from './sort-machines.ts';

/** A column of the table. It is shown from its step of {@link WIDTH_STEPS} on. */
export interface Column {
  readonly key: SortKey;
  /** `null`: it takes what the others leave. */
  readonly widthPx: number | null;
  readonly fromStep: number;
  readonly align: 'left' | 'right';
  /** Whether its values change by the second, so that an order by it does too. */
  readonly isLive: boolean;
}

/** Window widths in px from which on there is room for more columns. */
export const WIDTH_STEPS: readonly number[] = [640, 900, 1180];

const COLUMNS: readonly Column[] = [
  { key: 'machine', widthPx: null, fromStep: 0, align: 'left', isLive: false },
  { key: 'state', widthPx: 204, fromStep: 1, align: 'left', isLive: false },
  { key: 'cpu', widthPx: 122, fromStep: 0, align: 'left', isLive: true },
  { key: 'memory', widthPx: 122, fromStep: 0, align: 'left', isLive: true },
  { key: 'disk', widthPx: 122, fromStep: 0, align: 'left', isLive: true },
  { key: 'netIn', widthPx: 88, fromStep: 3, align: 'right', isLive: true },
  { key: 'netOut', widthPx: 88, fromStep: 3, align: 'right', isLive: true },
  { key: 'load', widthPx: 64, fromStep: 2, align: 'right', isLive: true },
  { key: 'uptime', widthPx: 76, fromStep: 3, align: 'right', isLive: false },
  { key: 'age', widthPx: 76, fromStep: 2, align: 'right', isLive: true },
];

/** At phone width a number and its bar share a column this wide. */
const COMPACT_WIDTH_PX = 56;

const COLUMNS_OF_STEP = [0, ...WIDTH_STEPS].map((_, step) =>
  COLUMNS.filter(column => column.fromStep <= step).map(column =>
    step === 0 && column.widthPx !== null ? { ...column, widthPx: COMPACT_WIDTH_PX } : column,
  ),
);

/** The columns there is room for; always the same array for the same step. */
export function columnsOfStep(step: number): readonly Column[] {
  return COLUMNS_OF_STEP[step] ?? COLUMNS;
}

export function isLiveSort(sort: Sort): boolean {
  return COLUMNS.find(column => column.key === sort.key)?.isLive ?? false;
}

/** What a click on a header asks for: its natural direction first, then the other, then the default order again. */
export function nextSort(current: Sort, clicked: SortKey): Sort {
  const natural = clicked === 'machine' ? 'ascending' : 'descending';
  if (current.key !== clicked) return { key: clicked, direction: natural };
  if (current.direction === natural)
    return { key: clicked, direction: natural === 'ascending' ? 'descending' : 'ascending' };
  return DEFAULT_SORT;
}
