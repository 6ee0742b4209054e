import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeadlineError, withDeadline } from './deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('work that is done in time gives its result and leaves no timer', async () => {
  expect(await withDeadline(Promise.resolve(7), 1_000)).toBe(7);
  expect(vi.getTimerCount()).toBe(0);
});

test('work that fails in time gives its error', async () => {
  await expect(withDeadline(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

test('work that hangs is given up at the deadline, and its later failure is nobody’s', async () => {
  let fail = (_error: Error) => {};
  const work = new Promise<never>((_resolve, reject) => (fail = reject));
  const outcome = withDeadline(work, 1_000).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await outcome).toBeInstanceOf(DeadlineError);
  fail(new Error('later'));
});
