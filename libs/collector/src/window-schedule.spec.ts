import { describe, expect, test } from 'vitest';
import { decideCollect, missedBefore, retryDelayMs, windowsToPlan } from './window-schedule.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);
const TEN = 600_000;
const window = { start: at('10:00:00'), lengthMs: TEN };

describe('a window', () => {
  test.each([
    ['is awaited before it is over', '10:09:00', { kind: 'wait', ms: 67_000 }],
    ['is awaited until its last second is readable', '10:10:06', { kind: 'wait', ms: 1000 }],
    ['is read from 7 s after its end', '10:10:07', { kind: 'read', deadline: at('10:10:37') }],
    ['is read once even after the grace', '10:15:00', { kind: 'read', deadline: at('10:10:37') }],
    ['is missed when the next one is over too', '10:20:07', { kind: 'missed' }],
  ])('%s', (_sentence, time, mode) => {
    expect(decideCollect(window, 30_000, at(time))).toEqual(mode);
  });
});

test('a window is missed by the planner exactly when it is missed by the collector', () => {
  for (let offsetMs = -2; offsetMs <= 2; offsetMs += 1) {
    const now = new Date(at('10:20:07').getTime() + offsetMs);
    const missed = window.start < missedBefore(TEN, now);
    expect(missed).toBe(decideCollect(window, 30_000, now).kind === 'missed');
  }
});

describe('the windows to plan', () => {
  test.each([
    ['at the very first time only the one before the running one', null, '10:07:00', ['09:50:00']],
    ['nothing while the running one is not over', '09:50:00', '10:09:59', []],
    ['the one that is just over', '09:50:00', '10:10:00', ['10:00:00']],
    ['all that were missed, oldest first', '09:50:00', '10:30:01', ['10:00:00', '10:10:00', '10:20:00']],
    ['nothing when the clock was set back', '10:50:00', '10:10:00', []],
  ])('%s', (_sentence, lastPlanned, now, starts) => {
    const planned = windowsToPlan(lastPlanned === null ? null : at(lastPlanned), TEN, at(now));
    expect(planned.map(w => w.start)).toEqual(starts.map(at));
  });

  test('a year of absence is caught up in steps', () => {
    const planned = windowsToPlan(new Date('2025-11-20T10:00:00Z'), TEN, at('10:00:00'));
    expect(planned).toHaveLength(144);
    expect(planned[0]?.start).toEqual(new Date('2025-11-20T10:10:00Z'));
  });
});

test.each([
  [1, 20_000, 2000],
  [2, 20_000, 4000],
  [9, 20_000, 8000],
  [3, 500, 500],
  [1, 0, null],
  [1, -1, null],
])('round %d with %d ms left waits %s ms', (round, left, delay) => {
  expect(retryDelayMs(round, new Date(left), new Date(0))).toBe(delay);
});
