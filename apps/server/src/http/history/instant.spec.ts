import { describe, expect, test } from 'vitest';
import { instantOf, isInstant } from './instant.ts';

const now = new Date('2026-11-20T10:00:00Z');

describe('a text means an instant', () => {
  test.each([
    ['2026-11-20T09:00:00Z', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20T09:00:00.25+02:00', '2026-11-20T07:00:00.250Z'],
    ['now', '2026-11-20T10:00:00.000Z'],
    ['-90m', '2026-11-20T08:30:00.000Z'],
    ['-7d', '2026-11-13T10:00:00.000Z'],
    ['-0s', '2026-11-20T10:00:00.000Z'],
  ])('%s', (text, instant) => {
    expect(isInstant(text)).toBe(true);
    expect(instantOf(text, now).toISOString()).toBe(instant);
  });

  test.each([
    'yesterday',
    '',
    '-',
    '7d',
    '+7d',
    '-7',
    '-7w',
    '-1h30m',
    '-1.5h',
    '-99999999999d',
    '2026-11-20',
    '2026-11-20T09:00:00',
    '2026-02-30T00:00:00Z',
    '20261120T090000Z',
    7,
    null,
    undefined,
    ['now'],
  ])('not %j', value => {
    expect(isInstant(value)).toBe(false);
  });
});
