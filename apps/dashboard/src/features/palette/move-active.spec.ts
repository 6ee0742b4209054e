import { expect, it } from 'vitest';
import { moveActive } from './move-active.ts';

it.each([
  ['ArrowDown', 0, 3, 1],
  ['ArrowDown', 2, 3, 0],
  ['ArrowUp', 0, 3, 2],
  ['PageDown', 0, 20, 8],
  ['PageDown', 15, 20, 19],
  ['PageUp', 3, 20, 0],
  ['ArrowDown', 0, 1, 0],
  ['ArrowDown', 0, 0, null],
  ['Home', 3, 20, null],
  ['a', 3, 20, null],
] as const)('%s at %i of %i leads to %s', (key, index, total, next) => {
  expect(moveActive(key, index, total)).toBe(next);
});
