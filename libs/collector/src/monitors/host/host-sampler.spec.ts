import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '#config';
import type { HostReading, HostSource } from './host-reading.ts';
import { HostSampler } from './host-sampler.ts';

/** 1000 bytes read a second; a reading may take its time, and the counters are those of its end. */
class SlowSource implements HostSource {
  /** How long the reading of this second of the clock takes; the others take no time. */
  readonly delaysMs = new Map<number, number>();
  /** Bytes that were read all at once, in this millisecond of the monotonic clock. */
  burst: { readonly atMs: number; readonly bytes: number } | null = null;

  async read(): Promise<HostReading> {
    const delayMs = this.delaysMs.get(Math.floor(Date.now() / 1000) - START) ?? 0;
    if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs));
    const atMs = performance.now();
    const burst = this.burst !== null && this.burst.atMs <= atMs ? this.burst.bytes : 0;
    return {
      atMs,
      cpu: { busy: 0, total: atMs },
      memory: { usedBytes: 250, totalBytes: 1000 },
      swap: { usedBytes: 0, totalBytes: 0 },
      disk: { in: atMs + burst, out: 0 },
      net: null,
      interfaces: new Map(),
      load1: 0.5,
      uptimeSeconds: atMs / 1000,
    };
  }

  readMounts(): Promise<[]> {
    return Promise.resolve([]);
  }
}

const START = Date.parse('2026-11-20T10:00:00Z') / 1000;
let source: SlowSource;
let sampler: HostSampler;

beforeEach(() => {
  vi.useFakeTimers({ now: START * 1000 });
  source = new SlowSource();
  sampler = new HostSampler(new Clock(), source);
  sampler.start();
});
afterEach(() => {
  sampler.stop();
  vi.useRealTimers();
});

/** Bytes read a second in each of the first seconds, `null` where there is no sample. */
async function readRates(seconds: number): Promise<(number | null)[]> {
  await vi.advanceTimersByTimeAsync(seconds * 1000 + 100);
  return Array.from({ length: seconds }, (_, second) => sampler.ring.at(START + second)?.diskRead ?? null);
}

test('every second has its sample while nothing is late', async () => {
  expect(await readRates(5)).toEqual([1000, 1000, 1000, 1000, 1000]);
});

test('a missed second is missing, and the one after it is not the average of both', async () => {
  source.delaysMs.set(3, 1200);
  source.burst = { atMs: performance.now() + 3500, bytes: 7000 };
  expect(await readRates(6)).toEqual([1000, 1000, null, null, 1000, 1000]);
});

test('what was counted in a tail too short for a second is in the next one', async () => {
  source.delaysMs.set(3, 700);
  source.burst = { atMs: performance.now() + 3900, bytes: 1300 };
  expect(await readRates(6)).toEqual([1000, 1000, null, null, 2000, 1000]);
});
