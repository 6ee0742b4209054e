import { expect, test } from 'vitest';
import { decideSecondsRange } from './seconds-reader-range.ts';

test.each([
  ['whole seconds', 100, 160, { from: 100, to: 160 }],
  ['parts of seconds', 100.9, 160.2, { from: 100, to: 160 }],
  ['two hours', 100, 7300, { from: 100, to: 7300 }],
  ['two hours that begin within a second', 100.7, 7300.7, { from: 100, to: 7300 }],
  ['a second more than two hours', 100, 7301, null],
  ['ten thousand years', 0, 3e11, null],
  ['nothing', 100, 100, null],
  ['less than a second', 100.1, 100.9, null],
  ['the wrong way round', 160, 100, null],
  ['no time at all', Number.NaN, 160, null],
])('%s', (_, from, to, expected) => {
  expect(decideSecondsRange(from, to)).toEqual(expected);
});
