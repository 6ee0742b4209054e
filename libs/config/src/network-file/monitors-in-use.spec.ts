import { describe, expect, test } from 'vitest';
import { KINDS } from '../../test/kinds.ts';
import { freshMsOf, monitorsInUse } from './monitors-in-use.ts';
import { parseNetworkFile } from './parse-network-file.ts';

const file = (monitors: string) =>
  parseNetworkFile(
    `network_id: acme\nversion: 1\nmachines:\n  - { name: a, netdata: "http://10.0.0.1:19999" }\n  - { name: b, host: true, via: b }\n${monitors}`,
    'network.yml',
    KINDS,
  );

describe('the monitors in use', () => {
  test.each([
    ['the defaults, when the file names none', '', ['netdata', 'host']],
    [
      'those the file names, with the default of the other kind',
      'monitors:\n  - { name: agents, kind: netdata, interval: 60s, timeout: 5s }\n',
      ['agents', 'host'],
    ],
    [
      'services too, and no other that looks at nothing',
      'monitors:\n  - { name: nobody, kind: netdata, on: [] }\n  - { name: shop, kind: port, target: shop, port: 80 }\n',
      ['nobody', 'shop', 'host'],
    ],
  ])('are %s', (_what, monitors, names) => {
    expect(monitorsInUse(file(monitors)).map(monitor => monitor.name)).toEqual(names);
  });

  test('leave out the default of a kind that no machine needs', () => {
    const text = 'network_id: acme\nversion: 1\nmachines:\n  - { name: b, host: true, via: b }\n';
    expect(monitorsInUse(parseNetworkFile(text, 'f', KINDS)).map(monitor => monitor.name)).toEqual(['host']);
  });

  test('are worked out once for a file', () => {
    const parsed = file('');
    expect(monitorsInUse(parsed)).toBe(monitorsInUse(parsed));
  });
});

test.each([
  ['10s', '3s', 39_000],
  ['5s', '1s', 30_000],
  ['1h', '10s', 10_830_000],
])('what a monitor of every %s with %s to answer saw is fresh for three rounds, of 10 s at least', (...given) => {
  const [interval, timeout, freshMs] = given;
  const { monitors } = file(`monitors:\n  - { name: m, kind: netdata, interval: ${interval}, timeout: ${timeout} }\n`);
  expect(freshMsOf(monitors[0]!)).toBe(freshMs);
});
