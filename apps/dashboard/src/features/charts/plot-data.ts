import type uPlot from 'uplot';
import type { ChartModel } from './chart-model.ts';
import { extremesOf, type Points } from './chart-model.ts';

/** More lines than these are drawn thin and alike, and told apart by pointing at them. */
export const FEW = 4;

/** What decides how a chart is set up; while it stays the same, new values are all that changes. */
export interface PlotShape {
  readonly count: number;
  /** For each line, whether there is a band of its lowest and highest. */
  readonly bands: readonly boolean[];
}

export function shapeOf({ series }: ChartModel): PlotShape {
  const isMany = series.length > FEW;
  return { count: series.length, bands: series.map(({ min, max }) => !isMany && min !== null && max !== null) };
}

/** The place of each line in what the chart is given: time first, then the edges of all bands, so that no band covers a line. */
export function placesOf({ bands }: PlotShape): { lines: readonly number[]; edges: readonly (number | null)[] } {
  let next = 1;
  const edges = bands.map(has => {
    if (!has) return null;
    next += 2;
    return next - 2;
  });
  return { lines: bands.map((_, index) => next + index), edges };
}

/** The values in the order of {@link placesOf}. */
export function dataOf(model: ChartModel): uPlot.AlignedData {
  const { bands } = shapeOf(model);
  const edges = model.series.flatMap(({ min, max }, index) => (bands[index] === true ? [max, min] : []));
  const lines = model.series.map(({ avg }) => avg);
  // It only reads them.
  return [model.times, ...edges, ...lines] as unknown as uPlot.AlignedData;
}

/** The least and the greatest value of all lines. */
export function bounds(model: ChartModel): { min: number; max: number } {
  const { bands } = shapeOf(model);
  const all = model.series.flatMap((series, index) => {
    const { avg } = series;
    return extremesOf(bands[index] === true ? series : { ...series, avg, min: null, max: null }) ?? [];
  });
  return { min: Math.min(0, ...all.map(({ min }) => min)), max: Math.max(0, ...all.map(({ max }) => max)) };
}

/** Values with none beside them: a line would not show them. */
export function lonePoints(points: Points): number[] {
  const lone: number[] = [];
  for (let index = 0; index < points.length; index++) {
    if (points[index] != null && points[index - 1] == null && points[index + 1] == null) lone.push(index);
  }
  return lone;
}

/** Which line is nearest to a height in px, of those that have a value there. */
export function nearestLine(
  model: ChartModel,
  index: number,
  { topPx, withinPx, toPx }: { topPx: number; withinPx: number; toPx: (value: number) => number },
): string | null {
  let nearest: string | null = null;
  let leastPx = withinPx;
  for (const { key, avg } of model.series) {
    const value = avg[index];
    if (value == null) continue;
    const awayPx = Math.abs(toPx(value) - topPx);
    if (awayPx >= leastPx) continue;
    leastPx = awayPx;
    nearest = key;
  }
  return nearest;
}
