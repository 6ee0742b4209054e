import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationOr, formatDuration, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    ['0s', 0],
  ])('reads %s as %d milliseconds', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '10', 's', '1.5h', '-1s', '10 s', '1h30m', '10S', ' 10s', '10s\n', '1e3s', '9999999999d'])(
    'does not take %j for a duration',
    text => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [600_000, '10m'],
    [90_000, '90s'],
    [1_500, '1500ms'],
    [172_800_000, '2d'],
  ])('writes %d milliseconds as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('writes what parseDuration reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), ms => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});

describe('durationOr', () => {
  it('takes the default only when there is no text', () => {
    expect(durationOr(undefined, 5)).toBe(5);
    expect(durationOr('0s', 5)).toBe(0);
  });
});
