import { describe, expect, it } from 'vitest';
import { LiveBuffer } from '../charts/live-buffer.ts';
import { parsePast } from '../charts/past.ts';
import { LIVE_METRICS, liveSpanMs, mergeSeconds, secondsIn, secondsOf } from './live-seconds.ts';

const at = (second: number) => ({ atMs: second * 1000, values: { cpu: second } });
const seconds = (...list: number[]) => list.map(at);

describe('what an agent remembers', () => {
  it.each([
    ['fills everything, when nothing is known', [], [1, 2, 3], [1, 2, 3]],
    ['is what comes before the first second that is known', [3, 4], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]],
    ['fills a silence', [1, 2, 6, 7], [2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7]],
    ['leaves alone what is a little late', [1, 3.2], [2], [1, 3.2]],
    ['is not taken for a second that is known by another clock', [3.1, 4.1], [2, 3, 4], [2, 3.1, 4.1]],
    ['is nothing, when it has nothing', [1, 2], [], [1, 2]],
  ])('%s', (_, known, remembered, expected) => {
    expect(mergeSeconds(seconds(...known), seconds(...remembered)).map(({ atMs }) => atMs / 1000)).toEqual(expected);
  });

  const time = (second: number): string => new Date(second * 1000).toISOString();

  function past(resolution: string, rows: (number | null)[][]) {
    return parsePast({
      from: time(0),
      to: time(rows.length),
      resolution,
      columns: ['time', 'reachable', 'cpu.avg', 'load1.avg'],
      rows: rows.map((cells, index) => [time(index), null, ...cells]),
    });
  }

  it('is taken second by second, and nothing for one of which it has nothing', () => {
    const read = secondsOf(
      past('1s', [
        [1, 2],
        [null, null],
        [3, 2],
      ]),
    );
    expect(read.map(({ values }) => values?.['cpu'])).toEqual([1, null, 3]);
    expect(secondsOf(past('1s', [[null, null]]))).toEqual([]);
  });

  it('has the load of the last five seconds, which is measured no more often', () => {
    const rows = [[1, 0.5], ...Array.from({ length: 6 }, () => [1, null])];
    const loads = secondsOf(past('1s', rows)).map(({ values }) => values?.['load1']);
    expect(loads).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, null, null]);
  });

  it('is of no use in points of minutes', () => {
    expect(secondsOf(past('10m', [[1, 2]]))).toEqual([]);
  });
});

describe('a buffer', () => {
  it('gives back what was put in, also that nobody answered', () => {
    const buffer = new LiveBuffer(LIVE_METRICS, 10);
    buffer.append(1_000, { cpu: 7, load1: null });
    buffer.append(2_000, null);
    const [first, second] = secondsIn(buffer);
    expect(first).toMatchObject({ atMs: 1_000, values: { cpu: 7, load1: null } });
    expect(second).toEqual({ atMs: 2_000, values: null });
  });
});

describe('the room on a live chart', () => {
  it.each([
    ['two minutes, when there is nothing yet', undefined, undefined, 120],
    ['two minutes, while they are enough', 0, 119, 120],
    ['five minutes then', 0, 121, 300],
    ['ten at most', 0, 3_600, 600],
  ])('is %s', (_, first, last, expected) => {
    const ms = (second: number | undefined) => (second === undefined ? undefined : second * 1000);
    expect(liveSpanMs(ms(first), ms(last))).toBe(expected * 1000);
  });
});
