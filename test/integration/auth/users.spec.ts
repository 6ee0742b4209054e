import { describe, expect, it } from 'vitest';
import { Users } from '#auth';
import { databases } from '../../support/services.ts';
import { ADMIN, from, outcomeOf, outcomesOf, useWorld, World } from './world.ts';

describe.each(databases())('users on $name', ({ url }) => {
  const used = useWorld(url);
  const wanted = (email: string) => ({ email, name: ' Some Body ', role: 'user', networks: ['acme'] }) as const;

  it('an account is made without a way to sign in', async () => {
    const { world } = used;
    const admin = await world.admin();
    const made = await world.here.users.create(wanted(' New@Example.org'), admin, from());
    expect(made).toMatchObject({
      email: 'new@example.org',
      name: 'Some Body',
      role: 'user',
      networks: ['acme'],
      hasPassword: false,
      hasGoogle: false,
    });
    expect(await world.there.users.find(made.accountId)).toEqual(made);
    const [entry] = await world.audit({ subject: `account:${made.accountId}` });
    expect(entry).toMatchObject({
      action: 'account.create',
      actor: ADMIN.email,
      accountId: admin.accountId,
      via: `session:${admin.id}`,
      address: '192.0.2.1',
      details: { email: 'new@example.org', name: 'Some Body', role: 'user', networks: ['acme'] },
    });
  });

  it('an address has one account, however it is written and whoever is quicker', async () => {
    const { world } = used;
    const admin = await world.admin();
    const attempts = ['twice@example.org', 'Twice@example.org', ' TWICE@EXAMPLE.ORG '].flatMap(email => [
      world.here.users.create(wanted(email), admin, from()),
      world.there.users.create(wanted(email), admin, from()),
    ]);
    expect(await outcomesOf(attempts)).toEqual({ done: 1, EMAIL_TAKEN: 5 });
  });

  it('an account sees networks of this node, or all, or none', async () => {
    const { world } = used;
    const admin = await world.admin();
    const create = (email: string, networks: string[] | null): Promise<string> =>
      outcomeOf(world.here.users.create({ ...wanted(email), networks }, admin, from()));
    expect(await create('none@example.org', [])).toBe('done');
    expect(await create('all@example.org', null)).toBe('done');
    expect(await create('other@example.org', ['acme', 'elsewhere'])).toBe('INVALID_NETWORK');
    const { accountId } = await world.person('changed@example.org');
    const change = world.here.users.change(accountId, { networks: ['elsewhere'] }, admin, from());
    await expect(change).rejects.toThrow('There is no network "elsewhere" here. There are: acme, beta.');
  });

  it('a change is written down with what was before; no change is not', async () => {
    const { world } = used;
    const admin = await world.admin();
    const { accountId } = await world.person('judy@example.org');
    const changed = await world.here.users.change(accountId, { name: 'Judy', networks: ['beta'] }, admin, from());
    expect(changed).toMatchObject({ name: 'Judy', networks: ['beta'] });
    expect(await world.here.users.change(accountId, { name: 'Judy', disabled: false }, admin, from())).toEqual(changed);
    const entries = await world.audit({ subject: `account:${accountId}`, action: 'account.change' });
    expect(entries.map(({ details }) => details)).toEqual([
      { email: 'judy@example.org', name: { from: '', to: 'Judy' }, networks: { from: null, to: ['beta'] } },
    ]);
  });

  it('who is not there cannot be changed', async () => {
    const { world } = used;
    const admin = await world.admin();
    const { users } = world.here;
    const nobody = 999_999;
    expect(await outcomeOf(users.find(nobody))).toBe('USER_NOT_FOUND');
    expect(await outcomeOf(users.change(nobody, { name: 'x' }, admin, from()))).toBe('USER_NOT_FOUND');
    expect(await outcomeOf(users.remove(nobody, admin, from()))).toBe('USER_NOT_FOUND');
    expect(await outcomeOf(users.endSessions(nobody, admin, from()))).toBe('USER_NOT_FOUND');
  });

  it('who is removed is signed out and leaves what he did in the log', async () => {
    const { world } = used;
    const { accountId } = await world.person('karl@example.org');
    const { secret, principal } = await world.session('karl@example.org');
    const token = await world.here.tokens.create({ name: 't', scopes: [], expiresAt: null }, principal, from());
    await world.here.users.remove(accountId, await world.admin(), from());
    expect(await world.isSignedIn(secret)).toBe(false);
    expect(await world.here.authenticator.byToken(token.secret)).toBeNull();
    expect(await outcomeOf(world.session('karl@example.org'))).toBe('SIGN_IN_FAILED');
    const did = await world.audit({ actor: 'karl@example.org' });
    expect(did.map(({ action }) => action)).toEqual(['sign_in.fail', 'token.create', 'session.begin']);
    expect((await world.audit({ action: 'account.delete' }))[0]).toMatchObject({
      subject: `account:${accountId}`,
      details: { email: 'karl@example.org' },
    });
  });
});

