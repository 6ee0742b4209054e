import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import {
  accountOf,
  AT_T0,
  DAY_MS,
  HASH,
  hold,
  newAccount,
  newLink,
  newSession,
  newToken,
  note,
  secret,
  sessionOf,
} from './account-fixtures.ts';
import { asAdministrator, later, T0, useStorage } from './fixtures.ts';

describe.each(databases())('the sweep of accounts on $name', ({ url }) => {
  const opened = useStorage(url);
  const count = async (): Promise<Record<string, number>> => {
    const tables = ['session', 'api_token', 'account_link', 'oauth_attempt', 'sign_in_attempt', 'request_count'];
    const counts = tables.map(async table => {
      const sql = `select count(*)::integer as n from ${table}`;
      return [table, (await asAdministrator<{ n: number }>(opened.database.url, sql))[0]!.n] as const;
    });
    return Object.fromEntries(await Promise.all(counts));
  };

  it('deletes what is over and nothing else', async () => {
    const { storage } = opened;
    const now = later(30 * DAY_MS);
    const { accountId } = await accountOf(storage, 'ada@example.org');
    const living = await sessionOf(storage, accountId, { expiresAt: later(1, now) });
    await sessionOf(storage, accountId, { expiresAt: now });
    const token = newToken(accountId, { expiresAt: T0, revokedAt: T0 });
    await storage.apiTokens.create(token, note('token.create'));
    const link = newLink(accountId, { expiresAt: later(1, now) });
    for (const given of [link, newLink(null, { expiresAt: now })]) await storage.accountLinks.create(given, null);
    for (const expiresAt of [now, later(1, now)])
      await storage.oauthAttempts.begin(
        { state: 's', codeVerifier: 'v', next: '/', idHash: secret().hash, expiresAt },
        T0,
      );
    for (const minutes of [30, 29]) {
      const at = later(-minutes * 60_000, now);
      const store = [{ key: `k-${minutes}`, failures: 99, lastFailedAt: at }];
      await storage.signInAttempts.decide([`k-${minutes}`], at, () => ({ store }));
      await storage.requestCounts.count(`k-${minutes}`, { now: at, limit: 9, windowMs: 30 * 60_000 });
    }
    const before = await count();
    expect(before).toMatchObject({ session: 2, api_token: 1, account_link: 2, oauth_attempt: 2, sign_in_attempt: 2 });

    await Promise.all([storage.accounts.sweep(now), opened.other.accounts.sweep(now)]);
    const each = { session: 1, account_link: 1, oauth_attempt: 1, sign_in_attempt: 1, request_count: 1 };
    expect(await count()).toEqual({ ...before, ...each });
    expect(await storage.sessions.find(living.tokenHash, { now, idleMs: 31 * DAY_MS })).not.toBeNull();
    expect(await storage.accountLinks.find(link.tokenHash, now)).not.toBeNull();
    const left = await storage.signInAttempts.decide(['k-29', 'k-30'], now, failures => ({ store: [], failures }));
    expect(left.failures).toMatchObject([{ key: 'k-29', failures: 99 }]);
  });

  it('waits for nobody: what somebody works on is left for the next time', async () => {
    const { storage, database } = opened;
    const { accountId } = await accountOf(storage, 'held@example.org');
    const held = await sessionOf(storage, accountId);
    await sessionOf(storage, accountId);
    const holder = await hold(database.url, 'select from session where session_id = $1 for update', [held.sessionId]);
    const end = later(31 * DAY_MS);
    const left = (): Promise<{ session_id: string }[]> =>
      asAdministrator(database.url, 'select session_id from session where account_id = $1', [accountId]);
    await storage.accounts.sweep(end);
    expect(await left()).toEqual([{ session_id: held.sessionId }]);
    await holder.end();
    await storage.accounts.sweep(end);
    expect(await left()).toEqual([]);
  });

  it('many who sign in, out, change, invite and sweep at once neither fail nor wait in a circle', async () => {
    const { storage, other } = opened;
    const ids: number[] = [];
    for (const name of ['a', 'b', 'c'])
      ids.push((await accountOf(storage, `${name}@circle.example`, { role: 'admin' })).accountId);
    const work = [storage, other].flatMap((one, part) =>
      Array.from({ length: 12 }, async (_, round) => {
        const order = (part + round) % 2 === 0 ? ids : ids.toReversed();
        for (const id of order) {
          const former = await sessionOf(one, id);
          const next = newSession(order[(order.indexOf(id) + 1) % order.length]!);
          const link = newLink(id);
          await Promise.all([
            one.sessions.begin(next, former.tokenHash, note('session.begin')),
            one.sessions.endAll(id, former.sessionId, note('session.revoke')),
            one.sessions.touch(former.sessionId, later(round)),
            one.accounts.setPassword(
              id,
              HASH,
              { verifiedHash: HASH, keepSession: former.sessionId },
              note('password.change'),
            ),
            one.accounts.change(id, { role: round % 2 === 0 ? 'user' : 'admin' }, note('account.change')),
            one.accountLinks
              .create(link, note('link.create'))
              .then(() => one.accountLinks.use(link.tokenHash, T0, HASH, note('link.use'))),
            one.accounts.sweep(later(round % 2 === 0 ? 0 : 31 * DAY_MS)),
            one.accounts.linkGoogle(id, `g-${id}`, note('account.change')),
          ]);
        }
        if (round === 6) await one.accounts.remove(ids[part]!, note('account.delete'));
      }),
    );
    const outcomes = await Promise.allSettled(work);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect((await storage.accounts.admins(9)).length).toBeGreaterThan(0);
    expect(await storage.accounts.create(newAccount('after@example.org'), note('account.create'))).not.toBeNull();
    const { accountId } = (await storage.accounts.findByEmail('after@example.org'))!;
    const session = await sessionOf(storage, accountId);
    expect(await storage.sessions.find(session.tokenHash, AT_T0)).not.toBeNull();
  });
});
