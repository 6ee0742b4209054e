import { expect, test } from 'vitest';
import { LineAllowance } from './line-allowance.ts';

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

test('50 lines of ten seconds pass, and the first one after them says how many did not', () => {
  const allowance = new LineAllowance();
  const first = times(70, () => allowance.ask(1_000));
  expect(first.filter(({ passes }) => passes)).toHaveLength(50);
  expect(first.slice(0, 50).every(({ passes }) => passes)).toBe(true);
  expect(allowance.ask(10_999)).toEqual({ passes: false, leftOut: 0 });
  expect(allowance.ask(11_000)).toEqual({ passes: true, leftOut: 21 });
  expect(allowance.ask(11_001)).toEqual({ passes: true, leftOut: 0 });
});

test('a plugin that writes little never misses a line', () => {
  const allowance = new LineAllowance();
  const asked = Array.from({ length: 1_000 }, (_, second) => allowance.ask(second * 1_000));
  expect(asked.every(({ passes, leftOut }) => passes && leftOut === 0)).toBe(true);
});
