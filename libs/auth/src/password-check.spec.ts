import { beforeEach, describe, expect, test } from 'vitest';
import { Clock } from '#config';
import type { AuditNote, StoredAccount, StoredFailures } from '#storage';
import { hashOfNothing, type PasswordHasher } from './argon2-hasher.ts';
import { unknownActor } from './audit-note.ts';
import { PasswordCheck, type PasswordCheckParts } from './password-check.ts';
import { Passwords } from './passwords.ts';

const NOW = new Date('2026-11-20T10:00:00Z');

class SetClock extends Clock {
  at = NOW;

  override now(): Date {
    return this.at;
  }
}

function account(accountId: number, more: Partial<StoredAccount> = {}): StoredAccount {
  const signIn = { hasPassword: true, hasGoogle: false, createdAt: NOW, lastSignInAt: null, disabledAt: null };
  return { accountId, email: '', name: '', role: 'user', networks: null, ...signIn, ...more };
}

const HASH = hashOfNothing();
const ACCOUNTS: Readonly<Record<string, { account: StoredAccount; passwordHash: string | null }>> = {
  'known@example.org': { account: account(1), passwordHash: HASH },
  'disabled@example.org': { account: account(2, { disabledAt: NOW }), passwordHash: HASH },
  'passwordless@example.org': { account: account(3, { hasPassword: false }), passwordHash: null },
};

/** Counts what is verified; the password is `right`, and says so even where there is none to compare with. */
class CountingHasher implements PasswordHasher {
  readonly verified: string[] = [];
  busy = false;

  hash(): Promise<string> {
    return Promise.reject(new Error('nothing is to be hashed'));
  }

  verify(phc: string, text: string): Promise<boolean> {
    this.verified.push((phc.split('$')[3] ?? '').split(',').sort().join(' '));
    return this.busy ? Promise.reject(new Error('too busy')) : Promise.resolve(text === 'right');
  }
}

/** From where they have signed in before. */
const KNOWN: Readonly<Record<string, string[]>> = { 'known@example.org': ['203.0.113.7', '2001:db8:1::1'] };

let clock: SetClock;
let hasher: CountingHasher;
let notes: AuditNote[];
let rows: Map<string, StoredFailures>;
let check: PasswordCheck;

beforeEach(() => {
  clock = new SetClock();
  hasher = new CountingHasher();
  notes = [];
  rows = new Map();
  const storage = {
    sessions: { addressesOf: (email: string) => Promise.resolve(KNOWN[email] ?? []) },
    accounts: { secretOf: (email: string) => Promise.resolve(ACCOUNTS[email] ?? null) },
    signInAttempts: {
      decide: (_keys: string[], _now: Date, decide: (stored: StoredFailures[]) => { store: StoredFailures[] }) => {
        const decision = decide([...rows.values()].filter(({ key }) => _keys.includes(key)));
        for (const row of decision.store) rows.set(row.key, row);
        return Promise.resolve(decision);
      },
      clear: (keys: string[]) => {
        for (const key of keys) rows.delete(key);
        return Promise.resolve();
      },
    },
    audit: {
      write: (note: AuditNote) => {
        notes.push(note);
        return Promise.resolve();
      },
    },
  } as unknown as PasswordCheckParts['storage'];
  check = new PasswordCheck({ storage, clock, passwords: new Passwords(hasher) });
});

async function tries(email: string, password: string, address = '192.0.2.1'): Promise<string> {
  const by = unknownActor(email, null, { address });
  const decision = await check.check({ email, password, purpose: 'sign-in' }, by);
  return decision.kind === 'right' ? 'right' : decision.reason;
}

