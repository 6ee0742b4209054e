import { describe, expect, test } from 'vitest';
import { decideGap, failurePauseMs, pastOf } from './backfill-schedule.ts';
import type { WindowReading } from './monitors/monitor.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);
const TEN = 600_000;
const GRACE = 30_000;

test.each([
  ['is short after the first failure', 0, 10_000],
  ['doubles', 1, 20_000],
  ['doubles again', 4, 160_000],
  ['is never longer than ten minutes', 6, 600_000],
  ['is finite after any number of failures', 5_000, 600_000],
])('the pause %s', (_sentence, failures, pauseMs) => {
  expect(failurePauseMs(failures)).toBe(pauseMs);
});

describe('the past of a machine', () => {
  const past = (addedAt: string, windowMs = TEN, pastBefore: Date | null = null): ReturnType<typeof pastOf> =>
    pastOf({ addedAt: at(addedAt), pastBefore }, windowMs, GRACE);

  test('is the day before the window in which it was added', () => {
    expect(past('10:05:00')).toEqual({
      older: { from: new Date('2026-11-19T10:00:00Z'), to: at('10:00:00') },
      newest: { from: at('10:00:00'), to: at('10:00:00') },
      newestAskableAt: at('10:00:37'),
    });
  });

  test('leaves a window that has hardly closed for later', () => {
    const { older, newest, newestAskableAt } = past('10:00:36');
    expect(older.to).toEqual(at('09:50:00'));
    expect(newest).toEqual({ from: at('09:50:00'), to: at('10:00:00') });
    expect(newestAskableAt).toEqual(at('10:00:37'));
    expect(past('10:00:37').newest.from).toEqual(at('10:00:00'));
  });

  test('leaves several for later where windows are short', () => {
    const { older, newest, newestAskableAt } = past('10:05:00', 10_000);
    expect(older.to).toEqual(at('10:04:20'));
    expect(newest).toEqual({ from: at('10:04:20'), to: at('10:05:00') });
    expect(newestAskableAt).toEqual(at('10:05:37'));
  });

  test('has 144 windows at most, and one at least', () => {
    expect(past('10:05:00', 10_000).older.from).toEqual(at('09:41:00'));
    expect(past('10:05:00', 3_600_000).older.from).toEqual(new Date('2026-11-19T10:00:00Z'));
    expect(past('10:05:00', 2 * 86_400_000).older.from).toEqual(new Date('2026-11-17T00:00:00Z'));
  });

  test('goes on where it was left', () => {
    expect(past('10:05:00', TEN, at('07:30:00')).older.to).toEqual(at('07:30:00'));
  });
});

describe('what a reading says about a gap', () => {
  const LONG_AGO = at('08:00:00');
  const NOW = at('10:00:00');
  const summary = (samples: number) => ({ avg: 1, min: 1, max: 1, samples, expected: 600 });
  const reading = (cpu: number, memory: number | null = 600): WindowReading => ({
    reason: null,
    metrics: { cpu: summary(cpu), ...(memory === null ? {} : { memory: summary(memory) }) },
    charts: {},
    fullestMount: null,
    clockOffsetMs: 0,
    reachesEnd: false,
  });
  const EMPTY: WindowReading = { reason: 'no_data', detail: 'nothing of it', isEmpty: true };
  const STARTING: WindowReading = { reason: 'no_data', detail: 'the agent is starting' };
  const BROKEN: WindowReading = { reason: 'bad_response', detail: 'it has no step' };
  const later = { kind: 'later', notBefore: at('10:00:30') };

  test.each([
    ['all of its seconds fill it', reading(600), LONG_AGO, { kind: 'fill' }],
    ['some of its seconds fill it too', reading(17), LONG_AGO, { kind: 'fill' }],
    ['none of its seconds end the search', EMPTY, LONG_AGO, { kind: 'conclude' }],
    ['a minute after it began to answer, none are none', EMPTY, at('09:59:00'), { kind: 'conclude' }],
    ['before that there may be more to come', EMPTY, at('09:59:30'), later],
    ['nor are some of them believed to be all', reading(599), at('09:59:30'), later],
    ['nor is one metric without the other', reading(600, null), at('09:59:30'), later],
    ['but all are all', reading(600), at('09:59:59'), { kind: 'fill' }],
    [
      'a reading that failed says nothing, whatever its reason',
      STARTING,
      LONG_AGO,
      { kind: 'stop', because: 'no_data (the agent is starting)' },
    ],
    [
      'one that cannot be understood says nothing of the next',
      BROKEN,
      LONG_AGO,
      { kind: 'skip', because: 'bad_response (it has no step)' },
    ],
  ])('%s', (_sentence, read, answersSince, step) => {
    expect(decideGap(read, answersSince, NOW)).toEqual(step);
  });
});
