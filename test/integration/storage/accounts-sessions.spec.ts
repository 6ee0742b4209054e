import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import {
  accountOf,
  AT_T0,
  DAY_MS,
  entriesOf,
  hold,
  HASH,
  IDLE_MS,
  newSession,
  newToken,
  note,
  OTHER_HASH,
  PROOF,
  sessionOf,
  untilWaiting,
} from './account-fixtures.ts';
import { later, T0, useStorage } from './fixtures.ts';

describe.each(databases())('sessions on $name', ({ url }) => {
  const opened = useStorage(url, 'America/St_Johns');

  it('a session is found with its account by its hash only', async () => {
    const { storage } = opened;
    const account = await accountOf(storage, 'found@example.org', { networks: ['acme'] });
    const odd = { userAgent: `\0 ? "'\\ \uD800`, address: '2001:db8::1' };
    const given = await sessionOf(storage, account.accountId, {
      ...odd,
      createdAt: later(123),
      lastUsedAt: later(124),
    });
    const { tokenHash, ...stored } = given;
    const session = { ...stored, userAgent: `\uFFFD ? "'\\ \uFFFD` };
    expect(await storage.sessions.find(tokenHash, AT_T0)).toEqual({ session, account });
    expect(await storage.sessions.find(newSession(1).tokenHash, AT_T0)).toBeNull();
    expect(await storage.sessions.list(account.accountId, AT_T0)).toEqual([session]);
  });

  it.each([
    ['it begins', { now: T0, idleMs: IDLE_MS }, true],
    ['shortly before it was unused for too long', { now: later(IDLE_MS - 1), idleMs: IDLE_MS }, true],
    ['it was unused for too long', { now: later(IDLE_MS), idleMs: IDLE_MS }, false],
    ['shortly before its end', { now: later(30 * DAY_MS - 1), idleMs: 31 * DAY_MS }, true],
    ['at its end', { now: later(30 * DAY_MS), idleMs: 31 * DAY_MS }, false],
  ])('when %s', async (when, limit, isAlive) => {
    const { storage } = opened;
    const { accountId } = await accountOf(storage, `${when}@limits.example`);
    const { sessionId, tokenHash } = await sessionOf(storage, accountId);
    expect((await storage.sessions.find(tokenHash, limit)) !== null).toBe(isAlive);
    expect(await storage.sessions.list(accountId, limit)).toHaveLength(isAlive ? 1 : 0);
    expect(await storage.sessions.alive([sessionId, 'none'], limit)).toEqual(
      isAlive ? [{ sessionId, role: 'user', networks: null }] : [],
    );
  });

  it('using it keeps it, never backwards', async () => {
    const { storage } = opened;
    const { accountId } = await accountOf(storage, 'touch@example.org');
    const { sessionId, tokenHash } = await sessionOf(storage, accountId);
    await storage.sessions.touch(sessionId, later(IDLE_MS - 1));
    await storage.sessions.touch(sessionId, later(5));
    await storage.sessions.touch("'none", later(5));
    const found = await storage.sessions.find(tokenHash, { now: later(IDLE_MS), idleMs: IDLE_MS });
    expect(found?.session.lastUsedAt).toEqual(later(IDLE_MS - 1));
  });

  it('beginning one ends the one it replaces, also another’s', async () => {
    const { storage } = opened;
    const [one, two] = [
      await accountOf(storage, 'one@replace.example'),
      await accountOf(storage, 'two@replace.example'),
    ];
    const former = await sessionOf(storage, one.accountId);
    const next = newSession(two.accountId);
    const begun = note('session.begin', { subject: `session:${next.sessionId}` });
    expect(await storage.sessions.begin(next, former.tokenHash, begun)).toBe(true);
    expect(await storage.sessions.find(former.tokenHash, AT_T0)).toBeNull();
    expect((await storage.sessions.find(next.tokenHash, AT_T0))?.account).toEqual(two);
    expect(await entriesOf(storage, { subject: `session:${next.sessionId}` })).toHaveLength(1);
  });

  it('none begins for an account that is gone, disabled, or has another password by now', async () => {
    const { storage } = opened;
    const { accountId } = await accountOf(storage, 'refused@example.org');
    const kept = await sessionOf(storage, accountId);
    const begin = (more: object): Promise<boolean> =>
      storage.sessions.begin(newSession(accountId, more), kept.tokenHash, note('refused.begin'));
    expect(await begin({ accountId: 999_999 })).toBe(false);
    expect(await begin({ passwordHash: OTHER_HASH })).toBe(false);
    expect(await begin({ passwordHash: `${HASH} ` })).toBe(false);
    await storage.accounts.change(accountId, { disabledAt: T0 }, note('account.disable'));
    expect(await begin({})).toBe(false);
    await storage.accounts.change(accountId, { disabledAt: null }, note('account.enable'));
    expect(await entriesOf(storage, { action: 'refused.begin' })).toEqual([]);
    expect(await begin({ passwordHash: HASH })).toBe(true);
  });

  it('a sign-in with the former password does not outlive the change, whoever comes first', async () => {
    const { storage, other, database } = opened;
    for (const order of ['sign-in first', 'change first']) {
      const { accountId } = await accountOf(storage, `${order}@race.example`);
      const session = newSession(accountId, { passwordHash: HASH });
      const steps = [
        () => storage.sessions.begin(session, null, note('session.begin')),
        () => other.accounts.setPassword(accountId, OTHER_HASH, PROOF, note('password.change')),
      ];
      if (order === 'change first') steps.reverse();
      const held = await hold(database.url, 'select from account where account_id = $1 for update', [accountId]);
      const first = steps[0]!();
      await untilWaiting(database.url, 1);
      const second = steps[1]!();
      await untilWaiting(database.url, 2);
      await held.end();
      await Promise.all([first, second]);
      expect(await storage.sessions.find(session.tokenHash, AT_T0)).toBeNull();
      expect(await storage.sessions.list(accountId, AT_T0)).toEqual([]);
    }
  });

  it('tells from where an account has signed in, each address once, over or not', async () => {
    const { storage } = opened;
    const { accountId } = await accountOf(storage, 'known@address.example');
    const { accountId: other } = await accountOf(storage, 'other@address.example');
    for (const address of ['192.0.2.1', '192.0.2.1', '2001:db8::1', null])
      await sessionOf(storage, accountId, { address });
    await sessionOf(storage, accountId, { address: '192.0.2.2', expiresAt: T0 });
    await sessionOf(storage, other, { address: '192.0.2.3' });
    const known = await storage.sessions.addressesOf('Known@Address.example');
    expect(known.toSorted()).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1']);
    for (const nobody of ['nobody@address.example', '', '\0', `' or ''='`])
      expect(await storage.sessions.addressesOf(nobody)).toEqual([]);
  });

  it('those of a disabled account are over for good; its tokens work again once it is enabled', async () => {
    const { storage } = opened;
    const { accountId } = await accountOf(storage, 'disabled@example.org');
    const { sessionId, tokenHash } = await sessionOf(storage, accountId);
    const token = newToken(accountId);
    await storage.apiTokens.create(token, note('token.create'));
    const seen = async (): Promise<boolean[]> => [
      (await storage.sessions.find(tokenHash, AT_T0)) !== null,
      (await storage.sessions.alive([sessionId], AT_T0)).length > 0,
      (await storage.apiTokens.find(token.tokenHash, T0)) !== null,
      (await storage.apiTokens.alive([token.tokenId], T0)).length > 0,
    ];
    expect(await seen()).toEqual([true, true, true, true]);
    await storage.accounts.change(accountId, { disabledAt: T0 }, note('account.disable'));
    expect(await seen()).toEqual([false, false, false, false]);
    await storage.accounts.change(accountId, { disabledAt: null }, note('account.enable'));
    expect(await seen()).toEqual([false, false, true, true]);
  });

  it('ends one of one’s own, or all others, and says how many; ending nothing is not noted', async () => {
    const { storage } = opened;
    const { sessions } = storage;
    const [mine, other] = [await accountOf(storage, 'mine@end.example'), await accountOf(storage, 'other@end.example')];
    const own = await Promise.all([0, 1, 2, 3].map(() => sessionOf(storage, mine.accountId)));
    const theirs = await sessionOf(storage, other.accountId);
    const ending = note('session.revoke', { subject: 'ending' });
    expect(await sessions.end(mine.accountId, own[0]!.sessionId, ending)).toBe(true);
    expect(await sessions.end(mine.accountId, own[0]!.sessionId, ending)).toBe(false);
    expect(await sessions.end(mine.accountId, theirs.sessionId, ending)).toBe(false);
    expect(await sessions.end(mine.accountId, `'none`, ending)).toBe(false);
    expect(await sessions.endAll(mine.accountId, own[1]!.sessionId, ending)).toBe(2);
    expect(await sessions.endAll(mine.accountId, own[1]!.sessionId, ending)).toBe(0);
    expect(await entriesOf(storage, { subject: 'ending' })).toHaveLength(2);
    expect(await sessions.list(mine.accountId, AT_T0)).toMatchObject([{ sessionId: own[1]!.sessionId }]);
    expect(await sessions.endAll(mine.accountId, null, ending)).toBe(1);
    expect(await sessions.find(theirs.tokenHash, AT_T0)).not.toBeNull();
  });

  it('lists the last used first, and asks for many at once what their accounts may see now', async () => {
    const { storage } = opened;
    const { accountId } = await accountOf(storage, 'many@example.org');
    const made = [];
    for (const ms of [10, 30, 20]) made.push(await sessionOf(storage, accountId, { lastUsedAt: later(ms) }));
    const used = (await storage.sessions.list(accountId, AT_T0)).map(({ lastUsedAt }) => lastUsedAt);
    expect(used).toEqual([later(30), later(20), later(10)]);
    await storage.accounts.change(accountId, { role: 'admin', networks: ['a', 'b'] }, note('account.change'));
    const ids = made.map(({ sessionId }) => sessionId);
    const alive = await storage.sessions.alive([...ids, `it's`], AT_T0);
    expect(new Set(alive)).toEqual(new Set(ids.map(sessionId => ({ sessionId, role: 'admin', networks: ['a', 'b'] }))));
    expect(await storage.sessions.alive([], AT_T0)).toEqual([]);
  });
});

