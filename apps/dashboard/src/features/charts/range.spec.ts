import { describe, expect, it } from 'vitest';
import { customRange, localInput } from './custom-range.ts';
import { type ChartRange, nowLike, parseRange, renderRange, trailAfter, wordsOf, zoomedTo } from './range.ts';

const FALLBACK: ChartRange = { kind: 'last', preset: '24h' };
const AT = Date.parse('2026-11-20T10:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const params = (range: string, from = '', to = '') => ({ range, from, to });

describe('a range in the address', () => {
  it.each<[string, ReturnType<typeof params>, ChartRange]>([
    ['nothing is the usual one', params(''), FALLBACK],
    ['the last month', params('30d'), { kind: 'last', preset: '30d' }],
    ['what comes now', params('live'), { kind: 'live' }],
    ['nonsense is the usual one', params('31d'), FALLBACK],
    ['what every object has is nonsense too', params('constructor'), FALLBACK],
    [
      'from one moment to another',
      params('', '2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'),
      { kind: 'fixed', fromMs: AT, toMs: AT + HOUR },
    ],
    [
      'in another zone',
      params('', '2026-11-20T11:00:00+01:00', '2026-11-20T11:00:00Z'),
      { kind: 'fixed', fromMs: AT, toMs: AT + HOUR },
    ],
    ['reversed is the usual one', params('', '2026-11-20T11:00:00Z', '2026-11-20T10:00:00Z'), FALLBACK],
    ['half of one is the usual one', params('', '2026-11-20T11:00:00Z'), FALLBACK],
    ['a year is no moment', params('', '2025', '2026'), FALLBACK],
    ['no date of the calendar', params('', '2026-13-40T10:00:00Z', '2026-11-20T10:00:00Z'), FALLBACK],
    ['before all time', params('', '1969-11-20T11:00:00Z', '2026-11-20T10:00:00Z'), FALLBACK],
  ])('%s', (_, given, expected) => {
    expect(parseRange(given, FALLBACK)).toEqual(expected);
  });

  it.each<[ChartRange, ReturnType<typeof params>, string]>([
    [{ kind: 'last', preset: '1y' }, params('1y'), '-8760h'],
    [{ kind: 'last', preset: '1h' }, params('1h'), '-1h'],
    [
      { kind: 'fixed', fromMs: AT, toMs: AT + 1_500 },
      params('', '2026-11-20T10:00:00Z', '2026-11-20T10:00:01.500Z'),
      '2026-11-20T10:00:00Z',
    ],
    [{ kind: 'live' }, params('live'), '-1h'],
  ])('%j is written, asked for, and read as the same again', (range, written, from) => {
    expect(renderRange(range)).toEqual(written);
    expect(wordsOf(range).from).toBe(from);
    expect(parseRange(renderRange(range), FALLBACK)).toEqual(range);
  });
});

describe('a range that was drawn', () => {
  it.each([
    ['is of whole seconds', AT + 300, AT + 60_200, AT, AT + 61_000],
    ['may be drawn from right to left', AT + 60_000, AT, AT, AT + 60_000],
    ['is at least ten seconds long', AT + 4_000, AT + 6_000, AT, AT + 10_000],
    ['does not begin before all time', -5_000, 20_000, 0, 20_000],
  ])('%s', (_, a, b, fromMs, toMs) => {
    expect(zoomedTo(a, b)).toEqual({ kind: 'fixed', fromMs, toMs });
  });

  it.each([
    [HOUR, '1h'],
    [HOUR + 1, '6h'],
    [8 * DAY, '30d'],
    [900 * DAY, '1y'],
  ])('of %i ms is, up to now, the last %s', (lengthMs, preset) => {
    expect(nowLike({ fromMs: AT, toMs: AT + lengthMs })).toEqual({ kind: 'last', preset });
  });
});

describe('the way back', () => {
  it.each([
    ['a step on is remembered', [], 'a', 'b', ['a']],
    ['and the next one', ['a'], 'b', 'c', ['a', 'b']],
    ['back is forgotten', ['a', 'b'], 'c', 'b', ['a']],
    ['an earlier one is a step on', ['a', 'b'], 'c', 'a', ['a', 'b', 'c']],
  ])('%s', (_, trail, left, arrived, expected) => {
    expect(trailAfter(trail, left, arrived)).toEqual(expected);
  });
});

describe('two times that somebody has entered', () => {
  it.each([
    ['2026-11-20T10:00', '2026-11-20T11:00', null],
    ['', '2026-11-20T11:00', 'fromEmpty'],
    ['2026-11-20T10:00', '', 'toEmpty'],
    ['2026-11-20T11:00', '2026-11-20T11:00', 'reversed'],
    ['2026-11-20T12:00', '2026-11-20T11:00', 'reversed'],
    ['2026-11-20T11:00:00', '2026-11-20T11:00:05', 'tooShort'],
    ['2027-11-20T10:00', '2027-11-20T11:00', 'future'],
  ])('%s to %s: %s', (from, to, problem) => {
    const result = customRange(from, to, Date.parse('2026-11-21T10:00:00'));
    expect(result.problem).toBe(problem);
    expect(result.range === null).toBe(problem !== null);
  });

  it('are those of the reader’s clock, and read as they are written', () => {
    const at = new Date(2026, 0, 5, 3, 7).getTime();
    expect(localInput(at)).toBe('2026-01-05T03:07');
    expect(customRange(localInput(at), localInput(at + HOUR), AT).range).toEqual({
      kind: 'fixed',
      fromMs: at,
      toMs: at + HOUR,
    });
  });
});
