import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseNetworkFile } from '#config';
import type { StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { BUILT_IN_KINDS } from './monitors/built-in-kinds.ts';
import { PoliteReader } from './polite-reader.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const TEXT = 'network_id: acme\nversion: 1\nmachines:\n  - { name: a, netdata: "http://10.0.0.1:19999" }\n';
const file = parseNetworkFile(TEXT, 'network.yml', BUILT_IN_KINDS);
const machine = { ...file.machines[0], network: 'acme' } as StoredMachine;
const window = { start: new Date(0), lengthMs: 600_000 };
const never = new AbortController().signal;

/** Reads three windows, each of which takes `readMs`, while there is urgent work until `busyMs`: when each read began. */
async function begunAt(readMs: number, busyMs = 0): Promise<number[]> {
  const startedAt = performance.now();
  const begun: number[] = [];
  const readWindow = async (): Promise<unknown> => {
    begun.push(performance.now() - startedAt);
    return await new Promise(resolve => setTimeout(resolve, readMs, { reason: 'timeout', detail: 'no answer' }));
  };
  const monitors = { metricsOf: () => ({ source: 'agent', readWindow }) };
  const parts = {
    networkFile: () => Promise.resolve(file),
    monitors,
    paused: () => Promise.resolve(new Set<number>()),
  } as unknown as CollectorParts;
  const urgent = {
    get isBusy() {
      return performance.now() - startedAt < busyMs;
    },
  };
  const reader = new PoliteReader(parts, urgent);
  const reads = (async () => {
    for (let read = 1; read <= 3; read += 1) await reader.read(machine, window, never);
  })();
  await vi.advanceTimersByTimeAsync(10_000);
  await reads;
  return begun;
}

test('after each read it rests as long as that took', async () => {
  expect(await begunAt(40)).toEqual([0, 80, 160]);
});

test('it rests a tenth of a second at most', async () => {
  expect(await begunAt(1_000)).toEqual([0, 1_100, 2_200]);
});

test('it begins when there is no urgent work any more', async () => {
  expect(await begunAt(40, 500)).toEqual([500, 580, 660]);
});

test('it stops waiting when the work is no longer its own', async () => {
  const reader = new PoliteReader({} as CollectorParts, { isBusy: true });
  const lost = new AbortController();
  const read = reader.read(machine, window, lost.signal);
  lost.abort(new Error('lost'));
  await expect(read).rejects.toThrow('lost');
});
