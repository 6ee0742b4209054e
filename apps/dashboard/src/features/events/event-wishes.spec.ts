import { expect, it } from 'vitest';
import { statesOf, wishesOf, withState } from './event-wishes.ts';

const NOTHING = { machine: '', kind: '', states: '', period: '' };

it.each([
  [NOTHING, { network: 'acme' }],
  [
    { machine: 'db-1', kind: 'machine', states: 'down,up', period: 'week' },
    { network: 'acme', machine: 'db-1', kind: 'machine', states: ['down', 'up'], from: '-7d' },
  ],
  [{ machine: '', kind: 'planet', states: 'on,constructor', period: 'toString' }, { network: 'acme' }],
])('%j asks for %j', (params, wishes) => {
  expect(wishesOf('acme', params)).toEqual(wishes);
});

it.each([
  ['', 'down', 'down'],
  ['down', 'down', ''],
  ['down', 'degraded', 'down,degraded'],
  ['degraded,down', 'up', 'down,degraded,up'],
  ['down,degraded,unknown,maintenance', 'up', ''],
] as const)('%j and a press on %s is %j', (param, state, next) => {
  expect(withState(param, state)).toBe(next);
});

it('names states in the order of their badness, whatever the address says', () => {
  expect(statesOf('up,nonsense,down')).toEqual(['down', 'up']);
});
