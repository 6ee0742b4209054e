import { describe, expect, it } from 'vitest';
import type { StoredFailures } from '#storage';
import { databases } from '../../support/services.ts';
import {
  accountOf,
  AT_T0,
  atOnce,
  DAY_MS,
  entriesOf,
  hold,
  newLink,
  note,
  OTHER_HASH,
  secret,
  sessionOf,
  untilWaiting,
} from './account-fixtures.ts';
import { asAdministrator, later, T0, useStorage } from './fixtures.ts';

describe.each(databases())('links that work once, on $name', ({ url }) => {
  const opened = useStorage(url);

  it('of twenty who use one at once in two processes one sets the password and ends all sessions', async () => {
    const { storage, other, database } = opened;
    const account = await accountOf(storage, 'invited@example.org', { passwordHash: null });
    const session = await sessionOf(storage, account.accountId);
    const link = newLink(account.accountId);
    expect(await storage.accountLinks.create(link, note('link.create'))).toBe(true);
    const stored = { purpose: 'invite', accountId: account.accountId, expiresAt: later(DAY_MS) };
    expect(await storage.accountLinks.find(link.tokenHash, T0)).toEqual(stored);

    const held = await hold(database.url, 'select from account where account_id = $1 for update', [account.accountId]);
    const using = atOnce([storage, other], 20, (one, index) =>
      one.accountLinks.use(link.tokenHash, T0, `${OTHER_HASH}${index}`, note('link.use', { via: 'link' })),
    );
    await untilWaiting(database.url, 2);
    await held.end();
    const used = await using;
    const winner = used.findIndex(outcome => outcome !== null);
    expect(used.filter(outcome => outcome !== null)).toEqual([{ ...account, hasPassword: true }]);
    expect(await storage.accounts.secretOf(account.email)).toMatchObject({ passwordHash: `${OTHER_HASH}${winner}` });
    expect(await storage.sessions.find(session.tokenHash, AT_T0)).toBeNull();
    expect(await storage.accountLinks.find(link.tokenHash, T0)).toBeNull();
    const subject = `account:${account.accountId}`;
    expect(await entriesOf(storage, { action: 'link.use' })).toMatchObject([{ subject, via: 'link' }]);
  });

  it('a link that has expired, is unknown, or whose account is disabled, opens nothing', async () => {
    const { storage } = opened;
    const { accountId } = await accountOf(storage, 'closed@example.org');
    const link = newLink(accountId, { purpose: 'reset' });
    await storage.accountLinks.create(link, null);
    const tryAt = async (tokenHash: Buffer, now: Date): Promise<unknown[]> => [
      await storage.accountLinks.find(tokenHash, now),
      await storage.accountLinks.use(tokenHash, now, OTHER_HASH, note('never.use')),
    ];
    expect(await tryAt(link.tokenHash, link.expiresAt)).toEqual([null, null]);
    expect(await tryAt(secret().hash, T0)).toEqual([null, null]);
    await storage.accounts.change(accountId, { disabledAt: T0 }, note('account.disable'));
    expect(await tryAt(link.tokenHash, T0)).toEqual([null, null]);
    await storage.accounts.change(accountId, { disabledAt: null }, note('account.enable'));
    expect(await entriesOf(storage, { action: 'never.use' })).toEqual([]);
    // Nor when the account is enabled again.
    expect(await tryAt(link.tokenHash, T0)).toEqual([null, null]);
  });

  it('a setup link sets nobody’s password', async () => {
    const { storage } = opened;
    const link = newLink(null);
    await storage.accountLinks.create(link, null);
    expect(await storage.accountLinks.use(link.tokenHash, T0, OTHER_HASH, note('link.use'))).toBeNull();
    expect(await storage.accountLinks.find(link.tokenHash, T0)).toMatchObject({ purpose: 'setup', accountId: null });
  });

  it('an account has one link at a time, also of many that are made at once', async () => {
    const { storage, other, database } = opened;
    const { accountId } = await accountOf(storage, 'many@example.org');
    const links = Array.from({ length: 12 }, (_, index) =>
      newLink(accountId, { purpose: index % 3 === 0 ? 'reset' : 'invite' }),
    );
    const made = await atOnce([storage, other], 12, (one, index) => one.accountLinks.create(links[index]!, null));
    expect(made.every(Boolean)).toBe(true);
    const left = await asAdministrator(database.url, 'select from account_link where account_id = $1', [accountId]);
    expect(left).toHaveLength(1);
    expect(await storage.accountLinks.create(newLink(999_999), note('never.create'))).toBe(false);
    expect(await entriesOf(storage, { action: 'never.create' })).toEqual([]);
  });

  it('a link that is replaced or whose account is removed while it is used opens nothing', async () => {
    const { storage, other, database } = opened;
    const { accountId } = await accountOf(storage, 'late@example.org');
    const [former, next] = [newLink(accountId), newLink(accountId)];
    await storage.accountLinks.create(former, null);
    const raceOf = async (first: () => Promise<unknown>, tokenHash: Buffer): Promise<unknown> => {
      const held = await hold(database.url, 'select from account where account_id = $1 for update', [accountId]);
      const before = first();
      await untilWaiting(database.url, 1);
      const using = other.accountLinks.use(tokenHash, T0, OTHER_HASH, note('late.use'));
      await untilWaiting(database.url, 2);
      await held.end();
      await before;
      return await using;
    };
    expect(await raceOf(() => storage.accountLinks.create(next, null), former.tokenHash)).toBeNull();
    expect(await raceOf(() => storage.accounts.remove(accountId, note('account.delete')), next.tokenHash)).toBeNull();
    expect(await entriesOf(storage, { action: 'late.use' })).toEqual([]);
  });
});

