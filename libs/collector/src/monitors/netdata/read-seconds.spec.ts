import { expect, test } from 'vitest';
import type { ChartWindow } from './parse-data.ts';
import { decideSeconds, furthestFromZero, secondsOfMetric } from './read-seconds.ts';

const at = (second: number): Date => new Date(second * 1000);

// (from, to], the agent's clock, what is wanted and what is asked for; the last two as Netdata counts: both ends included.
test.each([
  ['between multiples of ten', [100, 160], 1000, [101, 160], [101, 160]],
  ['anywhere', [103, 157], 1000, [104, 157], [101, 160]],
  ['just beyond a multiple', [100, 161], 1000, [101, 161], [101, 170]],
  ['a single second', [104, 105], 1000, [105, 105], [91, 110]],
  ['a single second at a multiple', [109, 110], 1000, [110, 110], [101, 110]],
  ['up to this very second', [103, 163], 163, [104, 161], [101, 161]],
  ['up to what was two seconds ago', [103, 161], 163, [104, 161], [101, 161]],
  ['what has hardly begun', [158, 170], 163, [159, 161], [151, 161]],
  ['into the future', [100, 9000], 163.9, [101, 161], [101, 161]],
] as const)('%s', (_, [from, to], agentNow, [after, before], [askedAfter, askedBefore]) => {
  expect(decideSeconds({ from: at(from), to: at(to) }, agentNow)).toEqual({
    wanted: { after, before },
    asked: { after: askedAfter, before: askedBefore },
  });
});

test.each([
  ['of the future', 200, 260, 163],
  ['of which the agent can have nothing yet', 161, 170, 163],
  ['of an agent whose clock stands at its beginning', 100, 160, 0],
])('seconds %s are not asked for', (_, from, to, agentNow) => {
  expect(decideSeconds({ from: at(from), to: at(to) }, agentNow)).toBeNull();
});

/** A chart of the load with these points, given oldest first. */
function load(stepSeconds: number, points: readonly (readonly [stamp: number, load1: number | null])[]): ChartWindow {
  const rows = points.toReversed().map(([stamp, value]) => [stamp, value ?? Number.NaN]);
  const numbers = Float64Array.from(rows.flat());
  return { ids: ['load1'], rows: rows.length, numbers, expected: rows.length, stepSeconds, reachesEnd: true };
}

test.each([
  [
    'a point for each second',
    1,
    [
      [101, 1],
      [102, 2],
      [103, 3],
    ],
    [1, 2, 3],
  ],
  [
    'a point that is null',
    1,
    [
      [101, 1],
      [102, null],
      [103, 3],
    ],
    [1, null, 3],
  ],
  [
    'a point that is not there',
    1,
    [
      [101, 1],
      [103, 3],
    ],
    [1, null, 3],
  ],
  [
    'points around the wanted seconds',
    1,
    [
      [99, 8],
      [100, 9],
      [101, 1],
      [102, 2],
      [103, 3],
      [104, 4],
    ],
    [1, 2, 3],
  ],
  ['a point for all of them', 5, [[105, 7]], [7, 7, 7]],
  [
    'a step that ends among them',
    5,
    [
      [102, 6],
      [107, 7],
    ],
    [6, 6, 7],
  ],
  ['a step whose point is not there', 5, [[102, 6]], [6, 6, null]],
  [
    'a step whose point is null',
    5,
    [
      [102, null],
      [107, 7],
    ],
    [null, null, 7],
  ],
  ['no points', 1, [], [null, null, null]],
] as const)('%s', (_, step, points, expected) => {
  const wanted = { after: 101, before: 103 };
  expect(secondsOfMetric('load1', { load: load(step, points) }, wanted)).toEqual(expected);
});

test('a metric whose chart the agent does not have has no column', () => {
  expect(secondsOfMetric('cpu', { load: load(1, []) }, { after: 1, before: 2 })).toBeNull();
});

test.each([
  [
    [
      [1, 0],
      [2, -5],
      [3, null],
      [4, 3],
    ],
    5,
  ],
  [
    [
      [1, 0],
      [2, 0],
    ],
    0,
  ],
  [[[1, null]], null],
  [[], null],
] as const)('the number of %j that is furthest from zero', (points, expected) => {
  expect(furthestFromZero(load(1, points))).toBe(expected);
});
