import { describe, expect, it } from 'vitest';
import type { AccountChanges, NewAccount, Storage } from '#storage';
import { isFullAdmin } from '../../../libs/storage/src/accounts/change-account.ts';
import { databases } from '../../support/services.ts';
import {
  accountOf,
  atOnce,
  countEntries,
  entriesOf,
  hold,
  HOLD_ACCOUNTS,
  newAccount,
  newLink,
  note,
  untilWaiting,
} from './account-fixtures.ts';
import { later, T0, useStorage } from './fixtures.ts';

const ADMIN = { role: 'admin' } as const;

describe.each(databases())('the first admin on $name', ({ url }) => {
  const opened = useStorage(url);
  const SETUP = note('setup.finish', { actor: 'first@example.org', via: 'link' });

  it('needs a setup link that has not expired, if it comes with one at all', async () => {
    const { accounts, accountLinks } = opened.storage;
    expect(await accounts.any()).toBe(false);
    const [expired, unknown] = [newLink(null, { expiresAt: T0 }), newLink(null)];
    await accountLinks.create(expired, null);
    for (const { tokenHash } of [expired, unknown]) {
      const link = { tokenHash, now: T0 };
      expect(await accounts.createFirstAdmin(newAccount('first@example.org'), link, SETUP)).toBe('link-invalid');
    }
    expect(await accounts.any()).toBe(false);
    expect(await countEntries(opened.database.url)).toBe(0);
  });

  it('of forty who try at once in two processes one is made, who may do everything, and the links are used up', async () => {
    const { storage, other, database } = opened;
    const links = Array.from({ length: 20 }, () => newLink(null));
    for (const link of links) await storage.accountLinks.create(link, null);
    const held = await hold(database.url, HOLD_ACCOUNTS);
    const trying = atOnce([storage, other], 40, (one, index) => {
      const link = index < 20 ? { tokenHash: links[index]!.tokenHash, now: T0 } : null;
      const account = newAccount(`first-${index}@example.org`, { role: 'user', networks: ['acme'] });
      return one.accounts.createFirstAdmin(account, link, SETUP);
    });
    await untilWaiting(database.url, 2);
    await held.end();
    const outcomes = await trying;
    const made = outcomes.filter(outcome => typeof outcome === 'object');
    expect(made).toMatchObject([{ role: 'admin', networks: null, hasPassword: true }]);
    expect(outcomes.filter(outcome => outcome === 'not-first')).toHaveLength(39);
    expect(await storage.accounts.page(0, 9)).toEqual(made);
    expect(await storage.accounts.any()).toBe(true);
    const found = await Promise.all(links.map(({ tokenHash }) => storage.accountLinks.find(tokenHash, T0)));
    expect(found.every(link => link === null)).toBe(true);
    const subject = `account:${made[0]!.accountId}`;
    expect(await entriesOf(storage, { action: 'setup.finish' })).toMatchObject([{ subject, via: 'link' }]);
  });
});

describe.each(databases())('an account that is made while the first admin is, on $name', ({ url }) => {
  const opened = useStorage(url);

  it('comes before him, who is not the first then, or after him', async () => {
    const { storage, other, database } = opened;
    const held = await hold(database.url, HOLD_ACCOUNTS);
    const user = storage.accounts.create(newAccount('user@example.org'), note('account.create'));
    await untilWaiting(database.url, 1);
    const admin = other.accounts.createFirstAdmin(newAccount('admin@example.org'), null, note('setup.finish'));
    await untilWaiting(database.url, 2);
    await held.end();
    expect(await user).toMatchObject({ email: 'user@example.org' });
    expect(await admin).toBe('not-first');
  });
});

