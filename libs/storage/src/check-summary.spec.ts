import { expect, it } from 'vitest';
import { daysOfRange, openDayOf } from './check-summary.ts';

const at = (text: string): Date => new Date(`2026-11-${text}Z`);

it.each([
  ['a month of midnights', '01T00:00', '20T00:00', '30T00:00', ['01T00:00', '20T00:00']],
  ['what begins and ends within a day', '01T00:01', '20T23:59', '30T00:00', ['02T00:00', '20T00:00']],
  ['only the days that were summed', '01T00:00', '20T00:00', '10T00:00', ['01T00:00', '10T00:00']],
  ['no day, when none of them was summed', '10T00:00', '20T00:00', '10T00:00', ['10T00:00', '10T00:00']],
  ['no day, when the range has no whole one', '10T00:01', '11T23:59', '30T00:00', ['10T00:01', '10T00:01']],
  ['no day of an empty range', '10T12:00', '10T12:00', '30T00:00', ['10T12:00', '10T12:00']],
  ['no day of a range that runs backwards', '20T00:00', '10T00:00', '30T00:00', ['20T00:00', '20T00:00']],
])('sums %s', (_, from, to, until, [first, end]) => {
  expect(daysOfRange(at(from), at(to), at(until))).toEqual({ first: at(first!), end: at(end!) });
});

it.each([
  ['10T05:59:59.999', '09T00:00'],
  ['10T06:00', '10T00:00'],
  ['10T23:59', '10T00:00'],
])('at %s the day of %s is still open', (now, open) => {
  expect(openDayOf(at(now))).toEqual(at(open));
});
