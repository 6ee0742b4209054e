import { expect, it } from 'vitest';
import { parsePeriod } from './parse-period.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

it.each([
  [{}, {}],
  [{ from: '2026-11-20T10:00:00Z' }, { from: new Date('2026-11-20T10:00:00Z') }],
  [
    { from: '-2h', to: 'now' },
    { from: new Date('2026-11-20T10:00:00Z'), to: NOW },
  ],
  [{ to: '0001-01-01T00:00:00Z' }, { to: new Date(0) }],
  [{ from: '-3000000d' }, { from: new Date(0) }],
  [{ from: '-1000000000ms' }, { from: new Date('2026-11-08T22:13:20Z') }],
  [{ from: '-104000000d' }, { from: new Date(0) }],
  [{ to: '9999-12-31T23:59:59Z' }, { to: new Date('9999-12-31T23:59:59Z') }],
])('%j is %j', (query, expected) => {
  expect(parsePeriod(query, NOW)).toEqual(expected);
});

it('a leap second is refused, because no time of ours falls on it', () => {
  expect(() => parsePeriod({ from: '2016-12-31T23:59:60Z' }, NOW)).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST' }),
  );
});
