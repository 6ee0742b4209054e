import type { StoredFailures } from '#storage';

/** How failures of one kind are forgiven. */
interface AttemptRule {
  /** So many failures cost no waiting. */
  readonly free: number;
  /** The longest that has to be waited. */
  readonly maxDelayMs: number;
}

/** What failures are counted by, from the most to the least particular. */
export type AttemptScope = 'account+address' | 'address' | 'account';

/**
 * One who guesses waits longer and longer. Many who share an address (an office, a carrier) have a hundred failures together.
 * Who attacks an account from many addresses gets one guess a minute. Whoever is quicker has it, so that this key is left out
 * where the account has signed in before: its owner is not kept out from there by what others fail elsewhere.
 */
export const ATTEMPT_RULES: Readonly<Record<AttemptScope, AttemptRule>> = {
  'account+address': { free: 5, maxDelayMs: 900_000 },
  address: { free: 100, maxDelayMs: 900_000 },
  account: { free: 30, maxDelayMs: 60_000 },
};

const FIRST_DELAY_MS = 1_000;
/** Failures count together when less than this lies between them. */
const FORGET_MS = 900_000;

/** A key under which failures are counted. */
export interface AttemptKey {
  readonly scope: AttemptScope;
  readonly key: string;
}

/** Whether an attempt may be made, and what is stored about it before it is. */
export type AttemptDecision =
  | {
      readonly allowed: true;
      readonly reason: 'free' | 'waited';
      /** The failures under each key if this attempt fails too: it is counted before it is made. */
      readonly store: readonly StoredFailures[];
      /** Under these keys the next one will have to wait, for the first time in a row of failures. */
      readonly begins: readonly AttemptScope[];
    }
  | {
      readonly allowed: false;
      /** Which key says so. */
      readonly reason: AttemptScope;
      readonly retryAfterMs: number;
      /** Nothing: what is refused is not counted. */
      readonly store: readonly [];
    };

/** How long after that many failures the next attempt has to wait: nothing, then 1 s, 2 s, 4 s … */
export function delayAfter(failures: number, { free, maxDelayMs }: AttemptRule): number {
  return failures < free ? 0 : Math.min(maxDelayMs, FIRST_DELAY_MS * 2 ** (failures - free));
}

/**
 * Whether somebody may try a password. Counted before the password is looked at, so that of many at once no more are looked at
 * than one after another.
 *
 * @param stored what is known under the keys; in any order, and what is missing has not failed
 */
export function decideAttempt(
  keys: readonly AttemptKey[],
  stored: readonly StoredFailures[],
  now: Date,
): AttemptDecision {
  const counts = keys.map(({ scope, key }) => countOf(scope, key, stored, now));
  const longest = counts.toSorted((a, b) => b.waitMs - a.waitMs)[0];
  if (longest !== undefined && longest.waitMs > 0)
    return { allowed: false, reason: longest.scope, retryAfterMs: longest.waitMs, store: [] };
  return {
    allowed: true,
    reason: counts.some(({ scope, failures }) => delayAfter(failures, ATTEMPT_RULES[scope]) > 0) ? 'waited' : 'free',
    store: counts.map(({ key, failures }) => ({ key, failures: failures + 1, lastFailedAt: now })),
    begins: counts
      .filter(({ scope, failures }) => failures + 1 === ATTEMPT_RULES[scope].free)
      .map(({ scope }) => scope),
  };
}

/** Takes an attempt back that was counted and did not fail, or was not made. */
export function forgiveAttempt(stored: readonly StoredFailures[]): { readonly store: readonly StoredFailures[] } {
  return { store: stored.filter(({ failures }) => failures > 0).map(row => ({ ...row, failures: row.failures - 1 })) };
}

function countOf(
  scope: AttemptScope,
  key: string,
  stored: readonly StoredFailures[],
  now: Date,
): { scope: AttemptScope; key: string; failures: number; waitMs: number } {
  const row = stored.find(candidate => candidate.key === key);
  if (row === undefined) return { scope, key, failures: 0, waitMs: 0 };
  // A clock that was set back makes nobody wait longer than the delay.
  const ageMs = Math.max(0, now.getTime() - row.lastFailedAt.getTime());
  const delayMs = delayAfter(row.failures, ATTEMPT_RULES[scope]);
  if (ageMs > Math.max(FORGET_MS, delayMs)) return { scope, key, failures: 0, waitMs: 0 };
  return { scope, key, failures: row.failures, waitMs: Math.max(0, delayMs - ageMs) };
}