describe.each(databases())("ways through another's sign-in page, on $name", ({ url }) => {
  const opened = useStorage(url);

  it('is given back once, to one of many who ask at once', async () => {
    const { storage, other } = opened;
    const idHash = secret().hash;
    const attempt = { state: 's?', codeVerifier: "v'\\", next: '/machines?q=\0\uD800' };
    await storage.oauthAttempts.begin({ ...attempt, idHash, expiresAt: later(1_000) }, T0);
    const taken = await atOnce([storage, other], 12, one => one.oauthAttempts.take(idHash, T0));
    expect(taken.filter(outcome => outcome !== null)).toEqual([
      { state: 's?', codeVerifier: "v'\\", next: '/machines?q=\uFFFD\uFFFD' },
    ]);
    expect(await storage.oauthAttempts.take(idHash, T0)).toBeNull();
  });

  it('is over when it has expired, also if the clock is set back afterwards', async () => {
    const { storage } = opened;
    const idHash = secret().hash;
    const attempt = { state: 's', codeVerifier: 'v', next: '/', idHash, expiresAt: later(1_000) };
    await storage.oauthAttempts.begin(attempt, T0);
    expect(await storage.oauthAttempts.take(idHash, later(1_000))).toBeNull();
    expect(await storage.oauthAttempts.take(idHash, T0)).toBeNull();
  });

  it('takes some of those along that are over, and none that somebody works on or that are not', async () => {
    const { storage, database } = opened;
    const begin = async (expiresAt: Date, now = T0): Promise<string> => {
      const idHash = secret().hash;
      await storage.oauthAttempts.begin({ state: 's', codeVerifier: 'v', next: '/', idHash, expiresAt }, now);
      return idHash.toString('hex');
    };
    const expired = [];
    for (let made = 0; made < 103; made += 1) expired.push(await begin(later(1_000)));
    const living = await begin(later(1_001));
    const held = await hold(database.url, `select from oauth_attempt where id_hash = decode($1, 'hex') for update`, [
      expired[0],
    ]);
    const left = async (): Promise<string[]> =>
      (
        await asAdministrator<{ id: string }>(database.url, `select encode(id_hash, 'hex') as id from oauth_attempt`)
      ).map(({ id }) => id);
    const next = await begin(later(9_000), later(1_000));
    expect(await left()).toHaveLength(3 + 2);
    await begin(later(9_000), later(1_000));
    const after = await left();
    expect(after).toHaveLength(1 + 3);
    expect(after).toEqual(expect.arrayContaining([expired[0], living, next]));
    await held.end();
  });
});

