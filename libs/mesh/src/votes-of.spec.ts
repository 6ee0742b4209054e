import { expect, test } from 'vitest';
import type { MonitorEntry, NetworkFile } from '#config';
import type { JudgedMachine, LastSeen } from '#storage';
import { votesOf } from './votes-of.ts';

const at = new Date('2026-11-20T10:00:00Z');

function monitor(name: string, more: Partial<MonitorEntry> = {}): MonitorEntry {
  const timing = { intervalMs: 10_000, timeoutMs: 3_000 };
  return {
    name,
    kind: 'netdata',
    gives: 'metrics',
    needs: 'netdata',
    on: [],
    service: false,
    parameters: {},
    ...timing,
    ...more,
  };
}

const check = (name: string, more: Partial<MonitorEntry> = {}): MonitorEntry =>
  monitor(name, { kind: 'tcp', gives: 'check', needs: 'address', ...more });

const MONITORS = [
  monitor('agents'),
  monitor('databases', { on: ['tier=db'], intervalMs: 60_000 }),
  check('ssh', { on: ['web-1', 'db-1', 'bare'] }),
  check('certificate', { on: ['bare'], intervalMs: 3_600_000 }),
  check('shop', { service: true, intervalMs: 5_000, timeoutMs: 1_000 }),
  check('wiki', { service: true }),
];

function seen(name: string, observer = 'local'): LastSeen {
  return { monitor: name, observer, observedAt: at, reason: null, detail: null, misses: 0, since: at };
}

const EVERYBODY = [...MONITORS.map(({ name }) => seen(name)), seen('agents', 'par-1'), seen('former')];

function judged(name: string, more: Partial<JudgedMachine> = {}): JudgedMachine {
  return {
    machineId: 1,
    kind: 'machine',
    name,
    netdata: 'http://10.0.0.1:19999',
    host: false,
    address: '10.0.0.1',
    labels: {},
    current: null,
    pause: null,
    seen: EVERYBODY,
    ...more,
  };
}

test.each<[string, JudgedMachine, Record<string, number>]>([
  [
    'a machine those speak that read its metrics, all observers of each, and no check',
    judged('web-1'),
    { 'agents by local': 39_000, 'agents by par-1': 39_000 },
  ],
  [
    'a machine with two such monitors both speak, each for three of its own rounds',
    judged('db-1', { labels: { tier: 'db' } }),
    { 'agents by local': 39_000, 'databases by local': 189_000, 'agents by par-1': 39_000 },
  ],
  [
    'a machine without any its checks speak',
    judged('bare', { netdata: null }),
    { 'ssh by local': 39_000, 'certificate by local': 10_809_000 },
  ],
  [
    'a service its own monitor speaks, even a quick one for 30 s',
    judged('shop', { kind: 'service', netdata: null, address: null }),
    { 'shop by local': 30_000 },
  ],
  ['a machine with the name of a service its monitor does not speak', judged('shop', { netdata: null }), {}],
  ['a service that the file does not name nobody speaks', judged('gone', { kind: 'service' }), {}],
])('about %s', (_, machine, expected) => {
  const file = { monitors: MONITORS } as unknown as NetworkFile;
  const votes = votesOf(file, machine).map(vote => [`${vote.monitor} by ${vote.observer}`, vote.freshMs]);
  expect(Object.fromEntries(votes)).toEqual(expected);
});
