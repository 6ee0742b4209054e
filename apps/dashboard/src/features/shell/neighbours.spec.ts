import { expect, it } from 'vitest';
import { rememberedOrder, rememberOrder } from './home-order.ts';
import { neighboursOf } from './neighbours.ts';

const NAMES = ['a', 'b', 'c'];

it.each([
  ['a', null, 'b', 0],
  ['b', 'a', 'c', 1],
  ['c', 'b', null, 2],
  ['gone', null, null, -1],
])('around %s are %s and %s', (machine, previous, next, index) => {
  expect(neighboursOf(NAMES, machine)).toEqual({ previous, next, index, total: 3 });
});

it('the order of Home is remembered for each network, and only for a machine that was in it', () => {
  rememberOrder('acme', NAMES);
  rememberOrder('beta', ['x']);
  expect(rememberedOrder('acme', 'b')).toBe(NAMES);
  expect([rememberedOrder('acme', 'x'), rememberedOrder('gone', 'a')]).toEqual([null, null]);
});
