import { expect, test } from 'vitest';
import { placeInAdded, placeInChanged } from './place-in-request.ts';

test.each([
  ['machines[7].netdata', 'machines[0].netdata'],
  ['machines[19]', 'machines[12]'],
  ['machines[6].name', 'machines[6].name'],
  ['monitors[7].on[0]', 'monitors[7].on[0]'],
])('with seven machines there, %s is what was sent as %s', (path, expected) => {
  expect(placeInAdded(path, 7)).toBe(expected);
});

test.each([
  ['machines[7].netdata', 'netdata'],
  ['machines[7].labels.tier', 'labels.tier'],
  ['machines[7]', 'machines[7]'],
  ['machines[70].name', 'machines[70].name'],
])('of the eighth machine, %s is what was sent as %s', (path, expected) => {
  expect(placeInChanged(path, 7)).toBe(expected);
});
