import type { AgentFacts, HostChunk, StoredMachine } from '#storage';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '#config';
import { HostMonitor } from './host-monitor.ts';
import type { HostReading, HostSource } from './host-reading.ts';
import type { HostSampleStore } from './host-sample-store.ts';
import { HostSampler } from './host-sampler.ts';

const MACHINE: StoredMachine = {
  machineId: 1,
  kind: 'machine',
  address: null,
  auth: null,
  timeoutMs: null,
  charts: [],
  network: 'test',
  id: null,
  name: 'here',
  netdata: null,
  host: true,
  via: null,
  labels: {},
  agent: null,
  addedAt: new Date(0),
};
const limits = { timeoutMs: 3000, signal: new AbortController().signal };

/** 10 % CPU and 1000 bytes read a second, for ever. */
class SteadySource implements HostSource {
  failing = false;
  reads = 0;
  async read(): Promise<HostReading> {
    this.reads++;
    if (this.failing) throw new Error('no /proc today');
    const seconds = performance.now() / 1000;
    return {
      atMs: performance.now(),
      cpu: { busy: 10 * seconds, total: 100 * seconds },
      memory: { usedBytes: 250, totalBytes: 1000 },
      swap: { usedBytes: 0, totalBytes: 0 },
      disk: { in: 1000 * seconds, out: 0 },
      net: null,
      interfaces: new Map(),
      load1: 0.5,
      uptimeSeconds: seconds,
    };
  }
  readMounts(): Promise<[]> {
    return Promise.resolve([]);
  }
}

class MemoryStore implements HostSampleStore {
  readonly chunks: HostChunk[] = [];
  append(chunk: HostChunk): Promise<void> {
    this.chunks.push(chunk);
    return Promise.resolve();
  }
  read(): ReturnType<HostSampleStore['read']> {
    const seconds = this.chunks.flatMap(({ start, samples }) =>
      samples.flatMap((sample, offset) =>
        sample === null ? [] : [{ second: new Date(start.getTime() + offset * 1000), sample }],
      ),
    );
    return Promise.resolve(seconds);
  }
}

let source: SteadySource;
let store: MemoryStore;
let monitor: HostMonitor;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T10:00:00.300Z') });
  source = new SteadySource();
  store = new MemoryStore();
  const clock = new Clock();
  monitor = new HostMonitor(clock, new HostSampler(clock, source), store);
});
afterEach(async () => {
  await monitor.close();
  vi.useRealTimers();
});

async function probeAfter(ms: number): ReturnType<HostMonitor['probe']> {
  const probe = monitor.probe(MACHINE, limits);
  await vi.advanceTimersByTimeAsync(ms);
  return probe;
}

test('nothing is sampled before a machine needs it', async () => {
  await vi.advanceTimersByTimeAsync(5000);
  expect(source.reads).toBe(0);
});

test('the first probe waits for the first sample; later ones have the newest', async () => {
  const probe = await probeAfter(2000);
  expect(probe.reason).toBeNull();
  expect(probe.values?.cpu).toBeCloseTo(10, 9);
  expect(probe.values?.diskRead).toBeCloseTo(1000, 6);
  expect(probe.values).toMatchObject({ memory: 25, swap: null, netIn: null });
  expect(probe.facts).toMatchObject({ version: 'host' });
});

test('facts that are stored already are no news, although PostgreSQL gives their keys in another order', async () => {
  const { facts } = await probeAfter(2000);
  const stored = Object.fromEntries(Object.entries(facts ?? {}).toReversed()) as unknown as AgentFacts;
  expect((await monitor.probe({ ...MACHINE, agent: stored }, limits)).facts).toBeNull();
  expect((await monitor.probe({ ...MACHINE, agent: { ...stored, cores: 1000 } }, limits)).facts).toEqual(facts);
});

