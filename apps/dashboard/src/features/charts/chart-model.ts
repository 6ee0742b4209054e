/** Values over time; `null` where there is none. */
export type Points = readonly (number | null)[];

/** What a line is made from. */
export interface ModelSeries {
  /** Names it among the series of its chart. */
  readonly key: string;
  readonly label: string;
  readonly avg: Points;
  /** The least and the greatest of each point; `null`: it is not known of any. */
  readonly min: Points | null;
  readonly max: Points | null;
}

export type SpanKind = 'unreachable' | 'unobserved' | 'maintenance' | 'missing' | 'filled';

/** A stretch of time about which there is something to say. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  /** `filled`: its values came later. `missing`: there is nothing stored of it. */
  readonly kind: SpanKind;
  /** Why the machine could not be read. */
  readonly reason: string | null;
  /** What the gap turned out to be. */
  readonly conclusion: string | null;
  /** Of so many minutes of it this is true; `null`: of all of it. */
  readonly minutes: number | null;
}

/** What a chart draws. Times are those of the middle of each point. */
export interface ChartModel {
  /** Seconds of the Unix epoch, ascending. */
  readonly times: readonly number[];
  /** What the time axis shows. */
  readonly fromMs: number;
  readonly toMs: number;
  /** How long a point is. */
  readonly stepMs: number;
  readonly resolution: string;
  /** Each has a value for each of the times. */
  readonly series: readonly ModelSeries[];
  /** Where values are missing, in order of time. */
  readonly spans: readonly Span[];
  /** Where values came later, in order of time. */
  readonly filled: readonly Span[];
}

/** Whether there is a single value to draw. */
export function hasValues({ series }: ChartModel): boolean {
  return series.some(({ avg }) => avg.some(value => value !== null));
}

/** The last value there is. */
export function lastOf(points: Points): number | null {
  for (let index = points.length - 1; index >= 0; index--) {
    const value = points[index];
    if (value != null) return value;
  }
  return null;
}

/** The least and the greatest value of a series, over all of its points. */
export function extremesOf({ avg, min, max }: ModelSeries): { min: number; max: number } | null {
  let least = Infinity;
  let greatest = -Infinity;
  for (let index = 0; index < avg.length; index++) {
    const low = min?.[index] ?? avg[index];
    const high = max?.[index] ?? avg[index];
    if (low != null && low < least) least = low;
    if (high != null && high > greatest) greatest = high;
  }
  return least > greatest ? null : { min: least, max: greatest };
}

/** The average of the points that have a value; each of them counts alike. */
export function meanOf(points: Points): number | null {
  let sum = 0;
  let count = 0;
  for (const value of points) {
    if (value === null) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

/** What there is to say about a moment: gaps first. */
export function spansAt({ spans, filled }: Pick<ChartModel, 'spans' | 'filled'>, atMs: number): Span[] {
  return [...spans, ...filled].filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
}

/** The time that a point is about. */
export function pointSpan(model: Pick<ChartModel, 'times' | 'stepMs' | 'toMs'>, index: number) {
  const { times, stepMs, toMs } = model;
  const middleMs = (times[index] ?? 0) * 1000;
  // One that is not over stands in the middle of what there is of it.
  const isCut = middleMs + stepMs / 2 > toMs && stepMs > 1_000;
  const fromMs = Math.round(isCut ? 2 * middleMs - toMs : middleMs - stepMs / 2);
  return { fromMs, toMs: fromMs + stepMs };
}
