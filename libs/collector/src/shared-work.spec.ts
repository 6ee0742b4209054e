import { expect, test } from 'vitest';
import { SharedWork } from './shared-work.ts';

const never = new AbortController().signal;

/** Work that ends when it is told, and the signal of each time it was begun. */
function work() {
  const begun: AbortSignal[] = [];
  const ends: ((value: number | null) => void)[] = [];
  const start = (stop: AbortSignal): Promise<number | null> => {
    begun.push(stop);
    return new Promise(resolve => ends.push(resolve));
  };
  return { begun, start, end: (time: number, value: number | null) => ends[time]?.(value) };
}

test('all who ask at the same time get what one work gave', async () => {
  const [shared, { begun, start, end }] = [new SharedWork<number>(), work()];
  const asking = Array.from({ length: 5 }, () => shared.join('a', never, start));
  expect([shared.size, shared.has('a'), shared.has('b')]).toEqual([1, true, false]);
  end(0, 7);
  expect(await Promise.all(asking)).toEqual([7, 7, 7, 7, 7]);
  expect([begun.length, shared.size]).toEqual([1, 0]);
});

test('who asks for something else, or later, begins anew', async () => {
  const [shared, { begun, start, end }] = [new SharedWork<number>(), work()];
  const [one, other] = [shared.join('a', never, start), shared.join('b', never, start)];
  end(0, 1);
  end(1, 2);
  expect([await one, await other]).toEqual([1, 2]);
  const later = shared.join('a', never, start);
  end(2, 3);
  expect([await later, begun.length]).toEqual([3, 3]);
});

test('one who goes away gets nothing at once, and the others what they wait for', async () => {
  const [shared, { begun, start, end }] = [new SharedWork<number>(), work()];
  const impatient = new AbortController();
  const [one, other] = [shared.join('a', impatient.signal, start), shared.join('a', never, start)];
  impatient.abort();
  expect(await one).toBeNull();
  expect(begun[0]?.aborted).toBe(false);
  end(0, 7);
  expect(await other).toBe(7);
});

test('work that nobody waits for any more is stopped, and the next one who asks begins anew', async () => {
  const [shared, { begun, start, end }] = [new SharedWork<number>(), work()];
  const leaving = [new AbortController(), new AbortController()];
  const asking = leaving.map(({ signal }) => shared.join('a', signal, start));
  for (const one of leaving) one.abort();
  expect(await Promise.all(asking)).toEqual([null, null]);
  expect([begun[0]?.aborted, shared.size]).toEqual([true, 0]);
  const next = shared.join('a', never, start);
  end(0, 1);
  end(1, 2);
  expect(await next).toBe(2);
});

test('one who is gone before he asks begins nothing', async () => {
  const [shared, { begun, start }] = [new SharedWork<number>(), work()];
  expect(await shared.join('a', AbortSignal.abort(), start)).toBeNull();
  expect(begun).toEqual([]);
});

test('work that fails fails for all who wait, and is forgotten', async () => {
  const shared = new SharedWork<number>();
  const fail = (): Promise<null> => Promise.reject(new Error('broken'));
  const asking = [shared.join('a', never, fail), shared.join('a', never, fail)];
  for (const one of asking) await expect(one).rejects.toThrow('broken');
  expect(shared.size).toBe(0);
});
