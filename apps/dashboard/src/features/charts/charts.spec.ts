import { describe, expect, it } from 'vitest';
import type { MetricHistory } from '../../api/history-client.ts';
import { decideKey, type KeyScene } from './chart-keys.ts';
import type { ChartModel, Span } from './chart-model.ts';
import { extremesOf, lastOf, meanOf } from './chart-model.ts';
import { compareModel } from './compare-model.ts';
import { describeChart, describeSpan, describeStep } from './describe.ts';
import { bounds, dataOf, lonePoints, nearestLine, placesOf, shapeOf } from './plot-data.ts';
import { PAGE_ROWS, pageCount, tableRows } from './table-rows.ts';
import { type ChartUnit, formatLower, formatValue, gridSteps, valueRange } from './units.ts';

const AT = Date.parse('2026-11-20T10:00:00Z');
const MINUTE = 60_000;
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

function aModel(count: number, more: Partial<ChartModel> = {}): ChartModel {
  const times = Array.from({ length: count }, (_, index) => (AT + (index * 10 + 5) * MINUTE) / 1000);
  const avg = times.map((_, index) => index);
  const series = [{ key: 'cpu', label: 'CPU', avg, min: null, max: null }];
  const toMs = AT + count * 10 * MINUTE;
  return { times, fromMs: AT, toMs, stepMs: 10 * MINUTE, resolution: '10m', series, spans: [], filled: [], ...more };
}

describe('what is said of a line', () => {
  it.each([
    [[1, 2, null], 2],
    [[null, null], null],
    [[], null],
  ])('the last value of %j is %s', (points, last) => {
    expect(lastOf(points)).toBe(last);
  });

  it('its lowest and highest are those of its points, not of their averages, where they are known', () => {
    const line = { key: 'a', label: 'A', avg: [5, null, 7], min: [1, null, null], max: [6, null, null] };
    expect(extremesOf(line)).toEqual({ min: 1, max: 7 });
    expect(extremesOf({ ...line, avg: [null], min: null, max: null })).toBeNull();
    expect([meanOf(line.avg), meanOf([null])]).toEqual([6, null]);
  });
});

describe('one metric of all machines', () => {
  it('is a line each; a machine of which there is nothing has an empty one', () => {
    const answer = {
      from: '2026-11-20T10:00:00.000Z',
      to: '2026-11-20T10:20:00.000Z',
      resolution: '10m',
      times: ['2026-11-20T10:00:00.000Z', '2026-11-20T10:10:00.000Z'],
      series: [
        { machine: 'db-1', avg: [1, null] },
        { machine: 'new', avg: [] },
      ],
    } as unknown as MetricHistory;
    const model = compareModel(answer);
    expect(model.times).toEqual([AT / 1000 + 300, AT / 1000 + 900]);
    expect(model.series.map(({ key, avg }) => [key, avg])).toEqual([
      ['db-1', [1, null]],
      ['new', [null, null]],
    ]);
  });
});

describe('what the chart is given', () => {
  it('is the time, then the edges of the bands, then the lines, so that no band covers a line', () => {
    const banded = { key: 'a', label: 'A', avg: [2], min: [1], max: [3] };
    const bare = { key: 'b', label: 'B', avg: [9], min: null, max: null };
    const model = aModel(1, { series: [banded, bare, { ...banded, key: 'c' }] });
    expect(dataOf(model)).toEqual([model.times, [3], [1], [3], [1], [2], [9], [2]]);
    expect(placesOf(shapeOf(model))).toEqual({ lines: [5, 6, 7], edges: [1, null, 3] });
    expect(bounds(model)).toEqual({ min: 0, max: 9 });
  });

  it('has no bands when the lines are many', () => {
    const line = { key: 'a', label: 'A', avg: [2], min: [1], max: [300] };
    const model = aModel(1, { series: Array.from({ length: 9 }, () => line) });
    expect(dataOf(model)).toHaveLength(10);
    expect(bounds(model).max).toBe(2);
  });

  it.each([
    [
      [1, null, 2, 3, null, 4],
      [0, 5],
    ],
    [[null, 1, null], [1]],
    [[1, 2], []],
    [[5], [0]],
  ])('in %j, the points that no line shows are %j', (points, lone) => {
    expect(lonePoints(points)).toEqual(lone);
  });

  it.each([
    [12, 'low'],
    [49, 'high'],
    [30, null],
    [90, null],
  ])('the line nearest to %i px is %s', (topPx, key) => {
    const lines = [
      ['low', 10],
      ['high', 50],
      ['gone', null],
    ] as const;
    const series = lines.map(([name, value]) => ({ key: name, label: name, avg: [value], min: null, max: null }));
    const nearest = nearestLine(aModel(1, { series }), 0, { topPx, withinPx: 15, toPx: value => value });
    expect(nearest).toBe(key);
  });
});