test('each second is stored once, gaps as null', async () => {
  await probeAfter(2000);
  await vi.advanceTimersByTimeAsync(3000);
  source.failing = true;
  await vi.advanceTimersByTimeAsync(1000);
  source.failing = false;
  await vi.advanceTimersByTimeAsync(4000);
  await probeAfter(0);
  await probeAfter(0);
  const starts = store.chunks.map(chunk => chunk.start.getTime() / 1000);
  const ends = store.chunks.map((chunk, place) => (starts[place] ?? 0) + chunk.samples.length);
  expect(starts.slice(1)).toEqual(ends.slice(0, -1));
  expect(store.chunks.flatMap(chunk => chunk.samples).filter(sample => sample === null).length).toBeGreaterThan(0);
});

test('a sampler that hangs makes the machine stale', async () => {
  await probeAfter(2000);
  source.failing = true;
  await vi.advanceTimersByTimeAsync(10_000);
  const probe = await probeAfter(0);
  expect(probe).toMatchObject({ reason: 'stale', values: null });
  expect(await monitor.live(MACHINE, limits)).toBeNull();
});

test('a window is summarised from the stored seconds', async () => {
  await probeAfter(2000);
  await vi.advanceTimersByTimeAsync(70_000);
  const window = { start: new Date('2026-11-20T10:00:05Z'), lengthMs: 60_000 };
  const reading = await monitor.readWindow(MACHINE, window, limits);
  expect(reading).toMatchObject({ reason: null, metrics: { memory: { avg: 25, samples: 60, expected: 60 } } });
  expect(reading.reason === null && reading.metrics).not.toHaveProperty('swap');
  const before = { start: new Date('2026-11-20T09:00:00Z'), lengthMs: 60_000 };
  expect(await monitor.readWindow(MACHINE, before, limits)).toMatchObject({ reason: 'no_data' });
});

const range = (from: string, to: string) => ({
  from: new Date(`2026-11-20T10:00:${from}Z`),
  to: new Date(`2026-11-20T10:${to}Z`),
});

test('seconds are there a second after they were sampled, stored or not, and a look stores nothing', async () => {
  await probeAfter(2000);
  await vi.advanceTimersByTimeAsync(10_000);
  const chunks = store.chunks.length;
  const reading = await monitor.readSeconds(MACHINE, range('05', '05:00'));
  if (reading.reason !== null) throw new Error(reading.detail);
  // It is 10:00:12.300.
  expect(reading.seconds.from).toEqual(new Date('2026-11-20T10:00:05Z'));
  expect(reading.seconds.metrics.memory).toEqual([25, 25, 25, 25, 25, 25]);
  expect(reading.seconds.metrics).not.toHaveProperty('swap');
  expect(store.chunks).toHaveLength(chunks);
});

test('a second that was missed is null, unless it was stored; what was before the process began is what was stored', async () => {
  const memoryOf = async (from: Date): Promise<readonly (number | null)[]> => {
    const reading = await monitor.readSeconds(MACHINE, { ...range('02', '00:11'), from });
    return reading.reason === null ? (reading.seconds.metrics.memory ?? []) : [];
  };
  await probeAfter(2000);
  await vi.advanceTimersByTimeAsync(3000);
  source.failing = true;
  await vi.advanceTimersByTimeAsync(2000);
  source.failing = false;
  await vi.advanceTimersByTimeAsync(5000);
  const own = await memoryOf(new Date('2026-11-20T10:00:02Z'));
  expect([own.length, new Set(own)]).toEqual([9, new Set([25, null])]);

  const { values } = await monitor.probe(MACHINE, limits);
  const samples = Array.from({ length: 30 }, () => ({ ...values!, memory: 75 }));
  await store.append({ machineId: 1, start: new Date('2026-11-20T09:59:50Z'), samples });
  const both = await memoryOf(new Date('2026-11-20T09:59:52Z'));
  expect(both.slice(0, 8)).toEqual(Array(8).fill(75));
  expect(both.slice(10)).toEqual(own.map(value => value ?? 75));
});

test.each([
  ['of which nothing was sampled', '2026-11-20T09:00:00Z', '2026-11-20T09:01:00Z'],
  ['that are still to come', '2026-11-20T10:05:00Z', '2026-11-20T10:06:00Z'],
])('there are no seconds %s', async (_, from, to) => {
  await probeAfter(2000);
  const reading = await monitor.readSeconds(MACHINE, { from: new Date(from), to: new Date(to) });
  expect(reading).toMatchObject({ reason: 'no_data' });
});
