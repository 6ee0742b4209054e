import { describe, expect, it } from 'vitest';
import { counted, fill } from '../messages/text.ts';
import {
  formatBytes,
  formatDuration,
  formatLatency,
  formatLatencySpan,
  formatLoad,
  formatPercent,
  formatRate,
  formatUptime,
} from './format.ts';

/** As a person reads it: the no-break space is a space. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('numbers for people', () => {
  it.each([
    [formatPercent(12.4), '12 %'],
    [formatPercent(99.6), '100 %'],
    [formatUptime(100), '100 %'],
    [formatUptime(99.9999), '99.999 %'],
    [formatUptime(99.9884), '99.988 %'],
    [formatUptime(99.899), '99.89 %'],
    [formatUptime(98), '98 %'],
    [formatUptime(33.3333), '33.3 %'],
    [formatUptime(98.99), '98.9 %'],
    [formatUptime(0), '0 %'],
    [formatLatency(0.04), '0.0 ms'],
    [formatLatency(1.84), '1.8 ms'],
    [formatLatency(9.96), '10 ms'],
    [formatLatency(240.4), '240 ms'],
    [formatLatency(999.6), '1.0 s'],
    [formatLatency(12_345), '12.3 s'],
    [formatLatencySpan(9, 240), '9.0–240 ms'],
    [formatLatencySpan(15, 3_000), '15 ms–3.0 s'],
    [formatLatencySpan(12.1, 12.2), '12 ms'],
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
