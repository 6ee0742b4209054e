import { describe, expect, it } from 'vitest';
import { axisLabels, pointLabel, stretchLabel, utcLabel } from './moments.ts';

/** In the zone of whoever runs this. */
const at = (hour: number, minute = 0, second = 0): number => new Date(2026, 10, 20, hour, minute, second).getTime();
const seconds = (...moments: number[]): number[] => moments.map(ms => ms / 1000);

describe('a time axis', () => {
  it.each([
    ['names a day where it begins', seconds(at(-6), at(0), at(6)), 6 * 3_600, [/18:00/, /^\D*20\D*$/, /06:00/]],
    ['says seconds where they count', seconds(at(10, 0, 0), at(10, 0, 10)), 10, [/10:00:00/, /10:00:10/]],
    ['names days', seconds(at(0), at(48)), 86_400, [/20/, /22/]],
    ['names months', seconds(at(0)), 31 * 86_400, [/2026/]],
    ['has nothing to say of nothing', [], 60, []],
  ])('%s', (_, splits, step, expected) => {
    expect(axisLabels(splits, step)).toEqual(expected.map(pattern => expect.stringMatching(pattern)));
  });
});

describe('the time of a point', () => {
  it('of a second is a moment, of more a stretch, to the second while it is short', () => {
    expect(pointLabel(at(10), at(10, 0, 1))).toMatch(/10:00:00$/);
    expect(pointLabel(at(10), at(10, 0, 10))).toMatch(/10:00:00.+10:00:10/);
    expect(pointLabel(at(10), at(10, 10))).toMatch(/10:00.+10:10/);
    expect(stretchLabel(at(10), at(34))).toMatch(/20.+10:00.+21.+10:00/);
  });

  it('in UTC is as a machine writes it', () => {
    const start = Date.parse('2026-11-20T10:00:00Z');
    expect(utcLabel(start, start + 1_000)).toBe('2026-11-20 10:00:00');
    expect(utcLabel(start, start + 600_000)).toBe('2026-11-20 10:00:00 – 2026-11-20 10:10:00');
  });
});
