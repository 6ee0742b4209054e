import { describe, expect, it } from 'vitest';
import { monitorsOf } from './monitors-of.ts';
import { parseNetworkFile } from './parse-network-file.ts';

const MACHINES = `network_id: acme
version: 1
machines:
  - { name: db-1, netdata: "http://10.0.0.11:19999", labels: { tier: db } }
  - { name: db-2, netdata: "http://10.0.0.12:19999", labels: { tier: db, zone: a=b } }
  - { name: here, host: true }
`;

function monitorsByMachine(monitors: string): Record<string, string[]> {
  const file = parseNetworkFile(`${MACHINES}${monitors}`, 'network.yml');
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
  ])('applies to %s', (_, monitors, expected) => {
    expect(monitorsByMachine(monitors)).toEqual(expected);
  });

  it('times its defaults: every 10 s, with 3 s to answer', () => {
    const file = parseNetworkFile(MACHINES, 'network.yml');
    expect(file.machines.flatMap(machine => monitorsOf(file, machine)).slice(1)).toEqual([
      { name: 'netdata', kind: 'netdata', intervalMs: 10_000, timeoutMs: 3_000, on: [] },
      { name: 'host', kind: 'host', intervalMs: 10_000, timeoutMs: 3_000, on: [] },
    ]);
  });
});