describe('values and their axis', () => {
  it.each<[ChartUnit, number, string]>([
    ['percent', 3.44, '3.4 %'],
    ['percent', 0, '0 %'],
    ['percent', 12.4, '12 %'],
    ['bytes', 16 * 2 ** 30, '16.0 GiB'],
    ['bytes_per_second', -1_240_000, '−1.2 MB/s'],
    ['load', 0.084, '0.08'],
    ['seconds', 90_000, '1 d 1 h'],
    ['milliseconds', 12.3, '12 ms'],
  ])('%s %d reads %s', (unit, value, text) => {
    expect(plain(formatValue(unit, value))).toBe(text);
  });

  it.each<[ChartUnit, number, number, string]>([
    ['percent', 10, 22, '10'],
    ['bytes_per_second', 102_000, 205_000, '102'],
    ['bytes_per_second', 94_000, 10_800_000, '94.0 kB/s'],
    ['load', 0.4, 6.5, '0.40'],
    ['seconds', 90, 3_690, '1 m 30 s'],
  ])('the lower end of %s from %d to %d is said as "%s"', (unit, min, max, text) => {
    expect(plain(formatLower(unit, min, max))).toBe(text);
  });

  it.each<[ChartUnit, number, number, number | undefined, [number, number]]>([
    ['percent', 0, 50, undefined, [0, 54]],
    ['percent', 0, 0.2, undefined, [0, 5]],
    ['percent', 0, 99, undefined, [0, 100]],
    ['percent', 0, 30, 100, [0, 100]],
    ['percent', 0, 200, 100, [0, 216]],
    ['bytes', 0, 100, undefined, [0, 108]],
    ['bytes', 0, 90, 100, [0, 100]],
    ['load', 0, 0, undefined, [0, 1]],
    ['bytes_per_second', -50, 0, undefined, [-54, 0]],
  ])('%s from %d to %d with %s at the top: %j', (unit, min, max, top, expected) => {
    const [low, high] = valueRange(unit, min, max, top);
    expect([low, high]).toEqual([expect.closeTo(expected[0], 9), expect.closeTo(expected[1], 9)]);
  });

  it.each<ChartUnit>(['percent', 'bytes', 'bytes_per_second', 'load', 'seconds', 'milliseconds'])(
    'steps of %s rise and each has its own label',
    unit => {
      const steps = gridSteps(unit);
      expect(steps.toSorted((a, b) => a - b)).toEqual([...steps]);
      expect(new Set(steps.map(step => formatValue(unit, step))).size).toBe(steps.length);
    },
  );
});

