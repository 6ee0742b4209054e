import { describe, expect, it } from 'vitest';
import { KINDS } from '../../test/kinds.ts';
import { problemLinesOf } from '../../test/problems-of.ts';
import { parseNetworkFile } from './parse-network-file.ts';

const AGENT = 'netdata: "http://10.0.0.11:19999"';
const problemsOf = (machine: string, monitors = ''): string[] => {
  const text = `network_id: acme\nversion: 12\nmachines: [{ name: a, ${machine} }]\nmonitors: [${monitors}]\n`;
  return problemLinesOf(() => parseNetworkFile(text, 'network.yml', KINDS)).map(line =>
    line.replace('3 machines[0]', 'a'),
  );
};
const TOO_LONG = (interval: string): string =>
  `a.timeout: is longer than the interval, ${interval}: a check would still run when the next one is due`;
const NO_AGENT = 'is about the Netdata agent of a machine, and this one has none: leave it out';
const NO_HOST = 'is neither a host name nor an IP address; a port or a path has keys of its own';

describe('the keys of a machine', () => {
  it.each<[string, string[]]>([
    [`${AGENT}, address: 5`, ['a.address: must be text: write it in quotes, "5"']],
    [`${AGENT}, address: "10.0.0.1:22"`, [`a.address: "10.0.0.1:22" ${NO_HOST}`]],
    [`${AGENT}, address: "http://db"`, [`a.address: "http://db" ${NO_HOST}`]],
    [`${AGENT}, address: 10.0.0.300`, [`a.address: "10.0.0.300" ${NO_HOST}`]],
    [`${AGENT}, address: "[::1]"`, [`a.address: "[::1]" ${NO_HOST}`]],
    [`${AGENT}, address: ""`, [`a.address: "" ${NO_HOST}`]],
    [`${AGENT}, address: "a b"`, [`a.address: "a b" ${NO_HOST}`]],
    [
      `${AGENT}, auth: "a b"`,
      ['a.auth: "a b" is no name: use 1 to 63 letters, digits, ".", "_" and "-", and begin with a letter or digit'],
    ],
    [`${AGENT}, auth: { bearer: hunter2 }`, ['a.auth: must be text, not a mapping']],
    [`${AGENT}, timeout: 3`, ['a.timeout: 3 is no duration: write it like 500ms, 10s, 5m, 1h or 1d']],
    [`${AGENT}, timeout: 50ms`, ['a.timeout: "50ms" is too short: at least 100ms']],
    [`${AGENT}, timeout: 2h`, ['a.timeout: "2h" is too long: at most 1h']],
    [`${AGENT}, charts: system.cpu`, ['a.charts: must be a list, not "system.cpu"']],
    [`${AGENT}, charts: [1]`, ['a.charts: must be text: write it in quotes, "1"']],
    [`${AGENT}, charts: [""]`, ['a.charts: is empty']],
    [`${AGENT}, charts: ["a\\nb"]`, ['a.charts: must be on one line, without control characters']],
    [`${AGENT}, charts: [${'x,'.repeat(51)}]`, ['a.charts: has more than 50 charts']],
    [
      `host: true, auth: x, timeout: 2s, charts: [c], address: here`,
      [`a.auth: ${NO_AGENT}`, `a.timeout: ${NO_AGENT}`, `a.charts: ${NO_AGENT}`],
    ],
  ])('are refused: %s', (machine, problems) => {
    expect(problemsOf(machine)).toEqual(problems);
  });

  it.each([
    `${AGENT}, address: 10.0.0.11`,
    `${AGENT}, address: "fd00::1"`,
    `${AGENT}, address: db-1.example.`,
    `${AGENT}, address: _srv.Example`,
    `${AGENT}, address: 4chan.example`,
    `${AGENT}, auth: agents, timeout: 100ms`,
    `${AGENT}, charts: []`,
    `${AGENT}, charts: [${'x,'.repeat(50)}]`,
    `${AGENT}, address:, auth:, timeout:, charts:`,
  ])('are accepted: %s', machine => {
    expect(problemsOf(machine)).toEqual([]);
  });
});

describe('the timeout of a machine', () => {
  const LABELS = 'labels: { tier: db }';
  it.each<[string, string, string, string[]]>([
    ['is held against 10 s when no monitor says more', '11s', '', [TOO_LONG('10s')]],
    ['may be as long as that', '10s', '', []],
    [
      'is held against the monitor that reads its agent',
      '20s',
      '{ name: m, kind: netdata, interval: 15s }',
      [TOO_LONG('15s')],
    ],
    ['may be longer than the timeout of that', '20s', '{ name: m, kind: netdata, interval: 1m, timeout: 3s }', []],
    [
      'is held against the quickest of several',
      '20s',
      '{ name: m, kind: netdata, interval: 1m }, { name: n, kind: netdata, interval: 5s, on: [tier=db] }',
      [TOO_LONG('5s')],
    ],
    [
      'is not held against monitors of other machines, or of another kind',
      '20s',
      '{ name: m, kind: netdata, interval: 1m, on: [a] }, { name: s, kind: port, port: 1, target: x, interval: 5s }',
      [],
    ],
    [
      'is not held against an interval that is wrong itself',
      '20s',
      '{ name: m, kind: netdata, interval: 1 }',
      ['4 monitors[0].interval: 1 is no duration: write it like 500ms, 10s, 5m, 1h or 1d'],
    ],
  ])('%s', (_, timeout, monitors, problems) => {
    expect(problemsOf(`${AGENT}, ${LABELS}, timeout: ${timeout}`, monitors)).toEqual(problems);
  });

  it('is not held against a monitor that reads others only', () => {
    const text = `network_id: acme
version: 12
machines:
  - { name: slow, netdata: "http://slow", timeout: 20s }
  - { name: quick, netdata: "http://quick", labels: { tier: db } }
monitors:
  - { name: m, kind: netdata, interval: 1m, on: [slow] }
  - { name: n, kind: netdata, interval: 5s, on: [quick, tier=db] }
`;
    expect(parseNetworkFile(text, 'network.yml', KINDS).machines[0]?.timeoutMs).toBe(20_000);
  });
});
