import { expect, test } from 'vitest';
import type { StoredFailures } from '#storage';
import {
  ATTEMPT_RULES,
  type AttemptKey,
  type AttemptScope,
  decideAttempt,
  delayAfter,
  forgiveAttempt,
} from './decide-attempt.ts';

const NOW = new Date('2026-11-20T10:00:00Z');
const KEYS: AttemptKey[] = (Object.keys(ATTEMPT_RULES) as AttemptScope[]).map(scope => ({
  scope,
  key: `the ${scope}`,
}));

const failed = (scope: AttemptScope, failures: number, secondsAgo: number): StoredFailures => ({
  key: `the ${scope}`,
  failures,
  lastFailedAt: new Date(NOW.getTime() - secondsAgo * 1000),
});

test.each<[AttemptScope, Record<number, number>]>([
  ['account+address', { 0: 0, 4: 0, 5: 1, 6: 2, 7: 4, 14: 512, 15: 900, 16: 900, 100_000: 900 }],
  ['address', { 0: 0, 99: 0, 100: 1, 109: 512, 110: 900, 5_000: 900 }],
  ['account', { 0: 0, 29: 0, 30: 1, 35: 32, 36: 60, 1_000: 60 }],
])('after so many failures under %s so many seconds have to be waited: %j', (scope, expected) => {
  const seconds = Object.keys(expected).map(failures => [
    failures,
    delayAfter(Number(failures), ATTEMPT_RULES[scope]) / 1000,
  ]);
  expect(Object.fromEntries(seconds)).toEqual(expected);
});

test.each<[string, StoredFailures[], string]>([
  ['who never failed may try', [], 'free'],
  ['who failed four times may try', [failed('account+address', 4, 0)], 'free'],
  ['who failed five times may not try at once', [failed('account+address', 5, 0)], 'account+address 1000'],
  ['half of the wait is left after half of it', [failed('account+address', 7, 2)], 'account+address 2000'],
  ['who waited may try', [failed('account+address', 7, 4)], 'waited'],
  [
    'a clock that was set back makes nobody wait longer',
    [failed('account+address', 5, -3_600)],
    'account+address 1000',
  ],
  ['the longest wait counts', [failed('account+address', 5, 0), failed('address', 105, 0)], 'address 32000'],
  ['an account that is attacked from everywhere waits a minute', [failed('account', 5_000, 0)], 'account 60000'],
  ['a quarter of an hour later all is forgotten', [failed('address', 50_000, 901)], 'free'],
  ['what failed long ago is no reason to wait, nor what did under another key', [failed('account', 9, 0)], 'free'],
])('%s', (_, stored, expected) => {
  const decision = decideAttempt(KEYS, stored, NOW);
  expect(decision.allowed ? decision.reason : `${decision.reason} ${decision.retryAfterMs}`).toBe(expected);
});

test('what is let through is counted under each key, before it is known how it ends', () => {
  const stored = [failed('account', 7, 30), failed('address', 12, 2_000)];
  expect(decideAttempt(KEYS, stored, NOW).store).toEqual([
    { key: 'the account+address', failures: 1, lastFailedAt: NOW },
    { key: 'the address', failures: 1, lastFailedAt: NOW },
    { key: 'the account', failures: 8, lastFailedAt: NOW },
  ]);
});

test('what is refused is not counted', () => {
  expect(decideAttempt(KEYS, [failed('account+address', 5, 0)], NOW).store).toEqual([]);
});

test.each<[string, StoredFailures[], AttemptScope[]]>([
  ['the fifth failure begins a delay', [failed('account+address', 4, 0)], ['account+address']],
  ['the fourth does not', [failed('account+address', 3, 0)], []],
  ['the sixth does not begin it again', [failed('account+address', 5, 1)], []],
  ['the thirtieth of an account does', [failed('account', 29, 0)], ['account']],
  ['two at once', [failed('account+address', 4, 0), failed('address', 99, 0)], ['account+address', 'address']],
])('%s', (_, stored, begins) => {
  expect(decideAttempt(KEYS, stored, NOW)).toMatchObject({ allowed: true, begins });
});

/** Tries as often as it can, always wrong, and counts how often it is let through. */
function letThrough(tries: readonly { readonly ms: number; readonly keys: readonly AttemptKey[] }[]): number {
  const rows = new Map<string, StoredFailures>();
  return tries.filter(({ ms, keys }) => {
    const { allowed, store } = decideAttempt(keys, [...rows.values()], new Date(NOW.getTime() + ms));
    for (const row of store) rows.set(row.key, row);
    return allowed;
  }).length;
}

const from = (address: string, account = 'alice'): AttemptKey[] => [
  { scope: 'account+address', key: `${account} ${address}` },
  { scope: 'address', key: address },
  { scope: 'account', key: account },
];

const HOUR = Array.from({ length: 36_000 }, (_, index) => index * 100);

test.each([
  ['of 50 at once, five', Array.from({ length: 50 }, () => ({ ms: 0, keys: from('a') })), 5],
  ['in an hour of ten a second, 17', HOUR.map(ms => ({ ms, keys: from('a') })), 17],
  [
    'in an hour from ever new addresses, one a minute after the first 36',
    HOUR.map((ms, index) => ({ ms, keys: from(`a${index}`) })),
    36 + 58,
  ],
  [
    'in an hour against ever new accounts, 112',
    HOUR.map((ms, index) => ({ ms, keys: from('a', `account ${index}`) })),
    112,
  ],
])('guesses that are looked at: %s', (_, tries, expected) => {
  expect(letThrough(tries)).toBe(expected);
});

test('while one guesses, others behind other addresses are let through', () => {
  const guesses = Array.from({ length: 50 }, () => ({ ms: 0, keys: from('bad') }));
  const others = [
    { ms: 1, keys: from('good') },
    { ms: 1, keys: from('good', 'bob') },
    { ms: 1, keys: from('bad', 'bob') },
  ];
  expect(letThrough([...guesses, ...others])).toBe(5 + 3);
});

test('what did not fail is taken back, and nothing falls below zero', () => {
  expect(forgiveAttempt([failed('address', 3, 0), failed('account', 0, 0)])).toEqual({
    store: [failed('address', 2, 0)],
  });
});
