import { describe, expect, test } from 'vitest';
import { ProblemException } from '../problem/problem.ts';
import {
  alignRange,
  CSV_LIMITS,
  decideResolution,
  JSON_LIMITS,
  pointsIn,
  resolutionsOf,
  type ResolutionQuestion,
} from './decide-resolution.ts';

const now = new Date('2026-11-20T10:00:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A range of this length that ends `ago` before now. */
const ending = (length: number, ago = 0): ResolutionQuestion['range'] => ({
  from: new Date(now.getTime() - ago - length),
  to: new Date(now.getTime() - ago),
});
const question = (more: Partial<ResolutionQuestion>): ResolutionQuestion => ({
  range: ending(DAY),
  now,
  windowMs: 10 * MINUTE,
  retentionMs: { rows: 761 * DAY, hours: 3653 * DAY, days: null, events: null },
  wanted: undefined,
  fine: true,
  series: 1,
  columns: 45,
  limits: JSON_LIMITS,
  ...more,
});
const resolutionOf = (more: Partial<ResolutionQuestion>): string => decideResolution(question(more)).name;

describe('there are resolutions', () => {
  test.each([
    [10 * MINUTE, '1s 10s 1m 10m 1h 1d', 'seconds seconds seconds rows hours days'],
    [10 * SECOND, '1s 10s 1h 1d', 'seconds rows hours days'],
    [MINUTE, '1s 10s 1m 1h 1d', 'seconds seconds rows hours days'],
    [7 * MINUTE, '1s 10s 1m 7m 1h 1d', 'seconds seconds seconds rows hours days'],
    [HOUR, '1s 10s 1m 1h 1d', 'seconds seconds seconds rows days'],
    [DAY, '1s 10s 1m 1d', 'seconds seconds seconds rows'],
  ])('for windows of %d ms: %s', (windowMs, names, levels) => {
    const all = resolutionsOf(windowMs);
    expect(all.map(({ name }) => name).join(' ')).toBe(names);
    expect(all.map(({ level }) => level).join(' ')).toBe(levels);
  });
});

describe('the resolution that suits', () => {
  test.each([
    ['a day', ending(DAY), '10m'],
    ['5 days', ending(5 * DAY), '10m'],
    ['5 days and 14 hours, 804 windows', ending(5 * DAY + 14 * HOUR), '1h'],
    ['30 days', ending(30 * DAY), '1h'],
    ['34 days', ending(34 * DAY), '1d'],
    ['a year', ending(365 * DAY), '1d'],
    ['a day two years ago', ending(DAY, 730 * DAY), '10m'],
    ['a day three years ago, of which the rows are gone', ending(DAY, 1095 * DAY), '1h'],
    ['a day eleven years ago, of which the hours are gone', ending(DAY, 11 * 365 * DAY), '1d'],
    ['twenty years, though they are more than 800 days', ending(20 * 365 * DAY), '1d'],
    ['ten minutes', ending(10 * MINUTE), '1s'],
    ['800 seconds', ending(800 * SECOND), '1s'],
    ['801 seconds', ending(801 * SECOND), '10s'],
    ['two hours', ending(2 * HOUR), '10s'],
    ['two hours and a second', ending(2 * HOUR + SECOND), '10m'],
    ['an hour of the last two weeks', ending(HOUR, 13 * DAY), '10s'],
    ['an hour that no agent still has', ending(HOUR, 14 * DAY), '10m'],
    ['an hour that is yet to come', ending(HOUR, -2 * HOUR), '10m'],
  ])('%s is chosen', (_what, range, name) => {
    expect(resolutionOf({ range })).toBe(name);
  });

  test('comes from what is stored when agents may not be asked', () => {
    expect(resolutionOf({ range: ending(10 * MINUTE), fine: false })).toBe('10m');
  });

  test('is coarser for many series, so that the answer stays bounded', () => {
    expect(resolutionOf({ range: ending(30 * DAY), series: 100, columns: 1 })).toBe('1h');
    expect(resolutionOf({ range: ending(30 * DAY), series: 10_000, columns: 1 })).toBe('1d');
  });

  test('is not finer than a window, for windows of any length', () => {
    expect(resolutionOf({ range: ending(2 * HOUR), windowMs: 10 * SECOND })).toBe('10s');
    expect(decideResolution(question({ range: ending(2 * HOUR), windowMs: 10 * SECOND })).level).toBe('rows');
    expect(resolutionOf({ windowMs: 10 * SECOND })).toBe('1h');
    expect(resolutionOf({ windowMs: 2 * HOUR })).toBe('2h');
  });
});

describe('the resolution that is asked for', () => {
  test.each([
    ['10m', ending(69 * DAY), '10m'],
    ['600s', ending(DAY), '10m'],
    ['1h', ending(DAY), '1h'],
    ['60m', ending(400 * DAY), '1h'],
    ['24h', ending(DAY), '1d'],
    ['1s', ending(2 * HOUR), '1s'],
    ['1m', ending(10 * MINUTE), '1m'],
    ['1s', ending(HOUR, 100 * DAY), '1s'],
  ])('%s wins', (wanted, range, name) => {
    expect(resolutionOf({ wanted, range })).toBe(name);
  });
});

describe('a resolution is refused', () => {
  test.each<[string, Partial<ResolutionQuestion>, string, string]>([
    ['that there is not', { wanted: '5m' }, 'UNKNOWN_RESOLUTION', 'there are: 1s, 10s, 1m, 10m, 1h, 1d'],
    ['that is no length', { wanted: 'fine' }, 'UNKNOWN_RESOLUTION', '"fine" is no resolution of this'],
    ['of seconds of all machines', { wanted: '1s', fine: false }, 'UNKNOWN_RESOLUTION', 'there are: 10m, 1h, 1d'],
    [
      'with too many points',
      { wanted: '10m', range: ending(70 * DAY) },
      'TOO_MANY_POINTS',
      'resolution=1h would do; or ask for at most 69 days',
    ],
    [
      'of more than two hours of seconds',
      { wanted: '1s', range: ending(3 * HOUR) },
      'TOO_MANY_POINTS',
      'at most 2 hours',
    ],
    [
      'with too many points for the agent, too',
      { wanted: '10s', range: ending(3 * HOUR) },
      'TOO_MANY_POINTS',
      'resolution=10m would do',
    ],
    [
      'of days, if they are too many',
      { wanted: '1d', range: ending(10_001 * DAY) },
      'TOO_MANY_POINTS',
      'at most 10000 days',
    ],
    [
      'for many series, earlier',
      { wanted: '10m', range: ending(60 * DAY), series: 5 },
      'TOO_MANY_POINTS',
      'at most 30 days, fewer machines or metrics',
    ],
    ['by nobody, if nothing would do', { range: ending(12_000 * DAY) }, 'INVALID_RANGE', 'at most 10000 days'],
  ])('%s', (_what, more, code, part) => {
    const refusal = catchProblem(() => decideResolution(question(more)));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(part);
  });

  test('only later for a download', () => {
    expect(resolutionOf({ wanted: '10m', range: ending(5 * 365 * DAY), limits: CSV_LIMITS })).toBe('10m');
  });
});

test.each([
  [0, 60, 6],
  [1, 60, 6],
  [9, 11, 2],
  [10, 11, 1],
  [0, 10, 1],
])('a range from minute %d to %d has %d points of ten minutes', (from, to, points) => {
  const range = { from: new Date(from * MINUTE), to: new Date(to * MINUTE) };
  expect(pointsIn(range, 10 * MINUTE)).toBe(points);
});

test('a range begins with the point in which it begins; seconds begin where it begins', () => {
  const range = { from: new Date('2026-11-20T10:17:23.456Z'), to: now };
  const startOf = (ms: number, level: 'seconds' | 'rows' | 'hours'): string =>
    alignRange(range, { name: '', ms, level }).from.toISOString();
  expect(startOf(10 * MINUTE, 'rows')).toBe('2026-11-20T10:10:00.000Z');
  expect(startOf(HOUR, 'hours')).toBe('2026-11-20T10:00:00.000Z');
  expect(startOf(10 * SECOND, 'seconds')).toBe('2026-11-20T10:17:23.000Z');
});

function catchProblem(run: () => unknown): ProblemException {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemException) return error;
  }
  throw new Error('nothing was refused');
}
