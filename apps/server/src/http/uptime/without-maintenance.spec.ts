import { describe, expect, test } from 'vitest';
import type { Stretch } from '#storage';
import { windowsTouched, withoutCounts } from './without-maintenance.ts';

const T = Date.UTC(2026, 10, 20, 10);
const MINUTE = 60_000;
const stretch = ([from, to]: readonly [number, number]): Stretch => ({
  from: new Date(T + from * MINUTE),
  to: new Date(T + to * MINUTE),
});

describe('windows of ten minutes that maintenance touches', () => {
  test.each<[string, [number, number][], [number, number], [number, number][]]>([
    ['none', [], [0, 60], []],
    ['one, from its middle to its end', [[5, 10]], [0, 60], [[0, 10]]],
    ['two, by a minute each', [[19, 21]], [0, 60], [[10, 30]]],
    [
      'one, touched twice',
      [
        [1, 2],
        [3, 4],
      ],
      [0, 60],
      [[0, 10]],
    ],
    [
      'those side by side as one stretch',
      [
        [1, 2],
        [13, 14],
      ],
      [0, 60],
      [[0, 20]],
    ],
    [
      'those apart as two',
      [
        [1, 2],
        [23, 24],
      ],
      [0, 60],
      [
        [0, 10],
        [20, 30],
      ],
    ],
    [
      'the long one around a short one',
      [
        [0, 60],
        [20, 30],
      ],
      [0, 60],
      [[0, 60]],
    ],
    ['those only that start in the range', [[-30, 90]], [5, 45], [[10, 50]]],
    ['none that began before the range', [[0, 4]], [5, 45], []],
  ])('%s', (_what, times, range, windows) => {
    expect(windowsTouched(times.map(stretch), stretch(range), 10 * MINUTE)).toEqual(windows.map(stretch));
  });
});

test('what was counted in maintenance is taken away, monitor by monitor', () => {
  const counted = [
    { monitor: 'netdata', probes: 100, failures: 10 },
    { monitor: 'ssh', probes: 50, failures: 5 },
    { monitor: 'tls', probes: 7, failures: 7 },
  ];
  const leftOut = [
    { monitor: 'netdata', probes: 20, failures: 9 },
    { monitor: 'tls', probes: 7, failures: 7 },
  ];
  expect(withoutCounts(counted, leftOut)).toEqual([
    { monitor: 'netdata', probes: 80, failures: 1 },
    { monitor: 'ssh', probes: 50, failures: 5 },
    { monitor: 'tls', probes: 0, failures: 0 },
  ]);
});