describe.each(databases())('the last admin on $name', ({ url }) => {
  it.each([
    ['demoted', { role: 'user' }],
    ['disabled', { disabled: true }],
    ['limited', { networks: ['acme'] }],
  ] as const)('is not %s, however many try at once', async (_, change) => {
    const world = await World.open(url);
    try {
      await world.here.setup.ensureAdmin(ADMIN);
      const admin = await world.admin();
      const second = await world.person('second@example.org', { role: 'admin' });
      const attempts = [world.here, world.there].flatMap(({ users }) => [
        users.change(admin.accountId, change, admin, from()),
        users.change(second.accountId, change, admin, from()),
      ]);
      const { done, LAST_ADMIN: refused } = await outcomesOf(attempts);
      expect((done ?? 0) + (refused ?? 0)).toBe(4);
      expect(await world.here.storage.accounts.admins(10)).toHaveLength(1);
      const [left = ''] = await world.here.storage.accounts.admins(1);
      const lastId = left === ADMIN.email ? admin.accountId : second.accountId;
      expect(await outcomeOf(world.here.users.remove(lastId, admin, from()))).toBe('LAST_ADMIN');
    } finally {
      await world.close();
    }
  });

  it.each([
    [true, 'done'],
    [false, 'LAST_ADMIN'],
  ])('is who can sign in: by Google alone only while it is set up (%s)', async (google, expected) => {
    const world = await World.open(url);
    try {
      await world.here.setup.ensureAdmin(ADMIN);
      const admin = await world.admin();
      const { storage } = world.here;
      const users = new Users({ storage, clock: world.clock, knownNetworks: ['acme'], ways: { google } });
      const invited = { email: 'google@example.org', name: '', role: 'admin', networks: null } as const;
      const { accountId } = await users.create(invited, admin, from());
      const [note] = await world.audit({ limit: 1 });
      if (note === undefined) throw new Error('there is no entry');
      await storage.accounts.linkGoogle(accountId, 'g-1', note);
      expect(await outcomeOf(users.change(admin.accountId, { role: 'user' }, admin, from()))).toBe(expected);
      expect(await outcomeOf(users.remove(admin.accountId, admin, from()))).toBe(expected);
    } finally {
      await world.close();
    }
  });

  it('is who can sign in: an invited admin is none yet', async () => {
    const world = await World.open(url);
    try {
      await world.here.setup.ensureAdmin(ADMIN);
      const admin = await world.admin();
      const invited = { email: 'invited@example.org', name: '', role: 'admin', networks: null } as const;
      const { accountId } = await world.here.users.create(invited, admin, from());
      const remove = (): Promise<string> => outcomeOf(world.here.users.remove(admin.accountId, admin, from()));
      expect(await remove()).toBe('LAST_ADMIN');
      const { secret } = await world.here.links.create(accountId, admin, from());
      await world.here.links.use({ secret, password: 'a password that I chose' }, from());
      expect(await remove()).toBe('done');
    } finally {
      await world.close();
    }
  });
});
