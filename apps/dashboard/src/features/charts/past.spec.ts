import { describe, expect, it } from 'vitest';
import { hasValues, pointSpan, spansAt } from './chart-model.ts';
import { historyModel } from './history-model.ts';
import { type ColumnAnswer, hasAny, parsePast } from './past.ts';

const FACTS = ['time', 'reachable', 'reason', 'samples', 'source'];
const WINDOWS = [
  ...FACTS,
  'filledAt',
  'conclusion',
  'unreachableMinutes',
  'unobservedMinutes',
  'cpu.avg',
  'cpu.min',
  'cpu.max',
];
const HOURS = [...FACTS, 'unreachableMinutes', 'unobservedMinutes', 'filledMinutes', 'cpu.avg'];
const DAY = '2026-11-20T';

/** Windows of ten minutes from 10:00 on; each row without its time, `null`: there is none. */
function windows(rows: readonly (readonly (string | number | boolean | null)[] | null)[], to = '11:00'): ColumnAnswer {
  const timed = rows.flatMap((row, index) => (row === null ? [] : [[`${DAY}10:${index}0:00.000Z`, ...row]]));
  return { from: `${DAY}10:00:00.000Z`, to: `${DAY}${to}:00.000Z`, resolution: '10m', columns: WINDOWS, rows: timed };
}

function hours(...rows: (string | number | boolean | null)[][]): ColumnAnswer {
  const timed = rows.map((row, index) => [`${DAY}1${index}:00:00.000Z`, ...row]);
  const to = `${DAY}1${rows.length}:00:00.000Z`;
  return { from: `${DAY}10:00:00.000Z`, to, resolution: '1h', columns: HOURS, rows: timed };
}

const good = (avg: number) => [true, null, 600, 'agent', null, null, 0, 0, avg, avg - 1, avg + 1];
const bad = (reason: string, conclusion: string | null = null) => [
  false,
  reason,
  0,
  null,
  conclusion === null ? null : `${DAY}10:50:00.000Z`,
  conclusion,
  reason === 'unobserved' ? 0 : 10,
  reason === 'unobserved' ? 10 : 0,
  null,
  null,
  null,
];
const filled = [false, 'timeout', 600, 'agent', `${DAY}10:50:00.000Z`, 'network', 10, 0, 5, 4, 6];

/** `10:10-10:20 kind reason conclusion`. */
function told(spans: ReturnType<typeof parsePast>['spans']): string[] {
  return spans.map(({ fromMs, toMs, kind, reason, conclusion, minutes }) => {
    const time = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
    const words = [kind, reason, conclusion, minutes === null ? null : `${minutes} min`];
    return `${time(fromMs)}-${time(toMs)} ${words.filter(word => word !== null).join(' ')}`;
  });
}

describe('whether there is anything to draw', () => {
  it.each([
    ['one value is enough', windows([bad('timeout'), good(0)]), ['load1.avg', 'cpu.avg'], true],
    ['a gap is nothing', windows([bad('timeout'), bad('timeout')]), ['cpu.avg'], false],
    ['no row is nothing', windows([]), ['cpu.avg'], false],
    ['a column that is not there is nothing', windows([good(1)]), ['load1.avg'], false],
  ])('%s', (_, answer, columns, expected) => {
    expect(hasAny(parsePast(answer), columns)).toBe(expected);
  });
});

