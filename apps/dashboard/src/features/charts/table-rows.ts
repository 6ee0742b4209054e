import { type ChartModel, pointSpan, type Span, spansAt } from './chart-model.ts';

/** A point as a line of a table. */
export interface TableRow {
  readonly index: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** What there is to say about it. */
  readonly spans: readonly Span[];
}

/** How many lines a page of the table has. */
export const PAGE_ROWS = 100;

export function pageCount({ times }: Pick<ChartModel, 'times'>): number {
  return Math.max(1, Math.ceil(times.length / PAGE_ROWS));
}

/** The points of a page, newest first. */
export function tableRows(model: ChartModel, page: number): TableRow[] {
  const end = model.times.length - page * PAGE_ROWS;
  const start = Math.max(0, end - PAGE_ROWS);
  return Array.from({ length: Math.max(0, end - start) }, (_, place): TableRow => {
    const index = end - 1 - place;
    const { fromMs, toMs } = pointSpan(model, index);
    return { index, fromMs, toMs, spans: spansAt(model, (fromMs + toMs) / 2) };
  });
}
