import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import { DAY_MS, from, outcomeOf, outcomesOf, PASSWORD, useWorld } from './world.ts';

const chosen = 'a password that I chose';

describe.each(databases())('links on $name', ({ url }) => {
  const used = useWorld(url);

  const invited = async (email: string) => {
    const { world } = used;
    const admin = await world.admin();
    const { accountId } = await world.here.users.create(
      { email, name: '', role: 'user', networks: null },
      admin,
      from(),
    );
    return { accountId, admin, link: await world.here.links.create(accountId, admin, from()) };
  };

  it('an invitation lets somebody choose a password, once', async () => {
    const { world } = used;
    const { accountId, link } = await invited('anna@example.org');
    expect(link.purpose).toBe('invite');
    expect(link.expiresAt.getTime() - world.clock.now().getTime()).toBe(7 * DAY_MS);
    expect(await world.there.links.check(link.secret)).toEqual({ purpose: 'invite', email: 'anna@example.org' });
    const session = await world.there.links.use({ secret: link.secret, password: chosen }, from());
    expect(session.principal).toMatchObject({ accountId, email: 'anna@example.org' });
    expect(await world.isSignedIn(session.secret)).toBe(true);
    expect(await outcomeOf(world.session('anna@example.org', chosen))).toBe('done');
    expect(await outcomeOf(world.here.links.use({ secret: link.secret, password: PASSWORD }, from()))).toBe(
      'LINK_INVALID',
    );
    expect(await outcomeOf(world.here.links.check(link.secret))).toBe('LINK_INVALID');
    const entries = await world.audit({ subject: `account:${accountId}` });
    expect(entries.map(({ action, via }) => [action, via?.split(':')[0]])).toEqual([
      ['link.use', 'link'],
      ['link.create', 'session'],
      ['account.create', 'session'],
    ]);
  });

  it('of many who use it at once one does', async () => {
    const { here, there } = used.world;
    const { link } = await invited('bob@example.org');
    const attempts = Array.from({ length: 10 }, (_, index) =>
      (index % 2 === 0 ? here : there).links.use({ secret: link.secret, password: `${chosen} ${index}` }, from()),
    );
    expect(await outcomesOf(attempts)).toEqual({ done: 1, LINK_INVALID: 9 });
  });

  it('a reset link ends all sessions of the account and its old password, once used', async () => {
    const { world } = used;
    const { accountId } = await world.person('carol@example.org');
    const before = await world.session('carol@example.org');
    const link = await world.here.links.create(accountId, await world.admin(), from());
    expect(link.purpose).toBe('reset');
    expect(link.expiresAt.getTime() - world.clock.now().getTime()).toBe(DAY_MS);
    expect(await world.isSignedIn(before.secret)).toBe(true);
    await world.here.links.use({ secret: link.secret, password: chosen }, from());
    expect(await world.isSignedIn(before.secret)).toBe(false);
    expect(await outcomeOf(world.session('carol@example.org'))).toBe('SIGN_IN_FAILED');
    expect(await outcomeOf(world.session('carol@example.org', chosen))).toBe('done');
    expect(await outcomeOf(world.here.links.check(link.secret))).toBe('LINK_INVALID');
  });

  it('a new link replaces the former one', async () => {
    const { world } = used;
    const { accountId, admin, link } = await invited('dave@example.org');
    const next = await world.here.links.create(accountId, admin, from());
    expect(await outcomeOf(world.here.links.check(link.secret))).toBe('LINK_INVALID');
    expect(await outcomeOf(world.here.links.check(next.secret))).toBe('done');
  });

  it('a password that is too weak leaves the link as it is', async () => {
    const { links } = used.world.here;
    const { link } = await invited('erin@example.org');
    expect(await outcomeOf(links.use({ secret: link.secret, password: 'erin@example.org' }, from()))).toBe(
      'WEAK_PASSWORD',
    );
    expect(await outcomeOf(links.use({ secret: link.secret, password: chosen }, from()))).toBe('done');
  });

  it('each works until it expires', async () => {
    const { world } = used;
    const { link } = await invited('frank@example.org');
    world.clock.pass(7 * DAY_MS - 1);
    expect(await outcomeOf(world.here.links.check(link.secret))).toBe('done');
    world.clock.pass(1);
    expect(await outcomeOf(world.here.links.check(link.secret))).toBe('LINK_INVALID');
    const use = world.here.links.use({ secret: link.secret, password: chosen }, from());
    expect(await outcomeOf(use)).toBe('LINK_INVALID');
  });

  it('none works while the account is disabled, nor after it is removed', async () => {
    const { world } = used;
    const { users, links } = world.here;
    const { accountId, admin, link } = await invited('grace@example.org');
    const use = (): Promise<string> => outcomeOf(links.use({ secret: link.secret, password: chosen }, from()));
    await users.change(accountId, { disabled: true }, admin, from());
    expect(await use()).toBe('LINK_INVALID');
    await users.change(accountId, { disabled: false }, admin, from());
    expect(await outcomeOf(links.check(link.secret))).toBe('LINK_INVALID');
    const next = await links.create(accountId, admin, from());
    expect(await outcomeOf(links.check(next.secret))).toBe('done');
    await users.remove(accountId, admin, from());
    expect(await outcomeOf(links.use({ secret: next.secret, password: chosen }, from()))).toBe('LINK_INVALID');
    expect(await outcomeOf(links.create(accountId, admin, from()))).toBe('USER_NOT_FOUND');
  });

  it('a password that was changed meanwhile makes a reset link worthless', async () => {
    const { world } = used;
    const { accountId } = await world.person('heidi@example.org');
    const link = await world.here.links.create(accountId, await world.admin(), from());
    const { principal } = await world.session('heidi@example.org');
    await world.here.own.changePassword({ current: PASSWORD, password: chosen }, principal, from());
    expect(await outcomeOf(world.here.links.check(link.secret))).toBe('LINK_INVALID');
  });
});