describe('what a range says of its gaps', () => {
  it.each<[string, ColumnAnswer, string[], string[]]>([
    ['nothing when all is well', windows([good(1), good(2), good(3), good(4), good(5), good(6)]), [], []],
    [
      'windows in a row with one reason are one gap',
      windows([good(1), bad('timeout'), bad('timeout'), good(2), good(3), good(4)]),
      ['10:10-10:30 unreachable timeout'],
      [],
    ],
    [
      'another reason is another gap, and distomon not being there another kind',
      windows([bad('timeout'), bad('refused'), bad('unobserved'), good(1), good(2), good(3)]),
      ['10:00-10:10 unreachable timeout', '10:10-10:20 unreachable refused', '10:20-10:30 unobserved unobserved'],
      [],
    ],
    [
      'a gap that nobody could fill says so',
      windows([good(1), bad('timeout', 'no_data'), good(2), good(3), good(4), good(5)]),
      ['10:10-10:20 unreachable timeout no_data'],
      [],
    ],
    [
      'one that was filled is no gap any more, and is marked',
      windows([good(1), filled, good(2), good(3), good(4), good(5)]),
      [],
      ['10:10-10:20 filled timeout network'],
    ],
    [
      'rows that are not there are missing: between others, before the first and after the last',
      windows([null, good(1), null, good(2), null, null], '11:10'),
      ['10:00-10:10 missing', '10:20-10:30 missing', '10:40-11:10 missing'],
      [],
    ],
    [
      'the window that has just closed is not missing yet',
      windows([good(1), good(2), good(3), good(4)], '10:54'),
      [],
      [],
    ],
    ['nothing of a range without any row', windows([]), [], []],
    [
      'a pause is its own kind',
      windows([bad('paused'), good(1), good(1), good(1), good(1), good(1)]),
      ['10:00-10:10 maintenance paused'],
      [],
    ],
    [
      'of hours, how much of each is missing and how much was filled',
      hours(
        [false, 'timeout', 1800, 'agent', 20, 10, 20, 7],
        [false, 'timeout', 0, null, 60, 0, 0, null],
        [true, null, 3600, 'agent', 0, 0, 0, 7],
      ),
      ['10:00-11:00 unreachable timeout 10 min', '11:00-12:00 unreachable timeout'],
      ['10:00-11:00 filled timeout 20 min'],
    ],
    [
      'of an hour in which only distomon was missing',
      hours([false, 'unobserved', 3000, 'agent', 0, 10, 0, 7], [false, 'refused', 0, 'agent', 30, 0, 30, 3]),
      ['10:00-11:00 unobserved unobserved 10 min'],
      ['11:00-12:00 filled refused 30 min'],
    ],
  ])('%s', (_, answer, gaps, fills) => {
    const past = parsePast(answer);
    expect([told(past.spans), told(past.filled)]).toEqual([gaps, fills]);
  });
});

describe('the lines of a range', () => {
  it('are broken where a row is missing, and stand in the middle of their windows', () => {
    const model = historyModel(parsePast(windows([good(1), null, good(3), good(4)], '10:40')), [
      { column: 'cpu', label: 'CPU' },
      { column: 'swap', label: 'Swap' },
    ]);
    const middle = (minute: number): number => Date.parse(`${DAY}10:00:00Z`) / 1000 + minute * 60 + 300;
    expect(model.times).toEqual([middle(0), middle(10), middle(20), middle(30)]);
    expect(model.series).toEqual([
      { key: 'cpu', label: 'CPU', avg: [1, null, 3, 4], min: [0, null, 2, 3], max: [2, null, 4, 5] },
      { key: 'swap', label: 'Swap', avg: [null, null, null, null], min: null, max: null },
    ]);
    expect(hasValues(model)).toBe(true);
    expect(hasValues({ ...model, series: model.series.slice(1) })).toBe(false);
  });

  it('have a point without values at both ends of what is missing, also of the last', () => {
    const { times, spans } = parsePast(windows([null, null, null, good(1)], '12:00'));
    const minutes = times.map(time => (time * 1000 - Date.parse(`${DAY}10:00:00Z`)) / 60_000);
    expect(minutes).toEqual([5, 25, 35, 45, 115]);
    expect(spans).toHaveLength(2);
  });

  it.each([
    ['what is over', '10:50', ['10:20-10:50 missing']],
    ['nothing, when one point is still to come', '10:25', []],
    ['nothing of what is yet to be', '10:10', []],
  ])('of a range that goes on after now is missing %s', (_, now, expected) => {
    const answer = windows([good(1), good(2)], '23:00');
    expect(told(parsePast(answer, Date.parse(`${DAY}${now}:00Z`)).spans)).toEqual(expected);
  });

  it('a point that is not over stands in what there is of it, and is about its whole time', () => {
    const past = parsePast({ ...hours([true, null, 900, 'agent', 0, 0, 0, 7]), to: `${DAY}10:20:00.000Z` });
    expect(past.times).toEqual([Date.parse(`${DAY}10:10:00Z`) / 1000]);
    expect(pointSpan(past, 0)).toEqual({ fromMs: Date.parse(`${DAY}10:00:00Z`), toMs: Date.parse(`${DAY}11:00:00Z`) });
  });

  it('know what there is to say about a moment, gaps first', () => {
    const past = parsePast(hours([false, 'timeout', 1800, 'agent', 30, 0, 20, 7]));
    expect(spansAt(past, Date.parse(`${DAY}10:59:59Z`)).map(({ kind }) => kind)).toEqual(['unreachable', 'filled']);
    expect(spansAt(past, Date.parse(`${DAY}11:00:00Z`))).toEqual([]);
  });

  it('of seconds from the agent say that they are, and nothing about being reachable', () => {
    const rows = [[`${DAY}10:00:00.000Z`, null, null, 1, 'agent', null, null, null, null, 5, 5, 5]];
    const past = parsePast({ ...windows([]), resolution: '1s', to: `${DAY}10:00:01.000Z`, rows });
    expect([past.isFromAgent, past.stepMs, past.spans]).toEqual([true, 1_000, []]);
    expect(parsePast(windows([good(1)])).isFromAgent).toBe(false);
  });
});
