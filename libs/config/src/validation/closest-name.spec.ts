import { expect, it } from 'vitest';
import { closestName } from './closest-name.ts';

const names = ['netdata', 'host', 'labels', 'via'];

it.each([
  ['netdta', 'netdata'],
  ['Netdata', 'netdata'],
  ['lables', 'labels'],
  ['hosts', 'host'],
  ['vai', 'via'],
  ['hots', 'host'],
  ['xyz', null],
  ['interval', null],
  ['', null],
  ['x'.repeat(100_000), null],
])('for %.12s suggests %s', (word, name) => {
  expect(closestName(word, names)).toBe(name);
});
