import type { ReactNode } from 'react';
import { DEFAULT_SORT, type Sort, type SortValue } from './sorting.ts';

/** What a cell shows, and what it says when pointed at. */
export interface CellContent {
  readonly content: ReactNode;
  readonly hint?: string | undefined;
}

/** How a row is drawn. */
export interface Look {
  /** Its values are how it was, not how it is. */
  readonly isStale: boolean;
  /** At phone width: what has no column of its own is in the first. */
  readonly isCompact: boolean;
}

/** A column of a list. It is shown from its step of {@link WIDTH_STEPS} on. */
export interface Column<Row> {
  /** Names it in the address and in the texts of its list. */
  readonly key: string;
  /** `null`: it takes what the others leave. */
  readonly widthPx: number | null;
  /** Another width in the first, in the second and in the last step. */
  readonly compactPx?: number;
  readonly narrowPx?: number;
  readonly widePx?: number;
  readonly fromStep: number;
  readonly align: 'left' | 'right';
  /** Whether it shows values of the row, which may be old. */
  readonly isValue: boolean;
  /** Whether its values change by the second, so that an order by it does too. */
  readonly isLive: boolean;
  /** The order that a first click asks for. */
  readonly first: Sort['direction'];
  readonly valueOf: (row: Row) => SortValue;
  /** Plain elements only: this is drawn some hundred times a second. */
  readonly cell: (row: Row, look: Look) => CellContent;
}

/** Window widths in px from which on there is room for more columns. */
export const WIDTH_STEPS: readonly number[] = [640, 900, 1180, 1480];

/** The columns there is room for, by step. */
export function columnsByStep<Row>(columns: readonly Column<Row>[]): readonly (readonly Column<Row>[])[] {
  return [0, ...WIDTH_STEPS].map((_, step) =>
    columns.filter(column => column.fromStep <= step).map(column => ({ ...column, widthPx: widthAt(step, column) })),
  );
}

function widthAt<Row>(step: number, { compactPx, narrowPx, widePx, widthPx }: Column<Row>): number | null {
  return [compactPx, narrowPx, undefined, undefined, widePx][step] ?? widthPx;
}

/** What a click on a header asks for: its first direction, then the other, then the default order again. */
export function nextSort(current: Sort, { key, first }: Pick<Column<never>, 'key' | 'first'>): Sort {
  if (current.key !== key) return { key, direction: first };
  if (current.direction === first) return { key, direction: first === 'ascending' ? 'descending' : 'ascending' };
  return DEFAULT_SORT;
}
