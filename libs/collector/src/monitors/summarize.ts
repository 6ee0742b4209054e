import type { MetricSummary } from '#storage';

/** avg, min and max of the samples that are there; `null`, never 0, when there are none. */
export function summarize(values: readonly (number | null)[], expected: number): MetricSummary {
  return summarizeEach(values.length, index => values[index] ?? Number.NaN, expected);
}

/** The same of `count` numbers, asked for one after the other; NaN is none. */
export function summarizeEach(count: number, numberAt: (index: number) => number, expected: number): MetricSummary {
  let [samples, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < count; index++) {
    const value = numberAt(index);
    if (Number.isNaN(value)) continue;
    samples++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (samples === 0) return { avg: null, min: null, max: null, samples, expected };
  // Rounding must not put an average outside of its own extremes.
  return { avg: Math.min(Math.max(sum / samples, min), max), min, max, samples, expected };
}
