import { describe, expect, test } from 'vitest';
import { aggregateSeconds, hasValues } from './fine-points.ts';

const T = Date.UTC(2026, 10, 20, 10);
const at = (second: number): Date => new Date(T + second * 1000);

/** The starts, in seconds after T, with their values. */
function stepsOf(from: number, cpu: readonly (number | null)[], stepMs: number): [number, readonly unknown[]][] {
  const wish = { stepMs, metrics: ['cpu'], parts: ['avg', 'min', 'max', 'samples'] } as const;
  return aggregateSeconds({ from: at(from), metrics: { cpu } }, wish).map(({ start, values }) => [
    (start.getTime() - T) / 1000,
    values,
  ]);
}

describe('seconds put together', () => {
  const none = [null, null, null, null];
  test.each([
    [
      'a second is a step of its own',
      0,
      [3, 5],
      1_000,
      [
        [0, [3, 3, 3, 1]],
        [1, [5, 5, 5, 1]],
      ],
    ],
    [
      'ten make one',
      0,
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      10_000,
      [
        [0, [5.5, 1, 10, 10]],
        [10, [11, 11, 11, 1]],
      ],
    ],
    [
      'steps are aligned to the clock',
      7,
      [1, 2, 3, 4],
      10_000,
      [
        [0, [2, 1, 3, 3]],
        [10, [4, 4, 4, 1]],
      ],
    ],
    ['what is missing counts nowhere', 0, [null, 4, null, -2], 60_000, [[0, [1, -2, 4, 2]]]],
    [
      'a step without a value has none',
      0,
      [null, 8],
      1_000,
      [
        [0, none],
        [1, [8, 8, 8, 1]],
      ],
    ],
    ['no seconds are no steps', 0, [], 1_000, []],
  ])('%s', (_what, from, cpu, stepMs, steps) => {
    expect(stepsOf(from, cpu, stepMs)).toEqual(steps);
  });

  test('have each metric in the order asked for, and null where the machine has none', () => {
    const seconds = { from: at(0), metrics: { cpu: [1], memory: [2] } };
    const wish = { stepMs: 1_000, metrics: ['memory', 'swap', 'cpu'], parts: ['max', 'expected'] } as const;
    expect(aggregateSeconds(seconds, wish)[0]?.values).toEqual([2, null, null, null, 1, null]);
  });

  test.each([
    ['the least of the core metrics', { cpu: [1, 2, 3], memory: [1, null, 3] }, 2],
    ['unknown without one of them', { cpu: [1, 2, 3] }, null],
  ])('have as samples %s', (_what, metrics, samples) => {
    const wish = { stepMs: 10_000, metrics: ['load1'], parts: ['avg'] } as const;
    expect(aggregateSeconds({ from: at(0), metrics }, wish)[0]?.samples).toBe(samples);
  });
});

test.each([
  [{}, false],
  [{ cpu: [null, null], memory: [] }, false],
  [{ cpu: [null], memory: [null, 0] }, true],
])('whether there is a value in %j: %s', (metrics, expected) => {
  expect(hasValues({ from: at(0), metrics })).toBe(expected);
});
