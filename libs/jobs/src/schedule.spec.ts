import { expect, test } from 'vitest';
import { evaluateLateTick, evaluateSchedule, scheduleIdOf, TICKS, tickJobIdOf, tickOfJobId } from './schedule.ts';

const now = new Date('2026-11-20T10:00:00Z');
const inMs = (ms: number) => new Date(now.getTime() + ms);

test.each([
  { why: 'the queue knows nothing', found: null, state: 'missing' },
  { why: 'it has no next tick', found: { everyMs: 10_000, nextAt: null }, state: 'missing' },
  { why: 'it has another interval', found: { everyMs: 5_000, nextAt: inMs(1_000) }, state: 'interval_changed' },
  { why: 'the next tick lies ahead', found: { everyMs: 10_000, nextAt: inMs(9_000) }, state: 'on_time' },
  { why: 'the tick is just due', found: { everyMs: 10_000, nextAt: inMs(-1_500) }, state: 'on_time' },
  { why: 'the tick was due and is still there', found: { everyMs: 10_000, nextAt: inMs(-2_500) }, state: 'late' },
  { why: 'a tick was skipped', found: { everyMs: 10_000, nextAt: inMs(19_999) }, state: 'on_time' },
  {
    why: 'the clock was set back an hour',
    found: { everyMs: 10_000, nextAt: inMs(3_600_000) },
    state: 'too_far_ahead',
  },
])('a schedule is $state when $why', ({ found, state }) => {
  expect(evaluateSchedule(found, 10_000, now)).toBe(state);
});

test.each([
  { job: 'waiting', because: 'unserved' },
  { job: 'delayed', because: 'unserved' },
  { job: 'prioritized', because: 'unserved' },
  { job: 'active', because: 'lost' },
  { job: 'completed', because: 'lost' },
  { job: 'failed', because: 'lost' },
  { job: 'unknown', because: 'lost' },
])('a late tick whose job is $job is $because', ({ job, because }) => {
  expect(evaluateLateTick(job)).toBe(because);
});

test.each(TICKS)('the tick of a job of %s is in its id', name => {
  expect(tickOfJobId(tickJobIdOf(name, now))).toBe(now.getTime() / 1000);
  expect(scheduleIdOf(name)).not.toContain(':');
});

test('a job that no schedule made has no tick', () => {
  expect(tickOfJobId('window.plan-start-1800000000')).toBeNull();
});
