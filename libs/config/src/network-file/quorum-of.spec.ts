import { expect, it } from 'vitest';
import { quorumOf } from './quorum-of.ts';

it.each([
  [{}, { observers: 1, agree: 1, misses: 3 }],
  [{ observers: 2 }, { observers: 2, agree: 2, misses: 3 }],
  [{ observers: 7 }, { observers: 7, agree: 4, misses: 3 }],
  [
    { observers: 7, agree: 1, misses: 1 },
    { observers: 7, agree: 1, misses: 1 },
  ],
])('%j means %j', (written, quorum) => {
  expect(quorumOf(written)).toEqual(quorum);
});
