import { describe, expect, test } from 'vitest';
import { evaluateVerdict, type Evidence, type Vote } from './evaluate-verdict.ts';
import type { Verdict } from '#storage';

const now = new Date('2026-11-20T10:00:00Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const up: Verdict = { machineId: 1, state: 'up', reason: null, since: ago(7_200_000) };
const down: Verdict = { ...up, state: 'down', reason: 'refused' };
const one = { observers: 1, agree: 1, misses: 3 };
const many = { observers: 7, agree: 2, misses: 3 };

const vote = (change: Partial<Vote> = {}): Vote => ({
  observer: 'a',
  monitor: 'netdata',
  reason: null,
  detail: null,
  misses: 0,
  observedAt: now,
  since: ago(3_600_000),
  freshMs: 30_000,
  ...change,
});
const missed = (observer: string, misses: number, reason: Vote['reason'] = 'timeout', more: Partial<Vote> = {}): Vote =>
  vote({ observer, misses, reason, since: ago(misses * 10_000), ...more });
const old = ago(30_001);
const HOUR_MS = 3_600_000;

const cases: readonly [string, Evidence, string, string | null][] = [
  ['an answer makes it up', { current: null, votes: [vote()], quorum: one }, 'up', null],
  ['an answer ends a down at once', { current: down, votes: [vote()], quorum: one }, 'up', null],
  ['the first miss changes nothing', { current: up, votes: [missed('a', 1)], quorum: one }, 'up', null],
  ['the second miss changes nothing', { current: up, votes: [missed('a', 2)], quorum: one }, 'up', null],
  ['the third miss makes it down', { current: up, votes: [missed('a', 3)], quorum: one }, 'down', 'timeout'],
  ['a miss keeps a down one down', { current: down, votes: [missed('a', 2)], quorum: one }, 'down', 'refused'],
  [
    'a machine never seen and missed is unknown',
    { current: null, votes: [missed('a', 1, 'dns')], quorum: one },
    'unknown',
    'dns',
  ],
  ['nobody looked: unknown', { current: up, votes: [], quorum: one }, 'unknown', 'unobserved'],
  ['old votes say nothing', { current: up, votes: [vote({ observedAt: old })], quorum: one }, 'unknown', 'unobserved'],
  [
    'a vote that is just not too old says something',
    { current: null, votes: [vote({ observedAt: ago(30_000) })], quorum: one },
    'up',
    null,
  ],
  [
    'one of two accusers is not enough',
    { current: up, votes: [missed('a', 9), vote({ observer: 'b' })], quorum: many },
    'degraded',
    'timeout',
  ],
  [
    'two accusers are enough',
    { current: up, votes: [missed('a', 3), missed('b', 3), vote({ observer: 'c' })], quorum: many },
    'down',
    'timeout',
  ],
  [
    'the commonest reason is named',
    { current: up, votes: [missed('a', 3, 'refused'), missed('b', 3), missed('c', 3)], quorum: many },
    'down',
    'timeout',
  ],
  [
    'one monitor that answers is enough',
    { current: up, votes: [missed('a', 9), vote({ monitor: 'tcp' })], quorum: one },
    'up',
    null,
  ],
  [
    'an accuser whose vote is old does not count',
    { current: up, votes: [{ ...missed('a', 9), observedAt: old }, vote({ observer: 'b' })], quorum: one },
    'up',
    null,
  ],
  [
    'each vote is old by its own measure',
    { current: null, votes: [vote({ observedAt: ago(HOUR_MS), freshMs: 3 * HOUR_MS })], quorum: one },
    'up',
    null,
  ],
  [
    'the slow one may still speak when the quick one is not heard any more',
    {
      current: up,
      votes: [missed('a', 9, 'timeout', { observedAt: old }), vote({ monitor: 'slow', freshMs: 3 * HOUR_MS })],
      quorum: one,
    },
    'up',
    null,
  ],
  [
    'an hourly answer does not outweigh what has been missed every 10 s since',
    {
      current: up,
      votes: [vote({ monitor: 'slow', observedAt: ago(60_000), freshMs: 3 * HOUR_MS }), missed('a', 3)],
      quorum: one,
    },
    'down',
    'timeout',
  ],
  [
    'it does as long as the misses since are too few',
    {
      current: up,
      votes: [vote({ monitor: 'slow', observedAt: ago(60_000), freshMs: 3 * HOUR_MS }), missed('a', 2)],
      quorum: one,
    },
    'up',
    null,
  ],
  [
    'what could not look says nothing: without another vote it is unknown, at once',
    { current: up, votes: [vote({ reason: 'unobserved' })], quorum: one },
    'unknown',
    'unobserved',
  ],
  [
    'nor does it accuse, however often it could not look',
    { current: up, votes: [vote({ reason: 'unobserved', misses: 9 }), vote({ observer: 'b' })], quorum: one },
    'up',
    null,
  ],
  [
    'and an observer that could not look is none of those who agree',
    { current: up, votes: [missed('a', 3), vote({ observer: 'b', reason: 'unobserved' })], quorum: many },
    'degraded',
    'timeout',
  ],
];

describe('a verdict', () => {
  test.each(cases)('%s', (_sentence, evidence, state, reason) => {
    const decision = evaluateVerdict(evidence, now);
    expect({ state: decision.state, reason: decision.reason }).toEqual({ state, reason });
    expect(decision.because).not.toBe('');
  });

  const ends = { detail: 'ends in 5 days, on 2026-11-25' };
  test.each<[string, Evidence, string]>([
    [
      'down: what the observation says, and how often it was missed',
      { current: up, votes: [missed('a', 3, 'tls', ends)], quorum: one },
      'tls (ends in 5 days, on 2026-11-25); 1 of 1 observers missed it 3 times in a row',
    ],
    [
      'down with a detail that is a whole sentence: without its full stop',
      { current: up, votes: [missed('a', 3, 'refused', { detail: 'Nothing listens.' })], quorum: one },
      'refused (Nothing listens); 1 of 1 observers missed it 3 times in a row',
    ],
    [
      'down without a detail: the reason alone',
      { current: up, votes: [missed('a', 3, 'refused')], quorum: one },
      'refused; 1 of 1 observers missed it 3 times in a row',
    ],
    [
      'degraded: who cannot reach it, and how many it would take',
      { current: up, votes: [missed('a', 3, 'tls', ends), vote({ observer: 'b' })], quorum: many },
      'tls (ends in 5 days, on 2026-11-25); 1 of 2 observers cannot reach it, 2 needed for down',
    ],
    ['up: who reaches it', { current: down, votes: [vote()], quorum: one }, '1 of 1 observers reach it'],
    [
      'a first miss: that it was never seen',
      { current: null, votes: [missed('a', 1, 'dns', { detail: 'no such name' })], quorum: one },
      'dns (no such name); not seen yet',
    ],
    [
      'could not look: the words of who tried last',
      {
        current: up,
        votes: [
          vote({ reason: 'unobserved', detail: 'the plugin threw', observedAt: ago(1) }),
          vote({ reason: 'unobserved', detail: 'long ago', observer: 'b', observedAt: ago(2) }),
        ],
        quorum: one,
      },
      'the plugin threw',
    ],
    [
      'could not look, without a word',
      { current: up, votes: [vote({ reason: 'unobserved' })], quorum: one },
      'distomon could not look',
    ],
    ['never looked at', { current: null, votes: [], quorum: one }, 'nobody has looked at it yet'],
    [
      'not looked at for seconds',
      { current: up, votes: [vote({ observedAt: ago(45_400) })], quorum: one },
      'nobody has looked at it for 45s',
    ],
    [
      'not looked at for days: since the newest vote, in the unit that fits',
      {
        current: up,
        votes: [vote({ observedAt: ago(50 * HOUR_MS) }), vote({ observer: 'b', observedAt: ago(90 * HOUR_MS) })],
        quorum: one,
      },
      'nobody has looked at it for 2d',
    ],
  ])('says why, %s', (_what, evidence, because) => {
    expect(evaluateVerdict(evidence, now).because).toBe(because);
  });
});

describe('a pause', () => {
  const pause = { by: 'alice@acme.example', until: null, note: null };
  const evidence: Evidence = { current: down, votes: [missed('a', 9)], quorum: one };
  test.each<[string, NonNullable<Evidence['pause']> | null, string, string]>([
    ['without an end', pause, 'maintenance', 'paused by alice@acme.example'],
    [
      'that lasts, with its end and note',
      { ...pause, until: new Date(now.getTime() + 1), note: 'new disks' },
      'maintenance',
      'paused by alice@acme.example until 2026-11-20 10:00 UTC: new disks',
    ],
    [
      'that is just over says nothing',
      { ...pause, until: now },
      'down',
      'timeout; 1 of 1 observers missed it 3 times in a row',
    ],
    ['that never was says nothing', null, 'down', 'timeout; 1 of 1 observers missed it 3 times in a row'],
  ])('%s', (_what, given, state, because) => {
    expect(evaluateVerdict({ ...evidence, pause: given }, now)).toMatchObject({ state, because });
  });

  test('is nothing to whoever has not been looked at since', () => {
    const current: Verdict = { ...up, state: 'maintenance' };
    const decision = evaluateVerdict(
      { current, votes: [missed('a', 1)], quorum: one, pause: { ...pause, until: now } },
      now,
    );
    expect(decision.state).toBe('maintenance');
  });
});
