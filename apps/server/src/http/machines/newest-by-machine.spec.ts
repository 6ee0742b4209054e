import { expect, test } from 'vitest';
import type { StoredObservation } from '#storage';
import { newestByMachine } from './newest-by-machine.ts';

function seen(machineId: number, monitor: string, second: number): StoredObservation {
  const at = new Date(Date.UTC(2026, 10, 20, 10, 0, second));
  return {
    machineId,
    monitor,
    observer: 'local',
    dueAt: at,
    observedAt: at,
    reason: null,
    latencyMs: null,
    clockOffsetMs: null,
    values: null,
    fullestMount: null,
    misses: 0,
    since: at,
    valuesAt: null,
  };
}

test.each([
  ['the only one', [seen(1, 'host', 0)], { 1: 'host' }],
  ['the newest when it comes first', [seen(1, 'host', 9), seen(1, 'netdata', 0)], { 1: 'host' }],
  ['the newest when it comes last', [seen(1, 'host', 0), seen(1, 'netdata', 9)], { 1: 'netdata' }],
  ['of two as new as each other the first', [seen(1, 'host', 5), seen(1, 'netdata', 5)], { 1: 'host' }],
  [
    'each machine its own',
    [seen(1, 'host', 9), seen(1, 'netdata', 0), seen(2, 'host', 0), seen(2, 'netdata', 9)],
    { 1: 'host', 2: 'netdata' },
  ],
  ['nothing of a machine that was not looked at', [], {}],
])('of the observations of a machine it shows %s', (_what, observations, expected) => {
  const monitors = [...newestByMachine(observations)].map(([id, { monitor }]) => [id, monitor]);
  expect(Object.fromEntries(monitors)).toEqual(expected);
});
