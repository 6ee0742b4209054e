import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Places } from './places.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Work that ends when it is told, and what has begun so far. */
function work(): { begun: string[]; start: (name: string) => () => Promise<void>; end: (name: string) => void } {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string) => (): Promise<void> => {
    begun.push(name);
    return new Promise(resolve => ends.set(name, resolve));
  };
  return { begun, start, end: name => ends.get(name)?.() };
}

test('as many begin as there are places; the next in line follows whoever ends', async () => {
  const [places, { begun, start, end }] = [new Places(2, 1000), work()];
  for (const name of ['a', 'b', 'c', 'd']) void places.run(start(name));
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toEqual(['a', 'b']);
  end('b');
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toEqual(['a', 'b', 'c']);
});

test('one who is slow gives its place back after a while, and only once', async () => {
  const [places, { begun, start, end }] = [new Places(1, 100), work()];
  for (const name of ['slow', 'b', 'c']) void places.run(start(name));
  await vi.advanceTimersByTimeAsync(99);
  expect(begun).toEqual(['slow']);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual(['slow', 'b']);
  end('slow');
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toEqual(['slow', 'b']);
});

test('what the work comes to is handed on, also when it fails, and the place is free again', async () => {
  const places = new Places(1, 100);
  await expect(places.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(places.run(() => Promise.resolve(7))).resolves.toBe(7);
  expect(vi.getTimerCount()).toBe(0);
});

test('they are idle when nobody holds one; a slow one that gave its place back does not count', async () => {
  const [places, { start, end }] = [new Places(2, 100), work()];
  expect(places.isIdle).toBe(true);
  for (const name of ['slow', 'quick']) void places.run(start(name));
  expect(places.isIdle).toBe(false);
  end('quick');
  await vi.advanceTimersByTimeAsync(99);
  expect(places.isIdle).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(places.isIdle).toBe(true);
  end('slow');
  await vi.advanceTimersByTimeAsync(0);
  expect(places.isIdle).toBe(true);
});
