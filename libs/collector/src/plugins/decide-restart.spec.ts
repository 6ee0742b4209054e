import { describe, expect, test } from 'vitest';
import { decideRestart } from './decide-restart.ts';

describe('a plugin whose process has ended', () => {
  test.each([
    { failures: 0, livedMs: 10, pauseMs: 1_000 },
    { failures: 1, livedMs: 10, pauseMs: 2_000 },
    { failures: 2, livedMs: 60_000, pauseMs: 4_000 },
    { failures: 8, livedMs: 10, pauseMs: 256_000 },
    { failures: 9, livedMs: 10, pauseMs: 300_000 },
    { failures: 5_000, livedMs: 299_999, pauseMs: 300_000 },
  ])('waits $pauseMs ms after $failures failures and a life of $livedMs ms', ({ failures, livedMs, pauseMs }) => {
    expect(decideRestart(failures, livedMs)).toEqual({ failures: failures + 1, pauseMs });
  });

  test('begins anew after it had lived for five minutes', () => {
    expect(decideRestart(40, 300_000)).toEqual({ failures: 1, pauseMs: 1_000 });
  });
});
