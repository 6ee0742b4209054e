import { compareNames } from '../../messages/intl.ts';
import { type ChartModel, lastOf, meanOf, type ModelSeries } from '../charts/chart-model.ts';

/** One line of the chart in numbers; `null`: it has no value in the range. */
export interface Ranked {
  readonly machine: string;
  readonly last: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  /** In which point the greatest value lies, in ms of the Unix epoch. */
  readonly maxAtMs: number | null;
}

export const RANK_KEYS = ['machine', 'last', 'mean', 'max'] as const;
export type RankKey = (typeof RANK_KEYS)[number];

/** Each machine of a chart in numbers, in the order of the chart. */
export function rankOf({ series, times }: Pick<ChartModel, 'series' | 'times'>): Ranked[] {
  return series.map(one => {
    const { max, index } = greatestOf(one);
    const at = index === null ? undefined : times[index];
    return {
      machine: one.key,
      last: lastOf(one.avg),
      mean: meanOf(one.avg),
      max,
      maxAtMs: at === undefined ? null : at * 1000,
    };
  });
}

/** Names from A to Z, numbers from the greatest down; who has no value is last. The order of equals is that of their names. */
export function sortRanked(ranked: readonly Ranked[], key: RankKey): Ranked[] {
  const byName = (a: Ranked, b: Ranked): number => compareNames(a.machine, b.machine);
  if (key === 'machine') return ranked.toSorted(byName);
  const valueOf = (one: Ranked): number => one[key] ?? -Infinity;
  return ranked.toSorted((a, b) => {
    const [valueA, valueB] = [valueOf(a), valueOf(b)];
    return valueA === valueB ? byName(a, b) : valueB - valueA;
  });
}

function greatestOf({ avg, max }: ModelSeries): { max: number | null; index: number | null } {
  const points = max ?? avg;
  let index: number | null = null;
  let greatest = -Infinity;
  for (let i = 0; i < points.length; i++) {
    const value = points[i];
    if (value == null || value <= greatest) continue;
    greatest = value;
    index = i;
  }
  return { max: index === null ? null : greatest, index };
}