describe.each(databases())('attempts to sign in, on $name', ({ url }) => {
  const opened = useStorage(url);

  /** Five are free; each that is let through counts as failed. */
  function decideFive(key: string, now: Date) {
    return (failures: readonly StoredFailures[]) => {
      const before = failures.find(one => one.key === key)?.failures ?? 0;
      const allowed = before < 5;
      return { allowed, store: allowed ? [{ key, failures: before + 1, lastFailedAt: now }] : [] };
    };
  }

  it('of fifty at once in two processes, as many get through as are free', async () => {
    const { storage, other } = opened;
    const decisions = await atOnce([storage, other], 50, one =>
      one.signInAttempts.decide(['fifty'], T0, decideFive('fifty', T0)),
    );
    expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(5);
  });

  it('of many with keys in common, in whatever order they are named, none waits for ever and none is lost', async () => {
    const { storage, other, database } = opened;
    const all = ['circle-a', 'circle-b', 'circle-c'];
    const count = (failures: readonly StoredFailures[]) => ({
      store: all.map(key => ({
        key,
        failures: (failures.find(one => one.key === key)?.failures ?? 0) + 1,
        lastFailedAt: T0,
      })),
    });
    await atOnce([storage, other], 60, (one, index) => {
      const keys = index % 2 === 0 ? all : all.toReversed();
      return one.signInAttempts.decide(keys, T0, count);
    });
    const decision = await storage.signInAttempts.decide(all, T0, failures => ({ store: [], failures }));
    expect(new Map(decision.failures.map(({ key, failures }) => [key, failures]))).toEqual(
      new Map(all.map(key => [key, 60])),
    );
    const held = `select from pg_locks join pg_database on oid = database
      where locktype = 'advisory' and datname = current_database()`;
    expect(await asAdministrator(database.url, held)).toEqual([]);
  });

  it('keeps what is stored, leaves out what never failed, changes what is named only, and forgets what is cleared', async () => {
    const { signInAttempts } = opened.storage;
    const odd = `x\0'\\\uD800`.repeat(2_000);
    const stored = [
      { key: 'kept', failures: 3, lastFailedAt: later(-5) },
      { key: odd, failures: 1, lastFailedAt: T0 },
    ];
    const known = async (): Promise<Set<StoredFailures>> => {
      const keys = ['kept', odd, 'never', 'never'];
      const { failures } = await signInAttempts.decide(keys, T0, given => ({ store: [], failures: given }));
      return new Set(failures);
    };
    await signInAttempts.decide(['kept', odd], T0, () => ({ store: stored }));
    expect(await known()).toEqual(new Set(stored));
    const raised = { key: odd, failures: 2, lastFailedAt: later(1) };
    await signInAttempts.decide([odd], T0, () => ({ store: [raised] }));
    expect(await known()).toEqual(new Set([stored[0], raised]));
    await signInAttempts.clear([odd, 'never']);
    expect(await known()).toEqual(new Set([stored[0]]));
    await signInAttempts.clear([]);
    expect(await signInAttempts.decide([], T0, given => ({ store: [], given }))).toMatchObject({ given: [] });
  });

  it('a decision that throws stores nothing and lets the next one through', async () => {
    const { storage, other } = opened;
    const failing = storage.signInAttempts.decide(['throws'], T0, () => {
      throw new Error('no decision');
    });
    await expect(failing).rejects.toThrow('no decision');
    expect(await other.signInAttempts.decide(['throws'], T0, decideFive('throws', T0))).toMatchObject({
      allowed: true,
    });
  });
});

describe.each(databases())('counts of requests, on $name', ({ url }) => {
  const opened = useStorage(url);
  const MINUTE_MS = 60_000;
  const count = (key: string, ms: number, limit = 100, storage = opened.storage) =>
    storage.requestCounts.count(key, { now: later(ms), limit, windowMs: MINUTE_MS });

  it('of two hundred at once in two processes each has a number of its own', async () => {
    const { storage, other } = opened;
    const counted = await atOnce([storage, other], 200, one => count('at-once', 0, 1_000, one));
    const hits = counted.map(one => one.hits).sort((a, b) => a - b);
    expect(hits).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('a window begins with its first request and begins anew when it is over', async () => {
    const at = async (ms: number): Promise<[number, number]> => {
      const { hits, resetsInMs } = await count('window', ms);
      return [hits, resetsInMs];
    };
    expect(await at(0)).toEqual([1, MINUTE_MS]);
    expect(await at(59_999)).toEqual([2, 1]);
    expect(await at(60_000)).toEqual([1, MINUTE_MS]);
    // A server whose clock is a little behind counts along; a clock that was set back by an hour begins anew.
    expect(await at(59_000)).toEqual([2, 61_000]);
    expect(await at(-3_600_000)).toEqual([1, MINUTE_MS]);
  });

  it('counts no further than one above the limit, and keys of any length and characters apart', async () => {
    const hits = [];
    for (let request = 0; request < 5; request += 1) hits.push((await count('limited', 0, 2)).hits);
    expect(hits).toEqual([1, 2, 3, 3, 3]);
    const odd = [`\0'\\`.repeat(5_000), `\0'\\`.repeat(5_001), ''];
    for (const key of odd) expect((await count(key, 0)).hits).toBe(1);
  });
});
