import { expect, it } from 'vitest';
import type { ModelSeries, Points } from '../charts/chart-model.ts';
import { rankOf, sortRanked } from './rank.ts';

const line = (key: string, avg: Points, max: Points | null = null): ModelSeries => ({
  key,
  label: key,
  avg,
  min: null,
  max,
});
const times = [10, 20, 30];

it('tells the last value, the average of what there is, and the greatest with its moment', () => {
  expect(rankOf({ times, series: [line('db-1', [1, null, 3], [4, null, 3.5])] })).toEqual([
    { machine: 'db-1', last: 3, mean: 2, max: 4, maxAtMs: 10_000 },
  ]);
});

it('takes the greatest average where the greatest values are not known', () => {
  expect(rankOf({ times, series: [line('db-1', [1, 5, 3])] })[0]).toMatchObject({ max: 5, maxAtMs: 20_000 });
});

it('has no number for a machine without a value', () => {
  expect(rankOf({ times, series: [line('db-1', [null, null, null])] })).toEqual([
    { machine: 'db-1', last: null, mean: null, max: null, maxAtMs: null },
  ]);
});

const ranked = rankOf({
  times,
  series: [
    line('web-10', [1, 1, 1]),
    line('none', [null, null, null]),
    line('web-2', [1, 1, 1]),
    line('db-1', [0, 9, 0]),
  ],
});

it.each([
  ['machine', ['db-1', 'none', 'web-2', 'web-10']],
  ['last', ['web-2', 'web-10', 'db-1', 'none']],
  ['mean', ['db-1', 'web-2', 'web-10', 'none']],
  ['max', ['db-1', 'web-2', 'web-10', 'none']],
] as const)('by %s the order is %j', (key, names) => {
  expect(sortRanked(ranked, key).map(({ machine }) => machine)).toEqual(names);
});
