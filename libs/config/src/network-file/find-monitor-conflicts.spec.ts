import { describe, expect, it, test } from 'vitest';
import { KINDS } from '../../test/kinds.ts';
import { problemLinesOf } from '../../test/problems-of.ts';
import type { MonitorKind } from '../monitor-kind.types.ts';
import type { MonitorEntry } from '../network-file.types.ts';
import { parseNetworkFile } from './parse-network-file.ts';

const MACHINES = `network_id: acme
version: 12
machines:
  - { name: db-1, netdata: "http://10.0.0.11:19999", address: 10.0.0.11, labels: { tier: db } }
  - { name: web-1, host: true, labels: { tier: web } }
`;

const textOf = (monitor: string): string => `${MACHINES}monitors: [{ ${monitor} }]\n`;
const read = (monitor: string, kinds = KINDS): MonitorEntry[] =>
  parseNetworkFile(textOf(monitor), 'network.yml', kinds).monitors.filter(({ name }) => name === 'm');
const problemsOf = (monitor: string, kinds = KINDS): string[] =>
  problemLinesOf(() => read(monitor, kinds)).map(line => line.replace('6 monitors[0]', 'm'));

describe('a monitor is refused', () => {
  it.each<[string, string, string[]]>([
    [
      'of a kind that nobody knows, whatever keys it has',
      'name: m, kind: prot, port: 1, banana: 1',
      [
        'm.kind: "prot" is none of netdata, host, port, http; did you mean port?' +
          '; the kind of a plugin is known when nodeconf.yml lists the plugin',
      ],
    ],
    ['without a kind', 'name: m, port: 22', ['m.kind: is missing']],
    [
      'with a misspelt key of its kind',
      'name: m, kind: port, prot: 22, target: a',
      ['m.prot: is not known here; did you mean port?', 'm.port: is missing'],
    ],
    [
      'with a misspelt key of every monitor',
      'name: m, kind: port, port: 22, target: a, intervall: 30s',
      ['m.intervall: is not known here; did you mean interval?'],
    ],
    [
      'with a key of another kind',
      'name: m, kind: port, port: 22, target: a, url: "http://a"',
      ['m.url: is not known here; known are name, kind, interval, timeout, on, target, port'],
    ],
    [
      'with a key where the kind has none',
      'name: m, kind: netdata, port: 22',
      ['m.port: is not known here; known are name, kind, interval, timeout, on'],
    ],
    [
      'with a key that is left empty and not known',
      'name: m, kind: port, port: 22, target: a, banana:',
      ['m.banana: is not known here; known are name, kind, interval, timeout, on, target, port'],
    ],
    [
      'with parameters: written as such',
      'name: m, kind: port, parameters: { port: 22, target: a }',
      [
        'm.parameters: is not known here; known are name, kind, interval, timeout, on, target, port',
        'm.port: is missing',
      ],
    ],
    [
      'with a key that every object of JavaScript has',
      'name: m, kind: port, port: 22, target: a, __proto__: { port: 1 }, constructor: 1, toString: 2',
      ['__proto__', 'constructor', 'toString'].map(
        key => `m.${key}: is not known here; known are name, kind, interval, timeout, on, target, port`,
      ),
    ],
    ['without a key that its kind needs', 'name: m, kind: port, target: a', ['m.port: is missing']],
    ['with such a key left empty', 'name: m, kind: port, target: a, port:', ['m.port: is missing']],
    [
      'with wrong values, each of them',
      'name: m, kind: port, target: "a:1", port: 70000',
      [
        'm.target: "a:1" is neither a host name nor an IP address; a port or a path has keys of its own',
        'm.port: 70000 is no whole number from 1 to 65535',
      ],
    ],
    ['as a service, when it lacks what a service needs', 'name: m, kind: port, port: 22', ['m: has no target']],
    [
      'as a check of machines, when it has what only a service has',
      'name: m, kind: port, port: 22, target: a, on: [db-1]',
      ['m.target: is where each machine is'],
    ],
    [
      'with `on`, without a guess what it would be if that were right',
      'name: db-1, kind: port, port: 22, on: db-1',
      ['m.on: must be a list, not "db-1"'],
    ],
    [
      'that would check machines without an address',
      'name: m, kind: port, port: 22, on: [web-1, tier=db]',
      ['m.on[0]: "web-1" matches only machines without address, which a port monitor needs'],
    ],
    [
      'as a service with the name of a machine',
      'name: web-1, kind: port, port: 22, target: a',
      ['m.name: "web-1" is the name of machines[1] too: give the service another name'],
    ],
    [
      'with the name of a kind that runs by itself',
      'name: host, kind: netdata',
      ['m.name: "host" is kept for monitors of that kind; choose another name'],
    ],
    [
      'as a service with such a name',
      'name: netdata, kind: port, port: 22, target: a',
      ['m.name: "netdata" is kept for monitors of that kind; choose another name'],
    ],
    [
      'with a timeout over its interval',
      'name: m, kind: host, interval: 5s, timeout: 6s',
      ['m.timeout: is longer than the interval, 5s: a check would still run when the next one is due'],
    ],
    [
      'with a timeout over the interval that it has by itself',
      'name: m, kind: host, timeout: 11s',
      ['m.timeout: is longer than the interval, 10s: a check would still run when the next one is due'],
    ],
    [
      'with an interval that is wrong, without a guess about its timeout',
      'name: m, kind: host, interval: 1s, timeout: 11s',
      ['m.interval: "1s" is too short: at least 5s'],
    ],
  ])('%s', (_, monitor, problems) => {
    expect(problemsOf(monitor)).toEqual(problems);
  });
});

