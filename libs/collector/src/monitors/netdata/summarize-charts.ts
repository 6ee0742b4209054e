import { METRICS, type MetricName } from '#config';
import type { MetricRow, MetricSummary } from '#storage';
import { summarizeEach } from '../summarize.ts';
import { dimensionName, MAX_DIMENSIONS } from './extra-charts.ts';
import { FORMULAS } from './formulas.ts';
import { numbersOfPoint, placeOfPoint, type ChartWindow } from './parse-data.ts';
import type { ChartWindows } from './read-window.ts';

/** Derives each metric second by second, then aggregates. A part no chart plays leaves its metrics out. */
export function summarizeCharts(windows: ChartWindows): MetricRow['metrics'] {
  const metrics: Partial<Record<MetricName, MetricSummary>> = {};
  for (const { name } of METRICS) {
    const { role, over } = FORMULAS[name];
    const window = windows[role];
    if (window === undefined) continue;
    const { ids, rows, numbers, expected } = window;
    const derive = over(ids);
    const summary = summarizeEach(rows, row => derive(numbers, placeOfPoint(window, row)), expected);
    // A percentage of nothing (swap of size 0) has no second at all although the chart has points.
    if (summary.samples > 0 || !hasWholePoint(window)) metrics[name] = summary;
  }
  return metrics;
}

/** Whether any of its points has a number for each dimension. */
function hasWholePoint(window: ChartWindow): boolean {
  return Array.from({ length: window.rows }, (_, row) => numbersOfPoint(window, row)).some(
    point => !point.some(Number.isNaN),
  );
}

/**
 * Aggregates each dimension of charts that are asked for beside the metrics, in the agent's own units and signs. A chart
 * for whose dimensions there is no room is left out.
 *
 * @param windows by the charts' names in the network file
 */
export function summarizeDimensions(windows: ReadonlyMap<string, ChartWindow>): MetricRow['charts'] {
  const charts: [string, Record<string, MetricSummary>][] = [];
  let room = MAX_DIMENSIONS;
  for (const [chart, window] of windows) {
    const dimensions = dimensionsOf(chart, window);
    if (dimensions.length > room) continue;
    room -= dimensions.length;
    charts.push([chart, Object.fromEntries(dimensions)]);
  }
  return Object.fromEntries(charts);
}

function dimensionsOf(chart: string, window: ChartWindow): [string, MetricSummary][] {
  const { ids, rows, numbers, expected } = window;
  if (rows === 0) return [];
  return ids.flatMap((id, place): [string, MetricSummary][] => {
    const name = dimensionName(chart, id);
    const numberAt = (row: number): number => numbers[placeOfPoint(window, row) + place] ?? Number.NaN;
    return name === null ? [] : [[name, summarizeEach(rows, numberAt, expected)]];
  });
}
