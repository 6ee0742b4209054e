import { expect, it } from 'vitest';
import { windowEndOf, windowStartOf } from './window.ts';

it.each([
  ['2026-11-20T10:09:59.999Z', 600_000, '2026-11-20T10:00:00.000Z'],
  ['2026-11-20T10:10:00.000Z', 600_000, '2026-11-20T10:10:00.000Z'],
  ['2026-11-20T10:09:59.999Z', 60_000, '2026-11-20T10:09:00.000Z'],
  ['1969-12-31T23:59:59.000Z', 600_000, '1969-12-31T23:50:00.000Z'],
])('the window of %s with %d ms begins at %s and ends where the next begins', (at, lengthMs, expected) => {
  const start = windowStartOf(new Date(at), lengthMs);
  expect(start.toISOString()).toBe(expected);
  const end = windowEndOf({ start, lengthMs });
  expect(windowStartOf(end, lengthMs)).toEqual(end);
  expect(end.getTime() - start.getTime()).toBe(lengthMs);
});
