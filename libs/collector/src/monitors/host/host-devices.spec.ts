import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '#config';
import type { StoredMachine } from '#storage';
import type { DevicesReading } from '../../devices.types.ts';
import { HostMonitor } from './host-monitor.ts';
import type { HostReading, HostSource, Mount } from './host-reading.ts';
import { HostSampler } from './host-sampler.ts';

const MACHINE = { machineId: 1, name: 'here' } as StoredMachine;
const limits = { timeoutMs: 2000, signal: new AbortController().signal };
const ROOT: Mount = { path: '/', usedBytes: 25, availableBytes: 75, totalBytes: 120 };

/** 1000 bytes a second through eth0, and a file system that may hang. */
class SmallSource implements HostSource {
  failing = false;
  mountReads = 0;
  mounts: Promise<readonly Mount[]> = Promise.resolve([ROOT]);

  async read(): Promise<HostReading> {
    if (this.failing) throw new Error('no /proc today');
    const atMs = performance.now();
    return {
      atMs,
      cpu: { busy: 0, total: atMs },
      memory: { usedBytes: 250, totalBytes: 1000 },
      swap: { usedBytes: 0, totalBytes: 0 },
      disk: null,
      net: null,
      interfaces: new Map([['eth0', { in: atMs, out: atMs / 2 }]]),
      load1: 0,
      uptimeSeconds: 1,
    };
  }

  readMounts(): Promise<readonly Mount[]> {
    this.mountReads += 1;
    return this.mounts;
  }
}

let source: SmallSource;
let monitor: HostMonitor;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T10:00:01.300Z') });
  source = new SmallSource();
  const clock = new Clock();
  const store = { append: () => Promise.resolve(), read: () => Promise.resolve([]) };
  monitor = new HostMonitor(clock, new HostSampler(clock, source), store);
});
afterEach(async () => {
  await monitor.close();
  vi.useRealTimers();
});

async function devicesAfter(ms: number): Promise<DevicesReading> {
  const reading = monitor.devices(MACHINE, limits);
  await vi.advanceTimersByTimeAsync(ms);
  return reading;
}

test('the devices of this host are its mounts of now, and what went through its interfaces in the last second', async () => {
  const reading = await devicesAfter(2000);
  expect(reading).toEqual({
    reason: null,
    devices: {
      mounts: [{ mount: '/', usedPercent: 25, usedBytes: 25, totalBytes: 120 }],
      interfaces: [{ name: 'eth0', in: expect.closeTo(1000, 6) as number, out: expect.closeTo(500, 6) as number }],
    },
  });
  source.mounts = Promise.resolve([{ ...ROOT, usedBytes: 75, availableBytes: 25 }]);
  expect(await devicesAfter(0)).toMatchObject({ devices: { mounts: [{ usedPercent: 75 }] } });
});

test('a file system that hangs is waited for no longer than the limit, and asked once', async () => {
  await devicesAfter(2000);
  source.mounts = new Promise(() => {});
  const before = source.mountReads;
  expect(await devicesAfter(2000)).toMatchObject({ reason: 'timeout' });
  expect(await devicesAfter(2000)).toMatchObject({ reason: 'timeout' });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(source.mountReads).toBe(before + 1);
});

test('what went through interfaces more than two seconds ago is not told', async () => {
  await devicesAfter(2000);
  source.failing = true;
  await vi.advanceTimersByTimeAsync(2500);
  expect(await devicesAfter(0)).toMatchObject({ reason: 'stale' });
});

test('of single devices this host remembers nothing, and says who would', async () => {
  expect(await monitor.recallDevice()).toMatchObject({
    reason: 'no_data',
    detail: expect.stringContaining('Netdata') as string,
    since: null,
  });
});
