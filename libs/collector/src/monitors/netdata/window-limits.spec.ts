import { expect, test } from 'vitest';
import { WindowClock, windowTimes } from './window-limits.ts';

const TEN_MINUTES = { start: new Date(0), lengthMs: 600_000 };
const limits = { timeoutMs: 10_000, signal: new AbortController().signal };

test.each([
  ['no timeout of its own', null, TEN_MINUTES, 10_000, 10_000],
  ['a short one', 500, TEN_MINUTES, 10_000, 10_000],
  ['one that ten answers need', 2_000, TEN_MINUTES, 20_000, 10_000],
  ['that of a machine far away', 8_000, TEN_MINUTES, 60_000, 10_000],
  ['a long one', 30_000, TEN_MINUTES, 60_000, 30_000],
  ['a long one of short windows', 30_000, { start: new Date(0), lengthMs: 20_000 }, 20_000, 30_000],
])('%s', (_, own, window, wholeMs, requestMs) => {
  expect(windowTimes(own, window, limits)).toEqual({ wholeMs, requestMs });
});

test('a request has no more time than the whole has left', () => {
  const clock = new WindowClock({ wholeMs: 1000, requestMs: 10_000 }, limits.signal);
  expect(clock.limits().timeoutMs).toBeLessThanOrEqual(1000);
  expect(clock.isOver).toBe(false);
  const over = new WindowClock({ wholeMs: 0, requestMs: 10_000 }, limits.signal);
  expect([over.isOver, over.limits().timeoutMs <= 0]).toEqual([true, true]);
});
