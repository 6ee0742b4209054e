import { expect, test } from 'vitest';
import type { MonitorEntry, NetworkFile } from '#config';
import type { StoredMachine, StoredObservation } from '#storage';
import { observationsOf } from './observations-of.ts';

const MACHINE = { name: 'db-1', netdata: 'http://10.0.0.11:19999', address: '10.0.0.11', labels: {} } as StoredMachine;

function monitor(name: string, change: Partial<MonitorEntry> = {}): MonitorEntry {
  return {
    name,
    kind: 'tcp',
    gives: 'check',
    needs: 'address',
    on: ['db-1'],
    service: false,
    ...change,
  } as MonitorEntry;
}
const AGENTS = monitor('agents', { kind: 'netdata', gives: 'metrics', needs: 'netdata', on: [] });
const PLUGIN = monitor('deep', { kind: 'deep', gives: 'metrics', needs: null });

function seen(name: string, second: number, observer = 'a'): StoredObservation {
  return { monitor: name, observer, observedAt: new Date(Date.UTC(2026, 10, 20, 10, 0, second)) } as StoredObservation;
}

const CASES: readonly [string, MonitorEntry[], StoredObservation[], string | null, string[]][] = [
  ['nothing before anybody has looked', [AGENTS, monitor('ssh')], [], null, []],
  [
    'the values of its agent, however new a check is',
    [monitor('ssh'), AGENTS],
    [seen('ssh', 9), seen('agents', 0)],
    'agents@0',
    ['ssh@9'],
  ],
  ['the newest of two that give values', [AGENTS, PLUGIN], [seen('agents', 1), seen('deep', 2)], 'deep@2', []],
  ['the newest of two observers', [AGENTS], [seen('agents', 3, 'a'), seen('agents', 2, 'b')], 'agents@3', []],
  [
    'of two observers as new as each other the first',
    [AGENTS],
    [seen('agents', 3, 'a'), seen('agents', 3, 'b')],
    'agents@3',
    [],
  ],
  [
    'checks in the order of the file, each once',
    [monitor('ssh'), AGENTS, monitor('dns')],
    [seen('dns', 1), seen('ssh', 1, 'a'), seen('ssh', 2, 'b')],
    null,
    ['ssh@2', 'dns@1'],
  ],
  [
    'nothing of a monitor that the file does not name any more',
    [AGENTS],
    [seen('gone', 9), seen('agents', 1)],
    'agents@1',
    [],
  ],
  [
    'nothing of a monitor that looks at others only',
    [AGENTS, monitor('ssh', { on: ['web-1'] })],
    [seen('ssh', 9), seen('agents', 1)],
    'agents@1',
    [],
  ],
];

test.each(CASES)('a machine shows %s', (_what, monitors, observations, latest, checks) => {
  const nameOf = ({ monitor: name, observedAt }: StoredObservation): string => `${name}@${observedAt.getUTCSeconds()}`;
  const shown = observationsOf({ monitors } as unknown as NetworkFile, MACHINE, observations);
  expect(shown.latest === undefined ? null : nameOf(shown.latest)).toBe(latest);
  expect(shown.checks.map(({ observation }) => nameOf(observation))).toEqual(checks);
});