describe('what is told in words', () => {
  const span: Span = {
    fromMs: AT,
    toMs: AT + MINUTE,
    kind: 'unreachable',
    reason: 'timeout',
    conclusion: null,
    minutes: null,
  };

  it.each<[Partial<Span>, string]>([
    [{}, 'Not reachable: timeout'],
    [{ reason: null }, 'Not reachable'],
    [{ conclusion: 'no_data' }, 'Not reachable: timeout; the machine has nothing of it either'],
    [{ reason: 'gone_fishing' }, 'Not reachable: gone fishing'],
    [{ minutes: 20 }, 'Not reachable: timeout (20 m of it)'],
    [{ kind: 'unobserved', reason: 'unobserved' }, 'distomon itself was not there'],
    [{ kind: 'missing', reason: null }, 'Nothing is stored of this time'],
    [{ kind: 'filled', conclusion: 'network' }, 'Filled in later from the memory of the agent; timeout then'],
  ])('a stretch with %j', (more, text) => {
    expect(plain(describeSpan({ ...span, ...more }))).toBe(text);
  });

  it.each([
    [1_000, '1 second'],
    [10_000, '10 seconds'],
    [600_000, '10 minutes'],
    [3_600_000, '1 hour'],
    [86_400_000, '1 day'],
    [90_000, '90 seconds'],
  ])('%i ms are %s', (ms, text) => {
    expect(describeStep(ms)).toBe(text);
  });

  it('a chart is a sentence', () => {
    const one = plain(describeChart('CPU', 'percent', aModel(3, { spans: [span] })));
    expect(one).toMatch(/^CPU, .* to .*\. Last 2\.0 %, lowest 0 %, highest 2\.0 %\. 1 gap\.$/);
    const [line] = aModel(3).series;
    const many = aModel(3, { series: Array.from({ length: 20 }, () => line ?? never()) });
    expect(plain(describeChart('CPU', 'percent', many))).toContain('20 lines, lowest 0 %, highest 2.0 %. No gaps.');
    expect(describeChart('CPU', 'percent', aModel(0))).toContain('No values.');
  });
});

describe('the table of a chart', () => {
  it.each([
    [0, 1, 0, 0],
    [1, 1, 0, 1],
    [PAGE_ROWS, 1, 0, PAGE_ROWS],
    [PAGE_ROWS + 1, 2, 1, 1],
  ])('of %i points has %i pages; page %i has %i lines', (points, pages, page, lines) => {
    const model = aModel(points);
    expect(pageCount(model)).toBe(pages);
    expect(tableRows(model, page)).toHaveLength(lines);
  });

  it('begins with the newest point and says what there is to say', () => {
    const span: Span = {
      fromMs: AT,
      toMs: AT + 10 * MINUTE,
      kind: 'missing',
      reason: null,
      conclusion: null,
      minutes: null,
    };
    const rows = tableRows(aModel(2, { spans: [span] }), 0);
    expect(rows.map(({ index, fromMs, spans }) => [index, fromMs, spans.length])).toEqual([
      [1, AT + 10 * MINUTE, 0],
      [0, AT, 1],
    ]);
  });
});

describe('a key on a chart', () => {
  const scene: KeyScene = { count: 20, index: 5, fromMs: 0, toMs: 1_000, atMs: 250, now: 2_000 };

  it.each<[string, boolean, Partial<KeyScene>, ReturnType<typeof decideKey>]>([
    ['ArrowRight', false, {}, { kind: 'move', index: 6 }],
    ['ArrowLeft', true, {}, { kind: 'move', index: 0 }],
    ['ArrowRight', false, { index: 19 }, { kind: 'move', index: 19 }],
    ['ArrowRight', false, { index: null }, { kind: 'move', index: 0 }],
    ['ArrowLeft', false, { index: null }, { kind: 'move', index: 19 }],
    ['Home', false, {}, { kind: 'move', index: 0 }],
    ['End', false, {}, { kind: 'move', index: 19 }],
    ['+', false, {}, { kind: 'zoom', fromMs: 125, toMs: 625 }],
    ['=', false, { atMs: null }, { kind: 'zoom', fromMs: 250, toMs: 750 }],
    ['-', false, { atMs: null }, { kind: 'zoom', fromMs: -500, toMs: 1_500 }],
    ['-', false, { atMs: null, now: 1_000 }, { kind: 'zoom', fromMs: -1_000, toMs: 1_000 }],
    ['Backspace', false, {}, { kind: 'back' }],
    ['Escape', false, {}, { kind: 'leave' }],
    ['Escape', false, { index: null }, { kind: 'back' }],
    ['Tab', false, {}, null],
    ['a', false, {}, null],
  ])('%s (shift: %s) with %j: %j', (key, shiftKey, more, expected) => {
    expect(decideKey({ key, shiftKey }, { ...scene, ...more })).toEqual(expected);
  });
});

function never(): never {
  throw new Error('a model has a line');
}
