import { expect, test } from 'vitest';
import type { Parsed } from '../../reading/answer.types.ts';
import { parseChartAnswer } from './parse-chart-answer.ts';
import { echoedWindow, parseData as parseAnswer, type AskedWindow, type ChartWindow } from './parse-data.ts';
import { PointScanner } from './point-scanner.ts';

// Start of the window modulo the step, and what a real 1.37.1 agent echoed, relative to the start.
test.each([
  { startsAt: 100, length: 60, step: 1, echoed: [1, 60] },
  { startsAt: 100, length: 60, step: 5, echoed: [5, 60] },
  { startsAt: 101, length: 60, step: 5, echoed: [4, 59] },
  { startsAt: 103, length: 60, step: 5, echoed: [2, 57] },
  { startsAt: 104, length: 60, step: 5, echoed: [6, 56] },
  { startsAt: 104, length: 10, step: 5, echoed: [6, 6] },
  { startsAt: 102, length: 13, step: 5, echoed: [3, 13] },
])('$length s from $startsAt in steps of $step s', ({ startsAt, length, step, echoed }) => {
  const window = echoedWindow({ after: startsAt + 1, before: startsAt + length }, step);
  expect([window.after - startsAt, window.before - startsAt]).toEqual(echoed);
});

function parseData(json: unknown, window: AskedWindow, agentNow: number | null): Parsed<ChartWindow> {
  const answer = parseChartAnswer(Buffer.from(JSON.stringify(json)), new PointScanner());
  return answer.ok ? parseAnswer(answer.value, window, agentNow) : answer;
}

const asked = { after: 101, before: 103 };
const honest = {
  view_update_every: 1,
  after: 101,
  before: 103,
  dimension_ids: ['a', 'b'],
  result: {
    data: [
      [103, 1, 2],
      [102, null, null],
      [101, 3, -4],
    ],
  },
};
const withData = (data: unknown): unknown => ({ ...honest, result: { data } });

test('points come with their dimension ids, and a null stays null', () => {
  const parsed = parseData(honest, asked, null);
  expect(parsed).toMatchObject({ ok: true, value: { expected: 3, stepSeconds: 1 } });
  expect(parsed.ok && [parsed.value.ids, parsed.value.rows, [...parsed.value.numbers]]).toEqual([
    ['a', 'b'],
    3,
    [103, 1, 2, 102, Number.NaN, Number.NaN, 101, 3, -4],
  ]);
});

test.each([
  ['its seconds', [6, 0, 0], true],
  ['nothing at all', [0, 0, 0], true],
  ['its minutes', [0, 4, 0], false],
  ['its seconds and its hours', [4, 0, 1], false],
])('points that were read of %s are believed only when they are seconds', (_what, tiers, isBelieved) => {
  const parsed = parseData({ ...honest, db_points_per_tier: tiers }, asked, null);
  expect(parsed).toMatchObject(isBelieved ? { ok: true } : { ok: false, reason: 'no_data', status: 404 });
});

test.each([
  [true, [[103, 1, null]]],
  [false, [[103, null, null]]],
  [false, [[102, 1, 2]]],
  [false, []],
])('whether the last point has come: %s', (reachesEnd, points) => {
  expect(parseData(withData(points), asked, null)).toMatchObject({ ok: true, value: { reachesEnd } });
});

test('a dimension may be called data', () => {
  const parsed = parseData({ ...honest, dimension_ids: ['data', 'metadata'] }, asked, null);
  expect(parsed).toMatchObject({ ok: true, value: { ids: ['data', 'metadata'], rows: 3 } });
});

test('an agent that leaves points out has fewer samples than expected', () => {
  const parsed = parseData(withData([[102, 1, 2]]), asked, null);
  expect(parsed.ok && [parsed.value.rows, parsed.value.expected]).toEqual([1, 3]);
});

test.each([
  ['another window', { ...honest, after: 100 }],
  ['no step', { ...honest, view_update_every: 0 }],
  ['a dimension twice', { ...honest, dimension_ids: ['a', 'a'] }],
  ['no dimensions', { ...honest, dimension_ids: [], result: { data: [] } }],
  ['no rows', withData('none')],
  ['a row too short', withData([[103, 1]])],
  [
    'a second twice',
    withData([
      [103, 1, 2],
      [103, 1, 2],
    ]),
  ],
  [
    'oldest first',
    withData([
      [101, 1, 2],
      [102, 1, 2],
    ]),
  ],
  ['a second outside', withData([[104, 1, 2]])],
  ['a second before', withData([[100, 1, 2]])],
  ['text for a number', withData([[103, '1', 2]])],
  ['a number beyond reason', withData([[103, 1e300, 2]])],
  ['an array', []],
])('%s is a bad response', (_, json) => {
  expect(parseData(json, asked, null)).toMatchObject({ ok: false, reason: 'bad_response' });
});

test('an agent whose clock has not reached the end has no data yet', () => {
  expect(parseData({ ...honest, after: 90, before: 92 }, asked, 93)).toMatchObject({ ok: false, reason: 'no_data' });
});
