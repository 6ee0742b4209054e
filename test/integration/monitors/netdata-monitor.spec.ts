import { Clock, METRICS } from '#config';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { NameLookups } from '../../../libs/collector/src/reading/name-lookups.ts';
import { startFakeAgents, truthOf, type RunningAgents } from '../../support/hostile-agents.ts';
import { machineAt, never } from './machine.ts';

const limits = { timeoutMs: 3000, signal: never };
let agents: RunningAgents;
let monitor: NetdataMonitor;

beforeAll(async () => {
  agents = await startFakeAgents({ count: 3 });
  monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
});
afterAll(async () => {
  await monitor.close();
  await agents.stop();
});

const urlOf = (machine: number): string => agents.urls[machine] ?? '';
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('a probe is one request and gives every metric that the machine has', async () => {
  const machine = machineAt(urlOf(0), 10);
  const before = (await agents.requests())['allmetrics'] ?? 0;
  const probe = await monitor.probe(machine, limits);
  expect((await agents.requests())['allmetrics']).toBe(before + 1);
  const { values } = probe;
  expect(METRICS.filter(({ name }) => values?.[name] === null).map(({ name }) => name)).toEqual(['swap']);
  const { diskUsedGib, diskAvailGib } = truthOf(0, 0);
  expect(values).toMatchObject({
    disk: (100 * diskUsedGib) / (diskUsedGib + diskAvailGib),
    load1: 0.5,
    netOut: 500 * 125,
  });
  expect(probe.fullestMount).toBe('/');
  expect(Math.abs(probe.clockOffsetMs ?? 9999)).toBeLessThan(5_000);
});

test('names are looked up where those of all monitors are', async () => {
  const asked: string[] = [];
  const names = new NameLookups((name, done) => {
    asked.push(name);
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  });
  const other = new NetdataMonitor({ clock: new Clock(), accessOf: () => null, names });
  const { port } = new URL(urlOf(0));
  const probe = await other.probe(machineAt(`http://agent.example:${port}`, 13), limits);
  await other.close();
  expect({ reason: probe.reason, asked }).toEqual({ reason: null, asked: ['agent.example'] });
});

test('what the agent says about itself comes with a later probe, once it is learned, and only until it is stored', async () => {
  const machine = machineAt(urlOf(1), 11);
  expect((await monitor.probe(machine, limits)).facts).toBeNull();
  const facts = await vi.waitUntil(async () => (await monitor.probe(machine, limits)).facts, { timeout: 3000 });
  expect(facts).toEqual({
    version: 'v1.37.1',
    uid: '00000000-0000-4000-8000-000000000001',
    os: 'Debian GNU/Linux 12',
    cores: 2,
    memoryBytes: 8589934592,
    rootChart: 'disk_space._',
    diskCharts: ['disk_space._'],
  });
  expect((await monitor.probe({ ...machine, agent: facts }, limits)).facts).toBeNull();
  expect((await agents.requests())['info']).toBeLessThanOrEqual(2);
});

test('a window is the exact average of its seconds', async () => {
  const start = Math.floor(Date.now() / 60_000) * 60 - 120;
  const reading = await monitor.readWindow(
    machineAt(urlOf(2), 12),
    { start: new Date(start * 1000), lengthMs: 60_000 },
    limits,
  );
  if (reading.reason !== null) throw new Error(reading.detail);
  const truth = Array.from({ length: 60 }, (_, offset) => truthOf(2, start + 1 + offset));
  const cpu = truth.map(({ user, system, iowait }) => user + system + iowait);
  const written = truth.map(({ writeKib }) => writeKib * 1024);
  expect(reading.metrics.cpu?.avg).toBeCloseTo(mean(cpu), 9);
  expect(reading.metrics.cpu).toMatchObject({
    min: Math.min(...cpu),
    max: Math.max(...cpu),
    samples: 60,
    expected: 60,
  });
  expect(reading.metrics.diskWrite).toMatchObject({ min: Math.min(...written), max: Math.max(...written) });
  expect(reading.metrics.memory?.avg).toBeCloseTo(
    mean(truth.map(({ usedMib, totalMib }) => (100 * usedMib) / totalMib)),
    9,
  );
  expect(reading.metrics.load1).toMatchObject({ samples: 12, expected: 12 });
  expect(reading.metrics).not.toHaveProperty('swap');
});

test('seconds the agent does not have are missing samples, never zeros', async () => {
  const start = Math.floor(Date.now() / 1000) - 30;
  const reading = await monitor.readWindow(
    machineAt(urlOf(2), 12),
    { start: new Date(start * 1000), lengthMs: 60_000 },
    limits,
  );
  if (reading.reason !== null) throw new Error(reading.detail);
  const { samples, expected, min } = reading.metrics.cpu ?? { samples: 0, expected: 0, min: 0 };
  expect(expected).toBe(60);
  expect(samples).toBeGreaterThanOrEqual(29);
  expect(samples).toBeLessThan(35);
  expect(min).toBeGreaterThan(5);
});

test('an agent that closes idle connections is asked again on a fresh one', async () => {
  const machine = machineAt(urlOf(0), 13);
  expect((await monitor.probe(machine, limits)).reason).toBeNull();
  const healthy = await Promise.all(Array.from({ length: 20 }, () => monitor.probe(machine, limits)));
  expect(healthy.map(probe => probe.reason)).toEqual(Array.from({ length: 20 }, () => null));
  await agents.setFault(0, { kind: 'closed without a byte', on: 'everything' });
  expect((await monitor.probe(machine, limits)).reason).toBe('denied');
  await agents.setFault(0, null);
  expect((await monitor.probe(machine, limits)).reason).toBeNull();
});

test('a process that shuts down observes nothing', async () => {
  const stop = new AbortController();
  await agents.setFault(1, { kind: 'silence', on: 'everything' });
  const probe = monitor.probe(machineAt(urlOf(1), 14), { timeoutMs: 3000, signal: stop.signal });
  stop.abort();
  expect((await probe).reason).toBe('unobserved');
  await agents.setFault(1, null);
});

test('a live value is what a probe says, and nothing when there is none', async () => {
  expect((await monitor.live(machineAt(urlOf(2), 15), limits))?.load1).toBe(0.7);
  await agents.setFault(2, { kind: 'stale values', on: 'everything' });
  expect(await monitor.live(machineAt(urlOf(2), 15), limits)).toBeNull();
  await agents.setFault(2, null);
});
