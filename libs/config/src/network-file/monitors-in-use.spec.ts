import { describe, expect, test } from 'vitest';
import { freshMsOf, monitorsInUse } from './monitors-in-use.ts';
import { parseNetworkFile } from './parse-network-file.ts';

const file = (monitors: string) =>
  parseNetworkFile(
    `network_id: acme\nversion: 1\nmachines:\n  - { name: a, netdata: "http://10.0.0.1:19999" }\n  - { name: b, host: true, via: b }\n${monitors}`,
    'network.yml',
  );

describe('the monitors in use', () => {
  test.each([
    ['the defaults, when the file names none', '', ['netdata', 'host'], 39_000],
    [
      'those the file names, with the default of the other kind',
      'monitors:\n  - { name: agents, kind: netdata, interval: 60s, timeout: 5s }\n',
      ['agents', 'host'],
      195_000,
    ],
  ])('are %s; an observation is fresh for three intervals of the slowest', (_what, monitors, names, freshMs) => {
    expect(monitorsInUse(file(monitors)).map(monitor => monitor.name)).toEqual(names);
    expect(freshMsOf(file(monitors))).toBe(freshMs);
  });

  test('are worked out once for a file', () => {
    const parsed = file('');
    expect(monitorsInUse(parsed)).toBe(monitorsInUse(parsed));
  });
});