test.each([
  ['known@example.org', 'right', 'right'],
  ['known@example.org', 'wrong', 'wrong-password'],
  ['disabled@example.org', 'right', 'disabled'],
  ['disabled@example.org', 'wrong', 'wrong-password'],
  ['passwordless@example.org', 'right', 'no-password'],
  ['passwordless@example.org', 'wrong', 'no-password'],
  ['unknown@example.org', 'right', 'unknown-account'],
  ['', '', 'unknown-account'],
])(
  'exactly one verification, which costs the same, for "%s" and a %s password: %s',
  async (email, password, expected) => {
    expect(await tries(email, password)).toBe(expected);
    expect(hasher.verified).toEqual(['m=19456 p=1 t=2']);
  },
);

test.each(['known@example.org', 'unknown@example.org'])(
  'of 50 wrong passwords for %s five are looked at, and the others are told how long to wait',
  async email => {
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => tries(email, 'wrong')));
    const refused = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(hasher.verified).toHaveLength(5);
    expect(refused).toHaveLength(45);
    expect(refused[0]).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryable: true, retryAfterSeconds: 1 });
    expect(refused[0]).toHaveProperty('message', 'Too many wrong passwords. Try again in a second.');
  },
);

test('each failure is written down, and once that a delay begins', async () => {
  await Promise.allSettled(Array.from({ length: 50 }, () => tries('known@example.org', 'wrong')));
  const actions = notes.map(({ action }) => action);
  expect(actions.filter(action => action === 'sign_in.fail')).toHaveLength(5);
  expect(actions.filter(action => action === 'sign_in.delay')).toHaveLength(1);
  expect(notes[0]).toEqual({
    at: NOW,
    accountId: null,
    actor: 'known@example.org',
    via: null,
    address: '192.0.2.1',
    action: 'sign_in.fail',
    subject: 'account:1',
    details: { method: 'password', purpose: 'sign-in', reason: 'wrong-password' },
  });
});

test('who gets it right has all his attempts again, and what his address did to others still counts', async () => {
  for (let failures = 0; failures < 4; failures += 1) await tries('known@example.org', 'wrong');
  await tries('unknown@example.org', 'wrong');
  expect(await tries('known@example.org', 'right')).toBe('right');
  const left = [...rows.values()].map(({ key, failures }) => [key.split(':')[0], failures]);
  expect(left).toEqual([
    ['address', 5],
    ['account+address', 1],
    ['account', 1],
  ]);
});

test('an attempt that could not be made is not counted', async () => {
  hasher.busy = true;
  await expect(tries('known@example.org', 'right')).rejects.toThrow('too busy');
  expect([...rows.values()].map(({ failures }) => failures)).toEqual([0, 0, 0]);
  expect(notes).toEqual([]);
});

describe('while twenty addresses try one account for an hour, every five seconds each', () => {
  async function attack(email: string): Promise<number> {
    for (let second = 0; second < 3_600; second += 1) {
      clock.at = new Date(NOW.getTime() + second * 1_000);
      const addresses = Array.from({ length: 20 }, (_, index) => `198.51.100.${index}`);
      const now = addresses.filter((_, index) => index % 5 === second % 5);
      await Promise.allSettled(now.map(address => tries(email, 'wrong', address)));
    }
    return hasher.verified.length;
  }

  test.each([
    ['203.0.113.7', '192.0.2.1'],
    ['2001:db8:1:0:ffff::9', '2001:db8:2::1'],
  ])('its owner is let in at once from where he was before: %s', async (home, elsewhere) => {
    // One guess a minute, after the free ones.
    expect(await attack('known@example.org')).toBeLessThan(100);
    await expect(tries('known@example.org', 'right', elsewhere)).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(await tries('known@example.org', 'right', home)).toBe('right');
  });

  test('no more is looked at for an account that does not exist', async () => {
    expect(await attack('unknown@example.org')).toBeLessThan(100);
  });
});

test('nobody is kept out by what somebody elsewhere does', async () => {
  await Promise.allSettled(Array.from({ length: 20 }, () => tries('known@example.org', 'wrong', '198.51.100.7')));
  expect(await tries('known@example.org', 'right')).toBe('right');
});
