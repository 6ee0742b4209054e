import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OutageLog } from './outage-log.ts';

const lines: string[] = [];
const note = (_facts: object, message: string) => void lines.push(message);
const log = { debug: note, info: note, warn: note, error: note };
const lost = 'the queue cannot be reached; trying again until it is back';
const back = 'the queue is back';

beforeEach(() => {
  lines.length = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test('an outage is told once when it begins and once when it is over', () => {
  const outages = new OutageLog('redis', log);
  outages.recovered();
  for (let count = 0; count < 100; count += 1) outages.failed(new Error('away'));
  outages.recovered();
  outages.recovered();
  outages.failed(new Error('away again'));
  expect(lines).toEqual([lost, back, lost]);
});

test('an outage in which the server comes back and refuses the login says so, once', () => {
  const outages = new OutageLog('redis', log);
  for (const message of ['away', 'WRONGPASS invalid username-password pair', 'WRONGPASS again', 'away again']) {
    outages.failed(new Error(message));
  }
  outages.recovered();
  expect(lines).toEqual([lost, expect.stringContaining('refuses the login: check its user and password'), back]);
});

test('a success right after a failure does not end an outage', () => {
  const outages = new OutageLog('postgres', log, 1_000);
  outages.failed(new Error('one connection died'));
  outages.recovered();
  vi.advanceTimersByTime(900);
  outages.failed(new Error('another died'));
  vi.advanceTimersByTime(999);
  outages.recovered();
  expect(lines).toEqual([lost]);
  vi.advanceTimersByTime(1);
  outages.recovered();
  expect(lines).toEqual([lost, back]);
});
