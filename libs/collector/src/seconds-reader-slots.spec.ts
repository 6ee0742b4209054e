import { expect, test } from 'vitest';
import { ReadSlots } from './seconds-reader-slots.ts';

const never = new AbortController().signal;
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Work of machines that ends when it is told, and whose has begun so far. */
function work() {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const start = (machine: number) => (): Promise<number> => {
    begun.push(machine);
    return new Promise(resolve => ends.push(() => resolve(machine)));
  };
  const endAll = (): void => {
    for (const end of ends.splice(0)) end();
  };
  return { begun, start, endAll };
}

test('of one machine two are read at once, and the others are read beside it', async () => {
  const [slots, { begun, start, endAll }] = [new ReadSlots(), work()];
  const reads = [1, 1, 1, 1, 2].map(machine => slots.run(machine, never, start(machine)));
  await settled();
  expect(begun).toEqual([1, 1, 2]);
  endAll();
  await settled();
  expect(begun).toEqual([1, 1, 2, 1, 1]);
  endAll();
  expect(await Promise.all(reads)).toEqual([1, 1, 1, 1, 2]);
});

test('of all machines six are read at once', async () => {
  const [slots, { begun, start, endAll }] = [new ReadSlots(), work()];
  const reads = [1, 2, 3, 4, 5, 6, 7, 8].map(machine => slots.run(machine, never, start(machine)));
  await settled();
  expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
  endAll();
  await settled();
  expect(begun.slice(6)).toEqual([7, 8]);
  endAll();
  await Promise.all(reads);
});

test('who waits no longer gets nothing, and takes nobody else the place', async () => {
  const [slots, { begun, start, endAll }] = [new ReadSlots(), work()];
  const impatient = new AbortController();
  const held = [1, 1].map(machine => slots.run(machine, never, start(machine)));
  const waiting = slots.run(1, impatient.signal, start(1));
  await settled();
  impatient.abort();
  expect(await waiting).toBeNull();
  endAll();
  await Promise.all(held);
  const next = [1, 1].map(machine => slots.run(machine, never, start(machine)));
  await settled();
  expect(begun).toEqual([1, 1, 1, 1]);
  endAll();
  await Promise.all(next);
});

test('work that fails gives its place back', async () => {
  const slots = new ReadSlots();
  for (let time = 0; time < 10; time++)
    await expect(slots.run(1, never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await slots.run(1, never, () => Promise.resolve(7))).toBe(7);
});
