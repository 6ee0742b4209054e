import { expect, test } from 'vitest';
import { decideRange, inWords, readRange, isFixed } from './decide-range.ts';
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
  ['relative to now at both ends', { from: '-7d', to: '-90m' }, '2026-11-13T10:00:00.000Z', '2026-11-20T08:30:00.000Z'],
])('a range is %s', (_what, query, from, to) => {
  expect(decideRange(query, TEN, now)).toEqual({ from: new Date(from), to: new Date(to) });
});

test.each([
  ['reversed', { from: '2026-11-20T09:00:00Z', to: '2026-11-19T09:00:00Z' }, 'earlier'],
  ['reversed, in relative words', { from: '-1h', to: '-2h' }, 'earlier'],
  ['empty', { from: '2026-11-20T09:00:00Z', to: '2026-11-20T09:00:00Z' }, 'earlier'],
  ['not of this era', { from: '0000-01-01T00:00:00Z', to: '2026-11-20T09:00:00Z' }, '1970 to 9999'],
  ['from before anything', { from: '-3650000d' }, '1970 to 9999'],
  ['from before what a Date can hold', { from: '-104249991d' }, 'not a date'],
  ['not a date', { from: 'yesterday' }, '"from" is not a date'],
  ['not a time of the day', { to: '2026-11-20T23:59:60Z' }, '"to" is not a date'],
])('a range that is %s is refused', (_what, query, part) => {
  expect(() => readRange(query, now)).toThrow(ProblemException);
  expect(() => decideRange(query, TEN, now)).toThrow(part);
});

test('a range of ten thousand years has too many windows', () => {
  const query = { from: '1970-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z' };
  expect(readRange(query, now).to.getUTCFullYear()).toBe(9999);
  expect(() => decideRange(query, TEN, now)).toThrow('at most 69 days');
  expect(() => decideRange(query, TEN, now, 100_000)).toThrow('at most 694 days');
});

test.each([
  [86_400_000 * 69.9, '69 days'],
  [86_400_000 * 1.5, '36 hours'],
  [7_200_000, '2 hours'],
  [3_600_000, '60 minutes'],
  [1_000, '0 minutes'],
])('%d ms are %s', (ms, words) => {
  expect(inWords(ms)).toBe(words);
});

test.each([
  [true, { from: '2026-11-18T00:00:00Z', to: '2026-11-19T00:00:00Z' }],
  [true, { to: '2026-11-19T00:00:00Z' }],
  [false, { from: '2026-11-18T00:00:00Z' }],
  [false, {}],
  [false, { from: '-2d', to: '-1d' }],
  [false, { from: '-7d', to: '2026-11-19T00:00:00Z' }],
  [false, { from: '2026-11-18T00:00:00Z', to: 'now' }],
])('whether the same words mean the same range tomorrow: %s for %o', (fixed, query) => {
  expect(isFixed(query)).toBe(fixed);
});
