import type { ChartDimensions, SeriesPart, SeriesPoint } from '#storage';
import type { MetricName } from '#config';
import type { FinePoint } from './fine-points.ts';
import type { Resolution } from './decide-resolution.ts';

export type Cell = string | number | boolean | null;

/** A row of an answer. Together its cells are one for each of the columns. */
export interface AnswerRow {
  readonly facts: readonly Cell[];
  /** A JSON array of numbers and nulls, with at least one of them. */
  readonly values: string;
  readonly charts: readonly (number | null)[];
}

/** What the columns after the facts are. */
export interface ValueWish {
  readonly metrics: readonly MetricName[];
  readonly parts: readonly SeriesPart[];
}

const FACTS = ['time', 'reachable', 'reason', 'samples', 'source'];
const MINUTES = ['unreachableMinutes', 'unobservedMinutes'];
const WINDOW_FACTS = [...FACTS, 'filledAt', 'conclusion', ...MINUTES];
const ROLLUP_FACTS = [...FACTS, ...MINUTES, 'filledMinutes'];

const MINUTE_MS = 60_000;

/** The columns of points of such a resolution, those that say what is known of a point first. */
export function historyColumns(
  level: Resolution['level'],
  { metrics, parts }: ValueWish,
  charts: readonly ChartDimensions[] = [],
): string[] {
  const names = [...metrics, ...charts.flatMap(({ chart, dimensions }) => dimensions.map(id => `${chart}.${id}`))];
  return [...factColumns(level), ...names.flatMap(name => parts.map(part => `${name}.${part}`))];
}

/** The columns before the values: what is known of a point. */
export function factColumns(level: Resolution['level']): readonly string[] {
  return level === 'hours' || level === 'days' ? ROLLUP_FACTS : WINDOW_FACTS;
}

/** A stored point as a row, with the cells of its charts. */
export function rowOfPoint(
  point: SeriesPoint,
  { level, windowMs }: { readonly level: Resolution['level']; readonly windowMs: number },
  charts: readonly (number | null)[] = [],
): AnswerRow {
  const { unreachable, unobserved, filled } = point;
  const minutes = [unreachable, unobserved].map(windows => (windows * windowMs) / MINUTE_MS);
  const facts = [point.start.toISOString(), unreachable + unobserved === 0, point.reason, point.samples, point.source];
  const more =
    level === 'rows'
      ? [point.filledAt?.toISOString() ?? null, point.conclusion, ...minutes]
      : [...minutes, (filled * windowMs) / MINUTE_MS];
  return { facts: [...facts, ...more], values: point.values, charts };
}

/** Seconds put together, as a row. Whether the machine was reachable then, seconds do not say. */
export function rowOfSeconds({ start, samples, values }: FinePoint, source: 'agent' | 'host'): AnswerRow {
  const facts = [start.toISOString(), null, null, samples, source, null, null, null, null];
  return { facts, values: JSON.stringify(values), charts: [] };
}

/** The cells of a point's charts: each part of each dimension, null where the point has none. */
export function chartCells(
  point: SeriesPoint,
  wanted: readonly string[],
  { charts, parts }: { readonly charts: readonly ChartDimensions[]; readonly parts: readonly SeriesPart[] },
): (number | null)[] {
  return charts.flatMap(({ chart, dimensions }) => {
    const stored = new Map(Object.entries(point.charts[wanted.indexOf(chart)] ?? {}));
    return dimensions.flatMap(id => parts.map(part => stored.get(id)?.[part] ?? null));
  });
}

/** The row as JSON. Its values are passed on as they are. */
export function jsonRow({ facts, values, charts }: AnswerRow): string {
  const more = charts.length === 0 ? ']' : `,${JSON.stringify(charts).slice(1)}`;
  return `${JSON.stringify(facts).slice(0, -1)},${values.slice(1, -1)}${more}`;
}
