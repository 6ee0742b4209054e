import type { ChartModel, ModelSeries, Points } from './chart-model.ts';
import type { Past } from './past.ts';

/** A line that is wished for. */
export interface SeriesWish {
  /** What stands before `.avg` in the answer's columns. */
  readonly column: string;
  readonly label: string;
}

/** Some columns of a machine's past as one chart. */
export function historyModel(past: Past, wishes: readonly SeriesWish[]): ChartModel {
  const { points: _points, isFromAgent: _isFromAgent, ...frame } = past;
  return { ...frame, series: wishes.map(wish => seriesOf(wish, past)) };
}

function seriesOf({ column, label }: SeriesWish, { points, times }: Past): ModelSeries {
  const avg = points(`${column}.avg`) ?? noPoints(times.length);
  return { key: column, label, avg, min: points(`${column}.min`), max: points(`${column}.max`) };
}

/** A line of which there is nothing. */
export function noPoints(length: number): Points {
  return Array.from({ length }, () => null);
}