describe.each(databases())('the last admin on $name', ({ url }) => {
  const opened = useStorage(url);

  /** Makes these accounts the only ones. */
  async function only(...accounts: NewAccount[]): Promise<number[]> {
    const { storage } = opened;
    const keeper = await accountOf(storage, `keeper-${Math.random()}@example.org`, ADMIN);
    for (const { accountId } of await storage.accounts.page(0, 1_000))
      if (accountId !== keeper.accountId) await storage.accounts.remove(accountId, note('account.delete'));
    const made = [];
    for (const account of accounts) made.push(await accountOf(storage, account.email, account));
    expect(await storage.accounts.remove(keeper.accountId, note('account.delete'))).toBe('removed');
    return made.map(({ accountId }) => accountId);
  }

  const LOWERING: [string, AccountChanges][] = [
    ['lowered to a user', { role: 'user' }],
    ['limited to some networks', { networks: ['acme'] }],
    ['limited to no network', { networks: [] }],
    ['disabled', { disabledAt: T0 }],
  ];

  it.each(LOWERING)('cannot be %s, nor removed, as long as nobody else may do everything', async (_how, changes) => {
    const { accounts } = opened.storage;
    const notQuite = [
      newAccount('user@example.org'),
      newAccount('limited@example.org', { ...ADMIN, networks: ['acme'] }),
      newAccount('invited@example.org', { ...ADMIN, passwordHash: null }),
      newAccount('disabled@example.org', ADMIN),
    ];
    const ids = await only(newAccount('last@example.org', ADMIN), ...notQuite);
    const [last, , , invited, disabled] = ids as [number, number, number, number, number];
    await accounts.change(disabled, { disabledAt: T0 }, note('account.disable'));
    const before = await accounts.find(last);
    const entries = await countEntries(opened.database.url);
    expect(await accounts.change(last, changes, note('account.change'))).toBe('last-admin');
    expect(await accounts.remove(last, note('account.delete'))).toBe('last-admin');
    expect(await accounts.find(last)).toEqual(before);
    expect(await countEntries(opened.database.url)).toBe(entries);
    expect(await accounts.admins(9)).toEqual(['last@example.org']);

    // Everybody else may still be changed, and so may he in what does not matter.
    for (const id of ids.slice(1))
      expect(await accounts.change(id, { name: 'x' }, note('account.change'))).toBeTypeOf('object');
    expect(await accounts.change(last, { name: 'Last' }, note('account.change'))).toMatchObject({ name: 'Last' });
    // As soon as another one can sign in, by Google too, he can go.
    await accounts.linkGoogle(invited, `g-${invited}`, note('account.change'));
    expect(await accounts.admins(9)).toEqual(['invited@example.org', 'last@example.org']);
    expect(await accounts.admins(1)).toEqual(['invited@example.org']);
    expect(await accounts.change(last, changes, note('account.change'))).toMatchObject(changes);
    expect(await accounts.remove(last, note('account.delete'))).toBe('removed');
  });

  it('who counts as one is the same to the code and to the statements', async () => {
    const { accounts } = opened.storage;
    const options = [null, ['acme'], []].flatMap(networks =>
      [null, '$x'].flatMap(passwordHash => [null, 'g'].map(google => ({ networks, passwordHash, google }))),
    );
    const holders = [T0, null].flatMap(disabledAt =>
      (['user', 'admin'] as const).flatMap(role => options.map(option => ({ ...option, role, disabledAt }))),
    );
    const [keeper, ...ids] = await only(
      newAccount('keeper@example.org', ADMIN),
      ...holders.map(({ role, networks, passwordHash, google }, index) => {
        const googleSubject = google === null ? null : `g-${index}`;
        return newAccount(`h-${index}@example.org`, { role, networks, passwordHash, googleSubject });
      }),
    );
    for (const [index, { disabledAt }] of holders.entries())
      await accounts.change(ids[index]!, { disabledAt }, note('account.disable'));
    const all = await accounts.page(keeper! - 1, 100);
    const counted = [];
    for (const google of [true, false]) {
      const full = all.filter(account => isFullAdmin(account, { google })).map(({ email }) => email);
      expect(await accounts.admins(100, { google })).toEqual(full.toSorted());
      counted.push(full.length);
    }
    // The keeper, and who is enabled and signs in by password, by Google, or by both; without Google, by password or both.
    expect([all.length, ...counted]).toEqual([1 + 2 * 2 * 12, 1 + 3, 1 + 2]);
  });

  type Step = (storage: Storage, accountId: number) => Promise<unknown>;
  const change =
    (changes: AccountChanges): Step =>
    ({ accounts }, accountId) =>
      accounts.change(accountId, changes, note('account.change'));
  const remove: Step = ({ accounts }, accountId) => accounts.remove(accountId, note('account.delete'));

  it.each<[string, Step, Step]>([
    ['two who remove each other', remove, remove],
    ['two who lower each other', change({ role: 'user' }), change({ role: 'user' })],
    ['one who disables and one who removes', change({ disabledAt: later(1) }), remove],
    ['one who limits and one who lowers', change({ networks: ['acme'] }), change({ role: 'user' })],
  ])('of %s at once in two processes one succeeds', async (_who, first, second) => {
    const { storage, other, database } = opened;
    const [one, two] = (await only(newAccount('one@example.org', ADMIN), newAccount('two@example.org', ADMIN))) as [
      number,
      number,
    ];
    const held = await hold(database.url, HOLD_ACCOUNTS);
    const both = Promise.all([first(storage, two), second(other, one)]);
    await untilWaiting(database.url, 2);
    await held.end();
    const outcomes = await both;
    expect(outcomes.filter(outcome => outcome === 'last-admin')).toHaveLength(1);
    expect(await storage.accounts.admins(9)).toHaveLength(1);
  });
});
