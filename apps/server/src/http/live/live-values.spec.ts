import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '#config';
import type { LiveReader } from '#collector';
import type { Storage } from '#storage';
import type { LiveEvent } from './live-event.ts';
import type { LiveSubscriber } from './live-subscriber.ts';
import { LiveValues } from './live-values.ts';

type Deliver = Parameters<LiveReader['read']>[2];

const WEB_1 = { machineId: 1, name: 'web-1', network: 'acme' };

/** How each read that was begun is answered; none is, unless a test does it. */
let answers: ((cpu: number) => void)[];
let values: LiveValues;

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  const read = (machines: readonly unknown[], _signal: AbortSignal, deliver: Deliver): Promise<void> => {
    if (machines.length > 0) answers.push(cpu => deliver(WEB_1.machineId, { cpu } as never));
    return new Promise(() => {});
  };
  const storage = { machines: { list: () => Promise.resolve([WEB_1]) } } as unknown as Pick<Storage, 'machines'>;
  values = new LiveValues({ read } as unknown as LiveReader, storage, new Clock());
});
afterEach(() => vi.useRealTimers());

/** One who looks, for one second. Resolves with what he is told. */
async function second(): Promise<unknown> {
  const told: LiveEvent[] = [];
  const viewer = { network: 'acme', wants: () => true, sendOrSkip: (event: LiveEvent) => told.push(event) };
  const tick = values.tick([viewer as unknown as LiveSubscriber], AbortSignal.timeout(60_000));
  await vi.advanceTimersByTimeAsync(1_000);
  await tick;
  return told.map(({ data }) => (data as { machines: unknown }).machines);
}

test('an answer that comes too late for its second goes with the next', async () => {
  expect(await second()).toEqual([{}]);
  answers[0]?.(10);
  expect(await second()).toEqual([{ 'web-1': { cpu: 10 } }]);
});

test('who joins is never told what came after the last one had left', async () => {
  expect(await second()).toEqual([{}]);
  answers[0]?.(10);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await second()).toEqual([{}]);
  answers[1]?.(20);
  expect(await second()).toEqual([{ 'web-1': { cpu: 20 } }]);
});