describe.each(databases())('tokens on $name', ({ url }) => {
  const opened = useStorage(url);

  it('a token is found with its account, and is listed with all it is', async () => {
    const { storage } = opened;
    const account = await accountOf(storage, 'token@example.org');
    const { tokenHash, ...token } = newToken(account.accountId, {
      name: `\0 ? "'\\`,
      scopes: ['metrics:read', 'history:read'],
      // As a double of seconds it is a little less than that.
      createdAt: new Date('2004-08-01T05:15:17.297Z'),
      expiresAt: later(10),
    });
    expect(await storage.apiTokens.create({ ...token, tokenHash }, note('token.create'))).toBe(true);
    const kept = { ...token, name: `\uFFFD ? "'\\` };
    expect(await storage.apiTokens.find(tokenHash, T0)).toEqual({ token: kept, account });
    expect(await storage.apiTokens.find(tokenHash, later(9))).not.toBeNull();
    expect(await storage.apiTokens.find(tokenHash, later(10))).toBeNull();
    await storage.apiTokens.touch(token.tokenId, later(7));
    await storage.apiTokens.touch(token.tokenId, later(6));
    await storage.apiTokens.touch("'none", later(6));
    const older = newToken(account.accountId, { createdAt: new Date(0) });
    await storage.apiTokens.create(older, note('token.create'));
    const listed = await storage.apiTokens.list(account.accountId);
    expect(listed).toMatchObject([
      { ...kept, lastUsedAt: later(7) },
      { tokenId: older.tokenId, expiresAt: null },
    ]);
    expect(await storage.apiTokens.create(newToken(999_999), note('token.create'))).toBe(false);
  });

  it('is revoked once, by its owner, and opens nothing from then on', async () => {
    const { storage } = opened;
    const [mine, other] = [await accountOf(storage, 'mine@token.example'), await accountOf(storage, 'o@token.example')];
    const token = newToken(mine.accountId);
    const { tokenId, tokenHash } = token;
    await storage.apiTokens.create(token, note('token.create'));
    const revoked = note('token.revoke', { subject: `token:${tokenId}` });
    const alive = (): Promise<unknown> => storage.apiTokens.alive([tokenId, `it's`], T0);
    expect(await storage.apiTokens.revoke(other.accountId, tokenId, T0, revoked)).toBe(false);
    expect(await storage.apiTokens.revoke(mine.accountId, `'none`, T0, revoked)).toBe(false);
    expect(await alive()).toEqual([{ tokenId, role: 'user', networks: null }]);
    expect(await storage.apiTokens.revoke(mine.accountId, tokenId, later(1), revoked)).toBe(true);
    expect(await storage.apiTokens.revoke(mine.accountId, tokenId, later(2), revoked)).toBe(false);
    expect(await storage.apiTokens.find(tokenHash, T0)).toBeNull();
    expect(await alive()).toEqual([]);
    expect(await storage.apiTokens.alive([], T0)).toEqual([]);
    expect(await storage.apiTokens.list(mine.accountId)).toMatchObject([{ tokenId, revokedAt: later(1) }]);
    expect(await entriesOf(storage, { subject: `token:${tokenId}` })).toHaveLength(1);
  });
});
