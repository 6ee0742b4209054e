import { expect, it } from 'vitest';
import { decideUserChanges, type UserWish } from './decide-user-changes.ts';

const BOB: UserWish = { name: 'Bob', role: 'user', networks: ['acme', 'lab'] };

it.each([
  ['nothing is different', {}, null],
  ['the networks stand in another order', { networks: ['lab', 'acme'] }, null],
  ['the name is another', { name: 'Bobby' }, { name: 'Bobby' }],
  ['the name is gone', { name: '' }, { name: '' }],
  ['the role is another', { role: 'admin' }, { role: 'admin' }],
  ['a network is taken away', { networks: ['acme'] }, { networks: ['acme'] }],
  ['it may see all networks', { networks: null }, { networks: null }],
  ['several things', { name: 'B', role: 'admin', networks: null }, { name: 'B', role: 'admin', networks: null }],
] as const)('when %s, %j becomes %j', (_, wish, changes) => {
  expect(decideUserChanges(BOB, { ...BOB, ...wish } as UserWish)).toEqual(changes);
});

it('who sees all networks and may go on seeing all is not changed', () => {
  expect(decideUserChanges({ ...BOB, networks: null }, { ...BOB, networks: null })).toBeNull();
});
