import { describe, expect, it } from 'vitest';
import type { StateCounts } from '../../api/client.ts';
import { iconOf, truthOf } from './truth.ts';
import { defaultView } from './use-view.ts';

function counts(change: Partial<StateCounts>): StateCounts {
  return { total: 0, up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0, ...change };
}

describe('the sentence of truth', () => {
  it.each([
    [{}, {}, 'Nothing is watched yet', 'normal'],
    [{ total: 1, up: 1 }, {}, '1 machine, all up', 'normal'],
    [{ total: 5, up: 4, down: 1 }, {}, '5 machines, 1 down', 'down'],
    [{ total: 4, up: 3, degraded: 1 }, {}, '4 machines, 1 degraded', 'warning'],
    [{ total: 2, unknown: 2 }, {}, '2 machines, 2 unknown', 'normal'],
    [
      { total: 9, up: 1, down: 2, degraded: 1, unknown: 2, maintenance: 3 },
      {},
      '9 machines, 2 down, 1 degraded, 2 unknown, 3 in maintenance',
      'down',
    ],
    [{}, { total: 1, up: 1 }, '1 service, all up', 'normal'],
    [{ total: 5, up: 5 }, { total: 3, up: 2, down: 1 }, '5 machines, all up · 3 services, 1 down', 'down'],
    [{ total: 5, up: 4, down: 1 }, { total: 3, up: 3 }, '5 machines, 1 down · 3 services, all up', 'down'],
    [{ total: 1, up: 1 }, { total: 1, degraded: 1 }, '1 machine, all up · 1 service, 1 degraded', 'warning'],
  ] as const)('of %j machines and %j services is "%s"', (machines, services, sentence, icon) => {
    const all = { machines: counts(machines), services: counts(services) };
    expect([truthOf(all), iconOf(all)]).toEqual([sentence, icon]);
  });
});

describe('the list that is shown first', () => {
  it.each([
    ['machines, when there is nothing yet', {}, {}, 'machines'],
    ['machines, when there are both', { total: 1 }, { total: 9 }, 'machines'],
    ['services, when there is nothing else', {}, { total: 1 }, 'services'],
  ] as const)('is that of %s', (_, machines, services, view) => {
    expect(defaultView({ machines: counts(machines), services: counts(services) })).toBe(view);
  });
});
