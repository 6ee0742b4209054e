import { expect, test } from 'vitest';
import { settleInBatches } from './settle-in-batches.ts';

const collect = async <T>(batches: AsyncGenerator<readonly T[]>): Promise<(readonly T[])[]> => {
  const all: (readonly T[])[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
};

test('what is quick is yielded before what is slow', async () => {
  let release: (value: string) => void = () => undefined;
  const slow = new Promise<string>(resolve => {
    release = resolve;
  });
  const batches = settleInBatches(['quick', 'slow'], item => (item === 'slow' ? slow : Promise.resolve('done')), 5);
  const first = await batches.next();
  expect(first.value).toEqual([{ item: 'quick', result: 'done' }]);
  release('late');
  expect((await batches.next()).value).toEqual([{ item: 'slow', result: 'late' }]);
  expect((await batches.next()).done).toBe(true);
});

test('everything is yielded exactly once', async () => {
  const items = Array.from({ length: 50 }, (_, i) => i);
  const run = async (i: number): Promise<number> => {
    await new Promise(resolve => setTimeout(resolve, i % 7));
    return i * 2;
  };
  const settled = (await collect(settleInBatches(items, run, 2))).flat();
  expect(settled.map(s => s.result).toSorted((a, b) => a - b)).toEqual(items.map(i => i * 2));
});

test('nothing to do yields nothing', async () => {
  expect(await collect(settleInBatches([], () => Promise.resolve(1), 5))).toEqual([]);
});

test('a rejection reaches the caller', async () => {
  await expect(collect(settleInBatches([1], () => Promise.reject(new Error('boom')), 5))).rejects.toThrow('boom');
});