describe('a monitor is read', () => {
  it.each<[string, string, Partial<MonitorEntry>]>([
    ['as a service: a check without `on`', 'name: m, kind: port, port: 22, target: a', { service: true, on: [] }],
    ['as a service with an empty `on`', 'name: m, kind: port, port: 22, target: a, on: []', { service: true, on: [] }],
    ['as a check of machines', 'name: m, kind: port, port: 22, on: [db-1]', { service: false, on: ['db-1'] }],
    [
      'as what gives metrics, which is no service without `on`',
      'name: m, kind: netdata',
      { service: false, gives: 'metrics', needs: 'netdata' },
    ],
    [
      'without the keys that were left empty',
      'name: m, kind: port, port: 22, target:, on: [db-1]',
      { parameters: { port: 22 } },
    ],
    [
      'with a timeout as long as its interval',
      'name: m, kind: host, interval: 5s, timeout: 5s',
      { intervalMs: 5_000, timeoutMs: 5_000 },
    ],
  ])('%s', (_, monitor, expected) => {
    expect(read(monitor)).toMatchObject([expected]);
  });

  it('with the keys of its kind, as they are written and without a prototype', () => {
    const anything: MonitorKind = {
      kind: 'any',
      gives: 'check',
      needs: null,
      parameters: { a: { problemOf: () => null }, constructor: { problemOf: () => null } },
    };
    const [monitor] = read('name: m, kind: any, a: { b: [1, null, { c: "2" }] }, constructor: x', [anything]);
    expect(monitor?.parameters).toEqual({ a: { b: [1, null, { c: '2' }] }, constructor: 'x' });
    expect(Object.getPrototypeOf(monitor?.parameters)).toBeNull();
  });

  it('by whatever kinds are given, and by no others', () => {
    const own: MonitorKind = { kind: 'xrpl', gives: 'check', needs: null, parameters: {} };
    expect(read('name: m, kind: xrpl', [...KINDS, own])).toMatchObject([{ kind: 'xrpl', service: true }]);
    expect(read('name: m, kind: xrpl, on: [web-1]', [...KINDS, own])).toMatchObject([{ service: false }]);
    expect(problemsOf('name: m, kind: port, port: 1, target: a', [own])).toEqual([
      'm.kind: "port" is none of xrpl; the kind of a plugin is known when nodeconf.yml lists the plugin',
    ]);
  });
});

test('a service is named by its monitor, and two cannot have one name', () => {
  const two = 'name: m, kind: port, port: 1, target: a }, { name: m, kind: http, url: "http://a"';
  expect(problemsOf(two)).toEqual(['6 monitors[1].name: "m" is taken by monitors[0]; choose another name']);
});
