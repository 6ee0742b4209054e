import { CORE_METRICS, type MetricName } from '#config';
import type { SecondColumns } from '#collector';
import type { SeriesPart } from '#storage';

/** What the seconds of some time come to. */
export interface FinePoint {
  readonly start: Date;
  /** The least of the core metrics; `null`: one of them is missing. */
  readonly samples: number | null;
  /** The parts of the first metric, of the second, and so on. How many there should be is not known: `expected` is null. */
  readonly values: readonly (number | null)[];
}

/** How seconds are put together. */
export interface FineWish {
  readonly stepMs: number;
  readonly metrics: readonly MetricName[];
  readonly parts: readonly SeriesPart[];
}

type Summary = Readonly<Record<SeriesPart, number | null>>;
const NOTHING: Summary = { avg: null, min: null, max: null, samples: null, expected: null };

/** Whether there is a value at all. */
export function hasValues({ metrics }: SecondColumns): boolean {
  return Object.values(metrics).some(values => values.some(value => value !== null));
}

/**
 * The seconds put together into steps that are aligned to the clock, oldest first: the first is the step in which they
 * begin, and the last that in which they end. A second belongs to the step in which it begins, as it belongs to its window.
 */
export function aggregateSeconds({ from, metrics }: SecondColumns, wish: FineWish): FinePoint[] {
  const { stepMs } = wish;
  const begin = from.getTime();
  const length = Math.max(0, ...Object.values(metrics).map(values => values.length));
  const points: FinePoint[] = [];
  for (let start = Math.floor(begin / stepMs) * stepMs; start < begin + length * 1000; start += stepMs) {
    const [first, end] = [start, start + stepMs].map(ms => Math.ceil((ms - begin) / 1000)) as [number, number];
    const summaryOf = (name: MetricName): Summary => summarize(metrics[name] ?? [], Math.max(0, first), end);
    points.push({
      start: new Date(start),
      samples: leastSamples(CORE_METRICS.map(summaryOf)),
      values: wish.metrics.map(summaryOf).flatMap(summary => wish.parts.map(part => summary[part])),
    });
  }
  return points;
}

function leastSamples(summaries: readonly Summary[]): number | null {
  const samples = summaries.flatMap(({ samples: own }) => own ?? []);
  return samples.length < summaries.length ? null : Math.min(...samples);
}

/** The values of [first, end) that are there. */
function summarize(values: readonly (number | null)[], first: number, end: number): Summary {
  let [sum, min, max, samples] = [0, Infinity, -Infinity, 0];
  for (let i = first; i < Math.min(end, values.length); i++) {
    const value = values[i] ?? null;
    if (value === null) continue;
    sum += value;
    samples += 1;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return samples === 0 ? NOTHING : { avg: sum / samples, min, max, samples, expected: null };
}
