import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '#config';
import type { CheckSummary, Storage } from '#storage';
import { ServiceFigures } from './service-figures.ts';

const HOUR_MS = 3_600_000;
const NOW = new Date('2026-11-20T10:00:00Z');

class FixedClock extends Clock {
  override now(): Date {
    return NOW;
  }
}

let reads: { readonly ids: readonly number[]; readonly hours: number }[];
let answer: () => Promise<CheckSummary[]>;
let figures: ServiceFigures;

beforeEach(() => {
  vi.useFakeTimers();
  reads = [];
  answer = () => Promise.resolve([{ machineId: 7, monitor: 'shop', probes: 4, failures: 1, latencyMs: null }]);
  const watched = [
    { machineId: 1, kind: 'machine' },
    { machineId: 7, kind: 'service' },
    { machineId: 8, kind: 'service' },
  ];
  const storage = {
    machines: { listWatched: () => Promise.resolve(watched) },
    observations: {
      checkSummary: (ids: readonly number[], from: Date, to: Date) => {
        reads.push({ ids, hours: (to.getTime() - from.getTime()) / HOUR_MS });
        return answer();
      },
    },
  } as unknown as Pick<Storage, 'machines' | 'observations'>;
  figures = new ServiceFigures(storage, new FixedClock());
});
afterEach(() => {
  vi.useRealTimers();
});

const hours = (): number[] => reads.map(read => read.hours);

test('sums up a day, a week and a month of the services, and of no machine', async () => {
  const { day, week, month } = await figures.of('acme');
  expect(hours()).toEqual([24, 168, 720]);
  expect(reads[0]?.ids).toEqual([7, 8]);
  for (const period of [day, week, month]) expect([...period.keys()]).toEqual([7]);
  expect(day.get(7)).toMatchObject({ probes: 4, failures: 1 });
});

test('many who ask at once cost one look', async () => {
  await Promise.all(Array.from({ length: 20 }, () => figures.of('acme')));
  expect(hours()).toEqual([24, 168, 720]);
});

test('each network has its own', async () => {
  await Promise.all([figures.of('acme'), figures.of('other')]);
  expect(reads).toHaveLength(6);
});

test.each([
  ['does not look again right away', 9_000, []],
  ['looks again at all of it a little later', 11_000, [24, 168, 720]],
])('%s', async (_what, afterMs, again) => {
  await figures.of('acme');
  reads = [];
  vi.advanceTimersByTime(afterMs);
  await figures.of('acme');
  expect(hours()).toEqual(again);
});

test('a look that failed is not remembered', async () => {
  const works = answer;
  answer = () => Promise.reject(new Error('the database is away'));
  await expect(figures.of('acme')).rejects.toThrow('away');
  answer = works;
  expect((await figures.of('acme')).day.get(7)?.probes).toBe(4);
});
