import { describe, expect, it } from 'vitest';
import type { AccountChanges, NewAccount } from '#storage';
import { databases } from '../../support/services.ts';
import {
  accountOf,
  AT_T0,
  countEntries,
  entriesOf,
  HASH,
  newAccount,
  newLink,
  newSession,
  newToken,
  note,
  OTHER_HASH,
  PROOF,
  sessionOf,
} from './account-fixtures.ts';
import { asAdministrator, later, T0, useStorage } from './fixtures.ts';

describe.each(databases())('accounts on $name', ({ url }) => {
  const opened = useStorage(url, 'Asia/Kathmandu');

  it('an account is found by its id, its address however it is written, its subject, and has no secret', async () => {
    const { accounts } = opened.storage;
    const given = newAccount('Ada@Example.org', { name: 'Ada', networks: ['acme', 'öl'], googleSubject: 'g-ada' });
    const created = await accounts.create(given, note('account.create', { accountId: 7, actor: 'root@example.org' }));
    expect(created).toEqual({
      accountId: expect.any(Number) as number,
      email: 'ada@example.org',
      name: 'Ada',
      role: 'user',
      networks: ['acme', 'öl'],
      hasPassword: true,
      hasGoogle: true,
      createdAt: T0,
      lastSignInAt: null,
      disabledAt: null,
    });
    const { accountId } = created!;
    await accounts.signedIn(accountId, later(1));
    const found = { ...created, lastSignInAt: later(1) };
    expect(await accounts.find(accountId)).toEqual(found);
    expect(await accounts.findByEmail('ADA@example.ORG')).toEqual(found);
    expect(await accounts.byGoogle('g-ada')).toEqual(found);
    expect(await accounts.secretOf('ada@Example.org')).toEqual({ account: found, passwordHash: HASH });
    expect(await entriesOf(opened.storage, { subject: `account:${accountId}` })).toMatchObject([
      { action: 'account.create', accountId: 7, actor: 'root@example.org', at: T0 },
    ]);
  });

  it('what does not exist is not found', async () => {
    const { accounts } = opened.storage;
    const nothing = [
      accounts.find(999),
      accounts.find(1e300),
      accounts.findByEmail('nobody'),
      accounts.byGoogle(''),
      accounts.secretOf('nobody@example.org'),
    ];
    expect(await Promise.all(nothing)).toEqual([null, null, null, null, null]);
  });

  it('an account without a password has none to check against', async () => {
    const { accounts } = opened.storage;
    const account = await accountOf(opened.storage, 'invited@example.org', { passwordHash: null });
    expect(account).toMatchObject({ hasPassword: false, hasGoogle: false });
    expect(await accounts.secretOf('invited@example.org')).toEqual({ account, passwordHash: null });
  });

  it.each<[string, NewAccount]>([
    ['an address', newAccount('TAKEN@example.org')],
    ["Google's subject", newAccount('another@example.org', { googleSubject: 'g-taken' })],
  ])('%s belongs to one account, and who is refused leaves no note', async (_what, second) => {
    const { accounts } = opened.storage;
    await accounts.create(newAccount('taken@example.org', { googleSubject: 'g-taken' }), note('account.create'));
    const before = await countEntries(opened.database.url);
    expect(await accounts.create(second, note('account.create'))).toBeNull();
    expect(await countEntries(opened.database.url)).toBe(before);
  });

  it.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', 'a\uD800b'],
    ['quotes and backslashes', `a'b"c\\d\\u0000 ? ?? $1 \${x}`],
    ['an emoji and right-to-left', 'a\u{1F600}\u202Eb'],
    ['what PostgreSQL takes for an array', '{a,NULL}'],
  ])('%s in addresses, names and networks breaks nothing', async (what, odd) => {
    const { storage } = opened;
    const { accounts } = storage;
    const storable = odd.replace(/[\0\uD800](?![\uDC00-\uDFFF])/, '\uFFFD');
    const email = `${odd}-${what}@example.org`;
    const more = { name: odd, networks: [odd], googleSubject: `${odd}-${what}` };
    const { accountId } = await accountOf(storage, email, more);
    const kept = { accountId, name: storable, networks: [storable] };
    expect(await accounts.findByEmail(email)).toMatchObject(kept);
    expect(await accounts.byGoogle(`${odd}-${what}`)).toMatchObject(kept);
    expect(await accounts.secretOf(email)).toMatchObject({ account: kept });
    expect(await accounts.create(newAccount(email), note('account.create'))).toBeNull();
    const changed = await accounts.change(accountId, { name: `${odd}!`, networks: [odd, 'b'] }, note('account.change'));
    expect(changed).toMatchObject({ name: `${storable}!`, networks: [storable, 'b'] });
    const { accountId: other } = await accountOf(storage, `${what}-2@example.org`);
    expect(await accounts.linkGoogle(other, `${odd}-2-${what}`, note('account.change'))).toBe(true);
    expect(await accounts.setPassword(other, HASH, PROOF, note('password.change', { actor: odd }))).toBe(true);
  });

  it('pages go by id', async () => {
    const { accounts } = opened.storage;
    const all = await accounts.page(0, 1_000);
    expect(all.length).toBeGreaterThan(3);
    const ids = all.map(({ accountId }) => accountId);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(await accounts.page(ids[0]!, 2)).toEqual(all.slice(1, 3));
    expect(await accounts.page(ids.at(-1)!, 2)).toEqual([]);
  });

  it.each<[string, AccountChanges, boolean]>([
    ['a name', { name: 'Bob' }, true],
    ['no networks at all', { networks: [] }, true],
    ['all networks', { networks: null }, true],
    ['a role', { role: 'admin' }, true],
    ['disabled', { disabledAt: later(5) }, true],
    ['everything at once', { name: 'B', role: 'admin', networks: ['b', 'a'], disabledAt: later(5) }, true],
    ['nothing', {}, false],
    ['what it is already', { name: 'Rob', role: 'user', networks: ['acme'], disabledAt: null }, false],
  ])('a change of %s keeps the rest; what changes nothing is not noted', async (what, changes, isNoted) => {
    const { accounts } = opened.storage;
    const before = await accountOf(opened.storage, `${what}@change.example`, { name: 'Rob', networks: ['acme'] });
    const subject = `account:${before.accountId}`;
    const changed = await accounts.change(before.accountId, changes, note('account.change', { subject }));
    expect(changed).toEqual({ ...before, ...changes });
    expect(await accounts.find(before.accountId)).toEqual(changed);
    const noted = (await entriesOf(opened.storage, { subject })).filter(({ action }) => action === 'account.change');
    expect(noted).toHaveLength(isNoted ? 1 : 0);
  });

  it('who is disabled once more stays disabled since the first time, and can be enabled', async () => {
    const { accounts } = opened.storage;
    const { accountId } = await accountOf(opened.storage, 'twice@example.org');
    const disable = (ms: number) =>
      accounts.change(accountId, { disabledAt: later(ms) }, note('account.disable', { subject: 'twice' }));
    expect(await disable(1)).toMatchObject({ disabledAt: later(1) });
    expect(await disable(2)).toMatchObject({ disabledAt: later(1) });
    expect(await entriesOf(opened.storage, { subject: 'twice' })).toHaveLength(1);
    expect(await accounts.change(accountId, { disabledAt: null }, note('account.enable'))).toMatchObject({
      disabledAt: null,
    });
  });

  it('Google is linked once: not over another subject, not to two accounts, not to nobody', async () => {
    const { accounts } = opened.storage;
    const [one, two] = [
      await accountOf(opened.storage, 'one@google.example'),
      await accountOf(opened.storage, 'two@google.example'),
    ];
    const link = (accountId: number, subject: string): Promise<boolean> =>
      accounts.linkGoogle(accountId, subject, note('account.change', { subject: 'google' }));
    expect(await link(one.accountId, 'g-1')).toBe(true);
    expect(await link(one.accountId, 'g-1')).toBe(true);
    expect(await link(one.accountId, 'g-2')).toBe(false);
    expect(await link(two.accountId, 'g-1')).toBe(false);
    expect(await link(999_999, 'g-3')).toBe(false);
    expect(await accounts.byGoogle('g-1')).toEqual({ ...one, hasGoogle: true });
    expect(await accounts.find(two.accountId)).toMatchObject({ hasGoogle: false });
    expect(await entriesOf(opened.storage, { subject: 'google' })).toHaveLength(1);
  });

  it('a new password ends all sessions but one and the links, and nobody else’s', async () => {
    const { storage } = opened;
    const [mine, other] = [
      await accountOf(storage, 'mine@password.example'),
      await accountOf(storage, 'other@password.example'),
    ];
    const [kept, ended] = [await sessionOf(storage, mine.accountId), await sessionOf(storage, mine.accountId)];
    const theirs = await sessionOf(storage, other.accountId);
    const [link, theirLink] = [newLink(mine.accountId, { purpose: 'reset' }), newLink(other.accountId)];
    for (const given of [link, theirLink]) await storage.accountLinks.create(given, null);
    const options = { verifiedHash: HASH, keepSession: kept.sessionId };
    const changed = note('password.change', { subject: `account:${mine.accountId}` });
    expect(await storage.accounts.setPassword(mine.accountId, OTHER_HASH, options, changed)).toBe(true);

    expect(await storage.accounts.secretOf(mine.email)).toMatchObject({ passwordHash: OTHER_HASH });
    const alive = await Promise.all(
      [kept, ended, theirs].map(({ tokenHash }) => storage.sessions.find(tokenHash, AT_T0)),
    );
    expect(alive.map(found => found !== null)).toEqual([true, false, true]);
    expect(await storage.accountLinks.find(link.tokenHash, T0)).toBeNull();
    expect(await storage.accountLinks.find(theirLink.tokenHash, T0)).not.toBeNull();

    // Neither with the former hash, nor for a session that has ended or is another's.
    const late = [
      { ...options, verifiedHash: HASH },
      { ...options, verifiedHash: null },
      ...[ended, theirs].map(({ sessionId }) => ({ verifiedHash: OTHER_HASH, keepSession: sessionId })),
    ];
    for (const proof of late)
      expect(await storage.accounts.setPassword(mine.accountId, HASH, proof, changed)).toBe(false);
    expect(await storage.accounts.secretOf(mine.email)).toMatchObject({ passwordHash: OTHER_HASH });

    const proof = { verifiedHash: OTHER_HASH, keepSession: null };
    expect(await storage.accounts.setPassword(mine.accountId, HASH, proof, changed)).toBe(true);
    expect(await storage.sessions.find(kept.tokenHash, AT_T0)).toBeNull();
    expect(await entriesOf(storage, { action: 'password.change', subject: `account:${mine.accountId}` })).toHaveLength(
      2,
    );
    expect(await storage.accounts.setPassword(999_999, HASH, options, changed)).toBe(false);
  });

  it('what is removed takes its sessions, tokens and links along; its notes and its id stay', async () => {
    const { storage } = opened;
    const gone = await accountOf(storage, 'gone@example.org');
    const session = await sessionOf(storage, gone.accountId);
    const [token, link] = [newToken(gone.accountId), newLink(gone.accountId)];
    await storage.apiTokens.create(token, note('token.create'));
    await storage.accountLinks.create(link, null);
    const removed = note('account.delete', { subject: `account:${gone.accountId}` });
    expect(await storage.accounts.remove(gone.accountId, removed)).toBe('removed');
    expect(await storage.accounts.remove(gone.accountId, removed)).toBe('missing');
    expect(await storage.accounts.change(gone.accountId, { name: 'x' }, removed)).toBe('missing');

    const tables = ['account', 'session', 'api_token', 'account_link'];
    const left = tables.map(table =>
      asAdministrator(opened.database.url, `select from ${table} where account_id = $1`, [gone.accountId]),
    );
    expect((await Promise.all(left)).map(rows => rows.length)).toEqual([0, 0, 0, 0]);
    expect(await storage.sessions.find(session.tokenHash, AT_T0)).toBeNull();
    expect(await storage.apiTokens.find(token.tokenHash, T0)).toBeNull();
    expect(await storage.accountLinks.find(link.tokenHash, T0)).toBeNull();
    const told = await entriesOf(storage, { subject: `account:${gone.accountId}` });
    expect(told.map(({ action }) => action)).toEqual(['account.delete', 'account.create']);
    const next = await accountOf(storage, 'gone@example.org');
    expect(next.accountId).toBeGreaterThan(gone.accountId);
  });

  it('a change and its note are one transaction', async () => {
    const { storage, database } = opened;
    const { accountId } = await accountOf(storage, 'noted@example.org');
    /** In which transaction the account's rows of a table, or the newest note, were written. */
    const writerOf = async (table: string, condition: string): Promise<unknown> =>
      (await asAdministrator(database.url, `select xmin from ${table} where ${condition}`)).at(-1);
    const [token, link] = [newToken(accountId), newLink(accountId)];
    const steps: [table: string, step: () => Promise<unknown>][] = [
      ['account', () => accountOf(storage, 'noted-too@example.org')],
      ['account', () => storage.accounts.change(accountId, { name: 'x' }, note('account.change'))],
      ['account', () => storage.accounts.linkGoogle(accountId, 'g-noted', note('account.change'))],
      ['account', () => storage.accounts.setPassword(accountId, HASH, PROOF, note('password.change'))],
      ['session', () => sessionOf(storage, accountId)],
      ['api_token', () => storage.apiTokens.create(token, note('token.create'))],
      ['api_token', () => storage.apiTokens.revoke(accountId, token.tokenId, T0, note('token.revoke'))],
      ['account_link', () => storage.accountLinks.create(link, note('link.create'))],
      ['account', () => storage.accountLinks.use(link.tokenHash, T0, OTHER_HASH, note('link.use'))],
    ];
    const newest = 'audit_id = (select max(audit_id) from audit_entry)';
    for (const [index, [table, step]] of steps.entries()) {
      const before = await countEntries(database.url);
      await step();
      expect(await countEntries(database.url)).toBe(before + 1);
      const whose = index === 0 ? `email = 'noted-too@example.org'` : `account_id = ${accountId}`;
      expect(await writerOf(table, whose)).toEqual(await writerOf('audit_entry', newest));
    }
  });

  it('a change that cannot be noted is not made', async () => {
    const { storage } = opened;
    const account = await accountOf(storage, 'unnoted@example.org');
    const session = await sessionOf(storage, account.accountId);
    const [token, link] = [newToken(account.accountId), newLink(account.accountId)];
    await storage.apiTokens.create(token, note('token.create'));
    await storage.accountLinks.create(link, null);
    const { accountId } = account;
    const attempts = [
      () => storage.accounts.create(newAccount('never@example.org'), note('refused')),
      () => storage.accounts.change(accountId, { name: 'x' }, note('refused')),
      () => storage.accounts.linkGoogle(accountId, 'g-never', note('refused')),
      () => storage.accounts.setPassword(accountId, OTHER_HASH, PROOF, note('refused')),
      () => storage.accounts.remove(accountId, note('refused')),
      () => storage.sessions.begin(newSession(accountId), session.tokenHash, note('refused')),
      () => storage.sessions.end(accountId, session.sessionId, note('refused')),
      () => storage.sessions.endAll(accountId, null, note('refused')),
      () => storage.apiTokens.create(newToken(accountId), note('refused')),
      () => storage.apiTokens.revoke(accountId, token.tokenId, T0, note('refused')),
      () => storage.accountLinks.create(newLink(accountId), note('refused')),
      () => storage.accountLinks.use(link.tokenHash, T0, OTHER_HASH, note('refused')),
    ];
    await asAdministrator(
      opened.database.url,
      `alter table audit_entry add constraint refused check (action <> 'refused')`,
    );
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow('refused');

    expect(await storage.accounts.secretOf('unnoted@example.org')).toEqual({ account, passwordHash: HASH });
    expect(await storage.accounts.findByEmail('never@example.org')).toBeNull();
    expect(await storage.sessions.list(accountId, AT_T0)).toMatchObject([{ sessionId: session.sessionId }]);
    expect(await storage.sessions.find(session.tokenHash, AT_T0)).not.toBeNull();
    expect(await storage.apiTokens.list(accountId)).toMatchObject([{ tokenId: token.tokenId, revokedAt: null }]);
    expect(await storage.accountLinks.find(link.tokenHash, T0)).not.toBeNull();
  });
});
