import { expect, test } from 'vitest';
import { asEpochSecond, asMeasure, asText } from './shape.ts';

test.each([
  [1.5, 1.5],
  [null, null],
  [1e15, 1e15],
  [-1e-300, 0],
  [1e308, undefined],
  [Number.POSITIVE_INFINITY, undefined],
  ['1', undefined],
  [undefined, undefined],
  [{}, undefined],
])('%s measures %s', (value, measure) => {
  expect(asMeasure(value)).toBe(measure);
});

test.each([
  [1_795_172_764, 1_795_172_764],
  [1.5, undefined],
  [-1, undefined],
  [1_795_172_764_000, undefined],
])('%s is the epoch second %s', (value, second) => {
  expect(asEpochSecond(value)).toBe(second);
});

test.each([
  ['/var', '/var'],
  ['a\u0000b\n', 'ab'],
  ['\ud800x', 'x'],
  ['', null],
  [7, null],
  ['x'.repeat(300), 'x'.repeat(255)],
])('%j is stored as %j', (value, text) => {
  expect(asText(value)).toBe(text);
});
