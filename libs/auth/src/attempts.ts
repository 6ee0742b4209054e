import type { Clock } from '#config';
import type { Storage } from '#storage';
import { AuthError } from './auth-error.ts';
import { type AttemptKey, type AttemptScope, decideAttempt, forgiveAttempt } from './decide-attempt.ts';
import { throttleAddressOf } from './throttle-address.ts';

/** What the count of attempts needs of the world. */
export interface AttemptsParts {
  readonly storage: Pick<Storage, 'sessions' | 'signInAttempts'>;
  readonly clock: Clock;
}

/** An attempt that was let through and is counted as failed until it is said that it succeeded. */
export interface Attempt {
  /** If it fails, the next who tries under these has to wait, for the first time. */
  readonly begins: readonly AttemptScope[];
  /** It succeeded: what failed before it under this account is forgotten. */
  succeeded(): Promise<void>;
  /** It was not made at all. */
  notMade(): Promise<void>;
}

/** Counts who tries passwords, in the database and therefore for all processes together. */
export class Attempts {
  private readonly parts: AttemptsParts;

  constructor(parts: AttemptsParts) {
    this.parts = parts;
  }

  /**
   * Lets an attempt through and counts it.
   *
   * @param email normalised; whether there is such an account makes no difference
   * @throws AuthError TOO_MANY_ATTEMPTS, with the seconds until the next may be made
   */
  async begin(email: string, address: string): Promise<Attempt> {
    const { signInAttempts, sessions } = this.parts.storage;
    const now = this.parts.clock.now();
    const known = await sessions.addressesOf(email);
    const keys = keysOf(email, address, known);
    const names = keys.map(({ key }) => key);
    const decision = await signInAttempts.decide(names, now, stored => decideAttempt(keys, stored, now));
    if (!decision.allowed) throw tooMany(decision.retryAfterMs);
    // An address keeps its other failures: whoever guesses elsewhere could wipe them with an account of his own.
    const ofAddress = keys.filter(({ scope }) => scope === 'address').map(({ key }) => key);
    return {
      begins: decision.begins,
      succeeded: async () => {
        await signInAttempts.clear([...names.filter(name => !ofAddress.includes(name)), accountKey(email)]);
        await signInAttempts.decide(ofAddress, now, forgiveAttempt);
      },
      notMade: async () => void (await signInAttempts.decide(names, now, forgiveAttempt)),
    };
  }
}

/** @param known from where the account has signed in before: what others fail elsewhere is nothing to who comes from there */
function keysOf(email: string, address: string, known: readonly string[]): AttemptKey[] {
  const from = throttleAddressOf(address);
  const isKnown = known.some(other => throttleAddressOf(other) === from);
  return [
    { scope: 'account+address', key: `account+address:${from}:${email}` },
    { scope: 'address', key: `address:${from}` },
    ...(isKnown ? [] : [{ scope: 'account', key: accountKey(email) } as const]),
  ];
}

function accountKey(email: string): string {
  return `account:${email}`;
}

function tooMany(retryAfterMs: number): AuthError {
  const retryAfterSeconds = Math.ceil(retryAfterMs / 1000);
  const sentence = `Too many wrong passwords. Try again in ${inWords(retryAfterSeconds)}.`;
  return new AuthError('TOO_MANY_ATTEMPTS', sentence, { retryAfterSeconds });
}

function inWords(seconds: number): string {
  if (seconds > 90) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? 'a second' : `${seconds} seconds`;
}
