import { expect, test } from 'vitest';
import { decideDevicePlan, type DevicePlan, type DeviceQuestion } from './device-plan.ts';

/** A midnight of UTC, and a second after it that is at no step. */
const T0 = Date.UTC(2026, 10, 20) / 1000;
const DAY = 86_400;

function plan(from: number, to: number, more: Partial<DeviceQuestion> = {}): DevicePlan | null {
  const [start, end] = [from, to].map(second => new Date((T0 + second) * 1000)) as [Date, Date];
  return decideDevicePlan({ from: start, to: end, agentNow: T0 + 100 * DAY, chartStep: 1, tier: 0, ...more });
}

/** Where it begins and ends, counted from T0, and how long its points are. */
function told(decided: DevicePlan | null): unknown {
  if (decided === null) return null;
  const { after, before, stepSeconds, points, exact } = decided;
  expect(points).toBe((before - after + 1) / stepSeconds);
  expect(points).toBeLessThanOrEqual(800);
  return [after - 1 - T0, before - T0, stepSeconds, exact];
}

test.each<[string, number, number, Partial<DeviceQuestion>, unknown]>([
  ['a minute in its seconds', 7, 67, {}, [7, 67, 1, true]],
  ['800 seconds in as many points', 0, 800, {}, [0, 800, 1, true]],
  ['a second more in twos', 0, 801, {}, [0, 802, 2, true]],
  [
    'what begins within a point from its beginning, to the end of that in which it ends',
    1,
    1001,
    {},
    [0, 1002, 2, true],
  ],
  ['parts of seconds in whole ones', 0.5, 10.5, {}, [0, 11, 1, true]],
  ['a day in two minutes, still of its seconds', 0, DAY, {}, [0, DAY, 120, true]],
  ['three days in five minutes, of what it keeps longer', 0, 2.5 * DAY, {}, [0, 2.5 * DAY, 300, false]],
  ['a month in hours', 0, 30 * DAY, {}, [0, 30 * DAY, 3600, false]],
  ['its minutes in no less', 0, 600, { tier: 1 }, [0, 600, 60, false]],
  ['its hours in no less', 0, 7200, { tier: 2 }, [0, 7200, 3600, false]],
  ['a tier that nobody knows like its hours', 0, 7200, { tier: 7 }, [0, 7200, 3600, false]],
  ['a slow chart in its own step', 0, 100, { chartStep: 10 }, [0, 100, 10, true]],
  ['an odd chart in multiples of its step', 0, 5000, { chartStep: 7 }, [-6, 5006, 7, true]],
  ['minutes of a slow chart in as many of its steps', 0, 3000, { chartStep: 10, tier: 1 }, [0, 3000, 600, false]],
  ['what is over, two seconds ago', 0, 100, { agentNow: T0 + 50.9 }, [0, 48, 1, true]],
  [
    'what is over of a slow chart, which is a step later',
    0,
    100,
    { agentNow: T0 + 50, chartStep: 5 },
    [0, 40, 5, true],
  ],
  ['nothing of what is to come', 60, 100, { agentNow: T0 + 50 }, null],
  ['nothing of a point that is not over yet', 0, 60, { agentNow: T0 + 50, tier: 1 }, null],
  ['800 days by day', -700 * DAY, 100 * DAY, {}, [-700 * DAY, 99 * DAY, 86_400, false]],
  ['nothing of longer', -701 * DAY, 100 * DAY, {}, null],
])('an agent is asked for %s', (_what, from, to, more, expected) => {
  expect(told(plan(from, to, more))).toEqual(expected);
});
