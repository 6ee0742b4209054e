import type { MetricName, Reason } from '#config';
import type { CheckSummary, Conclusion, MetricRow, MetricSummary } from './types.ts';

/** How fine what is stored is: a point per window, per hour or per day of UTC. */
export type SeriesLevel = 'rows' | 'hours' | 'days';

/** What is kept of each metric. */
export type SeriesPart = keyof MetricSummary;

/** Which points, and what of each. */
export interface SeriesWish {
  readonly level: SeriesLevel;
  /** Points that start at or after this … */
  readonly from: Date;
  /** … and before this. */
  readonly to: Date;
  /** At least one, each once. */
  readonly metrics: readonly MetricName[];
  /** At least one, each once. */
  readonly parts: readonly SeriesPart[];
  /** Charts that are stored beside the metrics, by name. */
  readonly charts: readonly string[];
}

/** One machine over one window, hour or day. */
export interface SeriesPoint {
  readonly machineId: number;
  readonly start: Date;
  /** Windows whose read failed, those aside that distomon did not observe. */
  readonly unreachable: number;
  readonly unobserved: number;
  /** Windows whose values came later. */
  readonly filled: number;
  /** The most frequent reason of an hour or a day. */
  readonly reason: Reason | null;
  readonly source: MetricRow['source'];
  /** The least of the core metrics; `null`: one of them is missing. */
  readonly samples: number | null;
  /** Of rows only. */
  readonly filledAt: Date | null;
  /** Of rows only. */
  readonly conclusion: Conclusion | null;
  /**
   * A JSON array of numbers and nulls: the parts of the first metric, of the second, and so on. It is the text that
   * PostgreSQL writes, with every digit, and is meant to be passed on: to read and write 30,000 numbers again would cost
   * as much as to find them.
   */
  readonly values: string;
  /** What is stored of each wanted chart, by dimension. */
  readonly charts: readonly (Readonly<Record<string, MetricSummary>> | null)[];
}

/** A chart and those of its dimensions that some points have. */
export interface ChartDimensions {
  readonly chart: string;
  readonly dimensions: readonly string[];
}

/** One metric of many machines at the same instants. */
export interface SeriesTable {
  readonly times: readonly Date[];
  /** By machine id and part a JSON array that is as long as `times`: a number, or null where there is none. */
  readonly columns: ReadonlyMap<number, Readonly<Partial<Record<SeriesPart, string>>>>;
}

/** Windows in a row that could not be read at their close, all for the same reason and with the same outcome. */
export interface GapStretch {
  readonly from: Date;
  /** Where the last of the windows ends. */
  readonly to: Date;
  readonly windows: number;
  readonly reason: Reason;
  /** When the first of them was found to be unreachable. */
  readonly noticedAt: Date;
  /** When values came last; `null`: none came. */
  readonly filledAt: Date | null;
  readonly conclusion: Conclusion | null;
}

/** A stretch of time: from, included, to, excluded. */
export interface Stretch {
  readonly from: Date;
  readonly to: Date;
}

/** How often a monitor looked, and how often in vain. */
export type CheckCounts = Pick<CheckSummary, 'monitor' | 'probes' | 'failures'>;
