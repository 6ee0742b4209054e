import { expect, it } from 'vitest';
import { daysAgo, groupByDay } from './group-by-day.ts';

const at = (local: string) => ({ at: new Date(local).toISOString() });

it('puts what happened on one day of the reader under one heading, in the given order', () => {
  const events = [at('2026-11-21T00:10:00'), at('2026-11-20T23:50:00'), at('2026-11-20T01:00:00')];
  expect(groupByDay(events).map(({ items }) => items)).toEqual([[events[0]], [events[1], events[2]]]);
});

it('makes no heading of nothing', () => {
  expect(groupByDay([])).toEqual([]);
});

it.each([
  ['2026-11-21T00:00:00', '2026-11-21T23:59:59', 0],
  ['2026-11-20T00:00:00', '2026-11-21T00:00:00', 1],
  ['2026-10-24T00:00:00', '2026-10-26T12:00:00', 2],
])('from %s to %s it is %i days', (start, now, days) => {
  expect(daysAgo(new Date(start).getTime(), new Date(now).getTime())).toBe(days);
});
