import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Work that ends when it is told to. */
function heldWork(turns: Turns) {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const start = (name: number): Promise<number> =>
    turns.run(async () => {
      begun.push(name);
      await new Promise<void>(resolve => ends.push(resolve));
      return name;
    });
  return { begun, start, endFirst: () => ends.shift()?.() };
}

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('two run at once, the others in the order in which they came', async () => {
  const { begun, start, endFirst } = heldWork(new Turns(2, 50));
  const all = [1, 2, 3, 4].map(start);
  await settled();
  expect(begun).toEqual([1, 2]);
  endFirst();
  await settled();
  expect(begun).toEqual([1, 2, 3]);
  for (let left = 0; left < 3; left += 1) {
    endFirst();
    await settled();
  }
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4]);
});

test('whoever would wait behind too many is turned away, and the others are not', async () => {
  const { start, endFirst } = heldWork(new Turns(1, 2));
  const accepted = [1, 2, 3].map(start);
  await expect(start(4)).rejects.toMatchObject({ code: 'TOO_BUSY', retryable: true, retryAfterSeconds: 5 });
  for (let left = 0; left < 3; left += 1) {
    endFirst();
    await settled();
  }
  expect(await Promise.all(accepted)).toEqual([1, 2, 3]);
});

test('work that fails gives its turn back', async () => {
  const turns = new Turns(1, 0);
  await expect(turns.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await turns.run(() => Promise.resolve('yes'))).toBe('yes');
});
