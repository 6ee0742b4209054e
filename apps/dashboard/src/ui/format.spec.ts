import { describe, expect, it } from 'vitest';
import { counted, fill } from '../messages/text.ts';
import { formatBytes, formatDuration, formatLoad, formatPercent, formatRate } from './format.ts';

/** As a person reads it: the no-break space is a space. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('numbers for people', () => {
  it.each([
    [formatPercent(12.4), '12 %'],
    [formatPercent(99.6), '100 %'],
    [formatLoad(0.084), '0.08'],
    [formatLoad(12.35), '12.4'],
    [formatRate(0), '0 B/s'],
    [formatRate(999.4), '999 B/s'],
    [formatRate(999.6), '1.0 kB/s'],
    [formatRate(1_240_000), '1.2 MB/s'],
    [formatRate(99_960), '100 kB/s'],
    [formatBytes(16 * 2 ** 30), '16.0 GiB'],
    [formatDuration(0), '0 s'],
    [formatDuration(59.9), '59 s'],
    [formatDuration(60), '1 m'],
    [formatDuration(-5), '0 s'],
    [formatDuration(90_000), '1 d'],
    [formatDuration(90_000, 2), '1 d 1 h'],
    [formatDuration(600, 2), '10 m'],
    [formatDuration(86_400 + 59, 2), '1 d'],
  ])('%s', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });
});

describe('sentences', () => {
  it('choose their form by the number and fill it in', () => {
    const forms = { one: '{count} machine of {network}', other: '{count} machines of {network}' };
    expect([0, 1, 2].map(count => counted(forms, count, { network: 'acme' }))).toEqual([
      '0 machines of acme',
      '1 machine of acme',
      '2 machines of acme',
    ]);
  });

  it('leave a name without a value visible, and never read a value as a pattern', () => {
    expect(fill('{a} {b}', { a: '$& {b}' })).toBe('$& {b} {b}');
  });
});
