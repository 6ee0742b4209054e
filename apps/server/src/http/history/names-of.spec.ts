import { expect, test } from 'vitest';
import { namesOf } from './names-of.ts';

test.each([
  ['a,b', ['a', 'b']],
  [
    ['a', 'b,c'],
    ['a', 'b', 'c'],
  ],
  [',a,,b,', ['a', 'b']],
  ['a,b,a', ['a', 'b']],
  ['', []],
  [{ a: 'b' }, [{ a: 'b' }]],
  [[['a']], [['a']]],
])('the names in %j', (given, names) => {
  expect(namesOf(given)).toEqual(names);
});
