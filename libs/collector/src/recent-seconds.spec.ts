import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecentSeconds } from './recent-seconds.ts';
import type { SecondColumns } from './seconds-reader.types.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function columns(numbers: number): SecondColumns {
  return {
    from: new Date(0),
    metrics: {
      cpu: Array.from({ length: numbers / 2 }, () => 1),
      memory: Array.from({ length: numbers / 2 }, () => 2),
    },
  };
}

test('an answer is there for five seconds', () => {
  const [recent, one] = [new RecentSeconds(), columns(10)];
  expect(recent.get('a')).toBeNull();
  recent.keep('a', one);
  vi.advanceTimersByTime(4999);
  expect([recent.get('a'), recent.get('b')]).toEqual([one, null]);
  vi.advanceTimersByTime(1);
  expect(recent.get('a')).toBeNull();
});

test('an answer that comes again is there for as long as a new one, and counts once', () => {
  const [recent, again] = [new RecentSeconds(), columns(300_000)];
  recent.keep('a', columns(300_000));
  vi.advanceTimersByTime(4000);
  recent.keep('a', again);
  recent.keep('b', columns(200_000));
  vi.advanceTimersByTime(4000);
  expect(recent.get('a')).toBe(again);
});

test('what does not fit beside a new answer goes, the oldest first', () => {
  const recent = new RecentSeconds();
  for (const key of ['a', 'b', 'c']) recent.keep(key, columns(160_000));
  recent.keep('d', columns(160_000));
  expect(['a', 'b', 'c', 'd'].map(key => recent.get(key) !== null)).toEqual([false, true, true, true]);
});

test('an answer that is larger than all the room is not kept, and drives nothing out', () => {
  const recent = new RecentSeconds();
  recent.keep('a', columns(10));
  recent.keep('huge', columns(500_002));
  expect([recent.get('a') !== null, recent.get('huge')]).toEqual([true, null]);
});

test('what is dropped leaves no timer', () => {
  const recent = new RecentSeconds();
  for (let key = 0; key < 100; key++) recent.keep(String(key), columns(100_000));
  expect(vi.getTimerCount()).toBe(5);
});
