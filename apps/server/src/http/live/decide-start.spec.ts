import { expect, test } from 'vitest';
import { decideStart } from './decide-start.ts';

test.each([
  ['one who has seen nothing begins now', null, { newest: 9, hasLastSeen: false }, 9, 'new'],
  ['before the first change ever, now is 0', null, { newest: 0, hasLastSeen: false }, 0, 'new'],
  ['one who missed something gets it', 4, { newest: 9, hasLastSeen: true }, 4, 'resumed'],
  ['one who missed nothing goes on', 9, { newest: 9, hasLastSeen: true }, 9, 'resumed'],
  ['one who was there before the first change gets it', 0, { newest: 2, hasLastSeen: false }, 0, 'resumed'],
  ['one who names what was deleted begins now', 4, { newest: 9, hasLastSeen: false }, 9, 'not_kept'],
  ['one who names what never was begins now', 10, { newest: 9, hasLastSeen: false }, 9, 'not_kept'],
  ['a thousand changes are told again', 1, { newest: 1_001, hasLastSeen: true }, 1, 'resumed'],
  ['more are not', 1, { newest: 1_002, hasLastSeen: true }, 1_002, 'too_far_back'],
] as const)('%s', (_title, lastSeen, kept, after, reason) => {
  expect(decideStart(lastSeen, kept)).toEqual({ after, reason });
});
