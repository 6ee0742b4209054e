import { expect, test } from 'vitest';
import { AbortWatch } from './abort-watch.ts';

test('all who wait for a signal are told once, and nobody who was removed', () => {
  const [watch, controller, other] = [new AbortWatch(), new AbortController(), new AbortController()];
  const told: string[] = [];
  const [first, removed, second] = ['first', 'removed', 'second'].map(name => () => void told.push(name));
  for (const tell of [first, removed, second]) if (tell !== undefined) watch.add(controller.signal, tell);
  watch.add(other.signal, () => void told.push('other'));
  if (removed !== undefined) watch.remove(controller.signal, removed);
  controller.abort();
  expect(told).toEqual(['first', 'second']);
});

test('one who leaves when it is told leaves the others alone', () => {
  const [watch, { signal, abort }] = [new AbortWatch(), holder()];
  const told: number[] = [];
  for (const number of [1, 2, 3]) {
    const tell = (): void => {
      told.push(number);
      watch.remove(signal, tell);
    };
    watch.add(signal, tell);
  }
  abort();
  expect(told).toEqual([1, 2, 3]);
});

function holder(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
