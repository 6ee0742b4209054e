import { expect, test } from 'vitest';
import { decideStream } from './decide-stream.ts';

test.each([
  ['goes on while nothing changes', ['acme'], { role: 'user', networks: ['acme'] }, 'goes-on'],
  ['goes on when the networks stand in another order', ['a', 'b'], { role: 'user', networks: ['b', 'a'] }, 'goes-on'],
  ['goes on with all networks', null, { role: 'user', networks: null }, 'goes-on'],
  ['ends with the session, the token or the account', null, undefined, 'signed-out'],
  ['ends when the role rises', null, { role: 'admin', networks: null }, 'changed'],
  ['ends when a network is taken away', ['a', 'b'], { role: 'user', networks: ['a'] }, 'changed'],
  ['ends when another network takes its place', ['a'], { role: 'user', networks: ['b'] }, 'changed'],
  ['ends when all networks become some', null, { role: 'user', networks: ['a'] }, 'changed'],
  ['ends when some become all', ['a'], { role: 'user', networks: null }, 'changed'],
  ['ends when some become none', ['a'], { role: 'user', networks: [] }, 'changed'],
] as const)('a stream of a user %s', (_what, networks, standing, fate) => {
  expect(decideStream({ role: 'user', networks }, standing)).toBe(fate);
});
