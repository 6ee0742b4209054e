import { expect, test } from 'vitest';
import { decideRange } from './decide-range.ts';
import { ProblemException } from '../problem/problem.ts';

const now = new Date('2026-11-20T10:00:00Z');
const TEN = 600_000;

test.each([
  ['the last day by default', {}, '2026-11-19T10:00:00.000Z', '2026-11-20T10:00:00.000Z'],
  ['until now by default', { from: '2026-11-20T09:00:00Z' }, '2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z'],
  [
    'a day before "to" by default',
    { to: '2026-11-10T00:00:00Z' },
    '2026-11-09T00:00:00.000Z',
    '2026-11-10T00:00:00.000Z',
  ],
  [
    'what was asked for, in any zone',
    { from: '2026-11-20T10:00:00+02:00', to: '2026-11-20T09:00:00Z' },
    '2026-11-20T08:00:00.000Z',
    '2026-11-20T09:00:00.000Z',
  ],
])('a range is %s', (_what, query, from, to) => {
  expect(decideRange(query, TEN, now)).toEqual({ from: new Date(from), to: new Date(to) });
});

test.each([
  ['reversed', { from: '2026-11-20T09:00:00Z', to: '2026-11-19T09:00:00Z' }, 'earlier'],
  ['empty', { from: '2026-11-20T09:00:00Z', to: '2026-11-20T09:00:00Z' }, 'earlier'],
  ['ten thousand years long', { from: '0001-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z' }, 'at most 69 days'],
  ['not a date', { from: 'yesterday' }, 'not a date'],
])('a range that is %s is refused', (_what, query, part) => {
  expect(() => decideRange(query, TEN, now)).toThrow(ProblemException);
  expect(() => decideRange(query, TEN, now)).toThrow(part);
});
