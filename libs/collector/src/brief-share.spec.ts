import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BriefShare } from './brief-share.ts';

let share: BriefShare<number>;
let begun: number;

beforeEach(() => {
  vi.useFakeTimers();
  share = new BriefShare();
  begun = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

/** Asks for the number of the work that it was, which takes so long. */
function ask(workMs: number, key = 1): Promise<number> {
  return share.join(key, () => {
    const own = (begun += 1);
    return new Promise(resolve => setTimeout(() => resolve(own), workMs));
  });
}

/** Which work was handed out to who asks at these times, when each takes so long. */
async function handedOut(times: readonly number[], workMs: number): Promise<number[]> {
  const asking: Promise<number>[] = [];
  let now = 0;
  for (const time of times) {
    await vi.advanceTimersByTimeAsync(time - now);
    now = time;
    asking.push(ask(workMs));
  }
  await vi.advanceTimersByTimeAsync(workMs);
  return Promise.all(asking);
}

test.each<[string, readonly number[], number, number[]]>([
  ['at the same time share it', [0, 0, 0], 100, [1, 1, 1]],
  ['within a second of its beginning share it', [0, 50, 400, 999], 100, [1, 1, 1, 1]],
  ['a second later begin anew', [0, 1000], 100, [1, 2]],
  ['while it goes on share it, however long that is', [0, 1500], 2000, [1, 1]],
  ['after one that took longer than a second begin anew', [0, 1700], 1600, [1, 2]],
  [
    'all the time begin it once a second',
    [0, 300, 600, 900, 1200, 1500, 1800, 2100, 2400],
    10,
    [1, 1, 1, 1, 2, 2, 2, 2, 3],
  ],
])('those who ask %s', async (_what, times, workMs, expected) => {
  expect(await handedOut(times, workMs)).toEqual(expected);
});

test('what is about something else is not shared', async () => {
  const asking = [ask(0, 1), ask(0, 2)];
  await vi.advanceTimersByTimeAsync(1);
  expect(await Promise.all(asking)).toEqual([1, 2]);
});

test('a failure is told to all who wait, and nothing is kept for long', async () => {
  const failing = (): Promise<number> => share.join(1, () => Promise.reject(new Error('broken')));
  await expect(Promise.all([failing(), failing()])).rejects.toThrow('broken');
  expect(share.size).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(share.size).toBe(0);
});
