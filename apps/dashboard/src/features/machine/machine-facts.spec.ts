import { describe, expect, it } from 'vitest';
import type { Machine } from '../../api/client.ts';
import { aMachine, valuesWith } from '../machines/machine-row.example.ts';
import { machineRowOf } from '../machines/machine-row.ts';
import { chartsOf } from './chart-table.ts';
import { interfaceLines, mountLines } from './device-lines.ts';
import { factsOf } from './facts.ts';
import { tilesOf } from './tiles.ts';

const AGENT = { version: 'v1.37.1', os: 'Debian GNU/Linux 12', cores: 4, memoryBytes: 8 * 1024 ** 3 };
const MACHINE: Machine = { ...aMachine('db-1'), agent: AGENT, address: '10.0.0.1' };
const ROW = machineRowOf(MACHINE);

function facts(change: Partial<Machine> = {}, latest: Partial<NonNullable<Machine['latest']>> = {}) {
  const machine = { ...MACHINE, ...change };
  const changed = machine.latest === null ? machine : { ...machine, latest: { ...machine.latest, ...latest } };
  return Object.fromEntries(factsOf(changed, machineRowOf(changed)).map(({ key, text }) => [key, text]));
}

describe('the facts of a machine', () => {
  it('are what is known of it, and nothing for what is not', () => {
    expect(facts()).toMatchObject({ cores: '4', agent: 'Netdata 1.37.1', address: '10.0.0.1', latency: '2.0\u00a0ms' });
    expect(facts({ agent: null, latest: null })).toEqual({ address: '10.0.0.1' });
  });

  it.each([
    ['nothing of a clock that is right', 5_000, undefined],
    ['that a clock is ahead', 65_000, '1\u00a0m 5\u00a0s ahead'],
    ['that a clock is behind', -6_000, '6\u00a0s behind'],
  ])('say %s', (_, clockOffsetMs, clock) => {
    expect(facts({}, { clockOffsetMs })['clock']).toBe(clock);
  });

  it('do not tell how long it took to be refused', () => {
    expect(facts({}, { reachable: false, latencyMs: 4 })['latency']).toBeUndefined();
  });

  it('name the monitor that comes with distomon, not a version of it', () => {
    expect(facts({ kind: 'host', agent: { ...AGENT, version: 'host' } })['agent']).toBe('Built in');
  });
});

function tile(key: string, values: Parameters<typeof valuesWith>[0]) {
  return tilesOf({ ...ROW, values: valuesWith(values) }).find(one => one.key === key);
}

describe('the numbers of now', () => {
  it.each([
    [
      'how full a metric is, and that it is a lot',
      'cpu',
      { cpu: 95 },
      { percent: 95, level: 'critical', note: '4 cores' },
    ],
    ['the fullest mount rather than the root', 'disk', { disk: 10, diskFullest: 85 }, { percent: 85, level: 'high' }],
    ['the load of each core', 'load', { load1: 6 }, { percent: 100, level: 'high', note: '1.50 per core' }],
    ['that there is no swap', 'swap', { swap: null }, { percent: null, note: 'no swap' }],
  ])('say %s', (_, key, values, expected) => {
    expect(tile(key, values)).toMatchObject(expected);
  });

  it('stay where they are when there are none', () => {
    const keys = (values: typeof ROW.values) => tilesOf({ ...ROW, values }).map(({ key }) => key);
    expect(keys(null)).toEqual(keys(ROW.values));
  });
});

describe('the charts of a machine', () => {
  it.each([
    ['none of swap, and one line of disk', { hasSwap: false, fullestMount: '/' }, false, ['disk']],
    ['swap where there is some', { hasSwap: true, fullestMount: null }, true, ['disk']],
    ['the fullest mount beside the root', { hasSwap: false, fullestMount: '/var' }, false, ['disk', 'diskFullest']],
  ])('have %s', (_, told, hasSwap, disk) => {
    const charts = chartsOf(told);
    expect(charts.some(({ key }) => key === 'swap')).toBe(hasSwap);
    expect(charts.find(({ key }) => key === 'disk')?.metrics).toEqual(disk);
  });
});

describe('mounts and interfaces', () => {
  it('are lines with their numbers', () => {
    const [mount] = mountLines([{ mount: '/var', usedPercent: 95, usedBytes: 1024, totalBytes: 2048 }]) ?? [];
    expect(mount).toMatchObject({ name: '/var', device: { mount: '/var' } });
    expect(mount?.cells).toMatchObject([
      { text: '95\u00a0%', percent: 95, level: 'critical' },
      { text: '2.0\u00a0KiB', before: '1.0\u00a0KiB of' },
    ]);
    const [line] = interfaceLines([{ name: 'eth0', in: 1_000, out: null }]) ?? [];
    expect(line?.cells.map(({ text }) => text)).toEqual(['1.0\u00a0kB/s', null]);
  });

  it('are not the same as none', () => {
    expect([mountLines(null), mountLines(undefined), mountLines([])]).toEqual([null, null, []]);
    expect([interfaceLines(null), interfaceLines([])]).toEqual([null, []]);
  });
});
