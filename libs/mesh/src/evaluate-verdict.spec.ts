import { describe, expect, test } from 'vitest';
import { evaluateVerdict, type Evidence, type Vote } from './evaluate-verdict.ts';
import type { Verdict } from '#storage';

const now = new Date('2026-11-20T10:00:00Z');
const up: Verdict = { machineId: 1, state: 'up', reason: null, since: new Date('2026-11-20T08:00:00Z') };
const down: Verdict = { ...up, state: 'down', reason: 'refused' };
const one = { observers: 1, agree: 1, misses: 3 };
const many = { observers: 7, agree: 2, misses: 3 };

const vote = (change: Partial<Vote> = {}): Vote => ({
  observer: 'a',
  monitor: 'netdata',
  reason: null,
  misses: 0,
  observedAt: now,
  ...change,
});
const missed = (observer: string, misses: number, reason: Vote['reason'] = 'timeout'): Vote =>
  vote({ observer, misses, reason });
const old = new Date(now.getTime() - 30_001);

const cases: readonly [string, Omit<Evidence, 'freshMs'>, string, string | null][] = [
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
];

describe('a verdict', () => {
  test.each(cases)('%s', (_sentence, evidence, state, reason) => {
    const decision = evaluateVerdict({ ...evidence, freshMs: 30_000 }, now);
    expect({ state: decision.state, reason: decision.reason }).toEqual({ state, reason });
    expect(decision.because).not.toBe('');
  });
});
