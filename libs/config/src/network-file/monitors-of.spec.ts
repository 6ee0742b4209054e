import { describe, expect, it } from 'vitest';
import { KINDS } from '../../test/kinds.ts';
import { metricsMonitorOf, monitorsOf, servicesOf } from './monitors-of.ts';
import { parseNetworkFile } from './parse-network-file.ts';

const MACHINES = `network_id: acme
version: 1
machines:
  - { name: db-1, netdata: "http://10.0.0.11:19999", labels: { tier: db }, address: 10.0.0.11 }
  - { name: db-2, netdata: "http://10.0.0.12:19999", labels: { tier: db, zone: a=b } }
  - { name: here, host: true }
`;

function monitorsByMachine(monitors: string): Record<string, string[]> {
  const file = parseNetworkFile(`${MACHINES}${monitors}`, 'network.yml', KINDS);
  return Object.fromEntries(
    file.machines.map(machine => [machine.name, monitorsOf(file, machine).map(({ name }) => name)]),
  );
}

describe('monitorsOf', () => {
  it.each<[string, string, Record<string, string[]>]>([
    [
      'the default of what each machine has, when the file names none',
      '',
      { 'db-1': ['netdata'], 'db-2': ['netdata'], here: ['host'] },
    ],
    [
      'everything that a kind can look at, without `on`',
      'monitors: [{ name: agents, kind: netdata }]',
      {
        'db-1': ['agents'],
        'db-2': ['agents'],
        here: ['host'],
      },
    ],
    [
      'what `on` names, and no default of that kind for the others',
      'monitors: [{ name: agents, kind: netdata, on: [db-2] }]',
      {
        'db-1': [],
        'db-2': ['agents'],
        here: ['host'],
      },
    ],
    [
      'what has a label, whose value may hold a =',
      'monitors: [{ name: zone, kind: netdata, on: [zone=a=b] }]',
      {
        'db-1': [],
        'db-2': ['zone'],
        here: ['host'],
      },
    ],
    [
      'a machine once although two selectors match, in the order of the file',
      `monitors:
  - { name: slow, kind: netdata, interval: 1m }
  - { name: fast, kind: netdata, on: [db-1, tier=db] }
  - { name: self, kind: host }`,
      { 'db-1': ['slow', 'fast'], 'db-2': ['slow', 'fast'], here: ['self'] },
    ],
    [
      'what `on` names and has the address that a check needs, and a service to no machine',
      `monitors:
  - { name: ssh, kind: port, port: 22, on: [tier=db] }
  - { name: shop, kind: port, port: 80, target: shop }`,
      { 'db-1': ['ssh', 'netdata'], 'db-2': ['netdata'], here: ['host'] },
    ],
  ])('applies to %s', (_, monitors, expected) => {
    expect(monitorsByMachine(monitors)).toEqual(expected);
  });

  const DEFAULT = { gives: 'metrics', intervalMs: 10_000, timeoutMs: 3_000, on: [], service: false, parameters: {} };
  it('times its defaults: every 10 s, with 3 s to answer', () => {
    const file = parseNetworkFile(MACHINES, 'network.yml', KINDS);
    expect(file.machines.flatMap(machine => monitorsOf(file, machine)).slice(1)).toEqual([
      { ...DEFAULT, name: 'netdata', kind: 'netdata', needs: 'netdata' },
      { ...DEFAULT, name: 'host', kind: 'host', needs: 'host' },
    ]);
  });
});

const ALL_SORTS = `${MACHINES}monitors:
  - { name: ssh, kind: port, port: 22, on: [db-1] }
  - { name: shop, kind: port, port: 80, target: shop }
  - { name: databases, kind: netdata, on: [tier=db] }
  - { name: second, kind: netdata, on: [db-2] }
  - { name: wiki, kind: port, port: 443, target: wiki }
`;

describe('of the monitors that look at a machine', () => {
  it('the first that gives metrics gives its values and rows', () => {
    const file = parseNetworkFile(ALL_SORTS, 'network.yml', KINDS);
    const names = file.machines.map(machine => metricsMonitorOf(file, machine)?.name);
    expect(names).toEqual(['databases', 'databases', 'host']);
  });

  it('there may be none that gives metrics', () => {
    const text = `${MACHINES}monitors: [{ name: agents, kind: netdata, on: [db-2] }]`;
    const file = parseNetworkFile(text, 'network.yml', KINDS);
    expect(metricsMonitorOf(file, file.machines[0]!)).toBeNull();
  });
});

it('the services are the checks without `on`, in the order of the file', () => {
  const file = parseNetworkFile(ALL_SORTS, 'network.yml', KINDS);
  expect(servicesOf(file).map(({ name }) => name)).toEqual(['shop', 'wiki']);
});
