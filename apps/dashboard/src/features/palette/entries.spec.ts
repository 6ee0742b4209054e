import { expect, it } from 'vitest';
import { aMachine } from '../machines/machine-row.example.ts';
import { aService } from '../services/service-row.example.ts';
import { actionEntry, machineEntry, pageEntry, serviceEntry } from './entries.ts';

it.each([
  ['a machine', machineEntry('acme', aMachine('web-1'), ''), '/machines/acme/web-1'],
  ['a machine with an odd name', machineEntry('a b', aMachine('<b>/?#'), ''), '/machines/a%20b/%3Cb%3E%2F%3F%23'],
  ['a service', serviceEntry('acme', aService('a&b'), ''), '/?network=acme&view=services&q=a%26b'],
  ['a page', pageEntry('Events', '/events?network=acme'), '/events?network=acme'],
])('%s leads to its address', (_what, { deed }, href) => {
  expect(deed).toEqual({ kind: 'go', href });
});

it('no two entries have the same id', () => {
  const entries = [
    machineEntry('acme', aMachine('web'), ''),
    machineEntry('beta', aMachine('web'), ''),
    serviceEntry('acme', aService('web'), ''),
    actionEntry('Light', null, { kind: 'theme', scheme: 'light' }),
    actionEntry('Dark', null, { kind: 'theme', scheme: 'dark' }),
  ];
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
});
