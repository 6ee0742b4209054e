import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import { ADMIN, DAY_MS, from, outcomeOf, outcomesOf, PASSWORD, World } from './world.ts';

describe.each(databases())('the first admin on $name', ({ url }) => {
  let world: World;

  beforeEach(async () => {
    world = await World.open(url);
  });
  afterEach(() => world.close());

  const wanted = (secret: string, email = 'root@example.org') => ({
    secret,
    email,
    name: ' Root ',
    password: PASSWORD,
  });

  it('is made by the link, signed in, and may do everything', async () => {
    const { setup } = world.here;
    expect(await setup.needed()).toBe(true);
    const { secret } = await setup.createLink();
    const session = await setup.finish(wanted(secret, ' Root@Example.org '), from());
    expect(session.principal).toMatchObject({ email: 'root@example.org', name: 'Root', role: 'admin', networks: null });
    expect(await world.isSignedIn(session.secret)).toBe(true);
    expect(await world.there.setup.needed()).toBe(false);
    const { accountId } = session.principal;
    expect((await world.audit()).map(({ action, actor, via, subject }) => [action, actor, via, subject])).toEqual([
      ['session.begin', 'root@example.org', 'link', `session:${session.principal.id}`],
      ['setup.finish', 'root@example.org', 'link', `account:${accountId}`],
      ['link.create', 'server', 'server', null],
    ]);
  });

  it.each([
    ['with one link', 1],
    ['with a link each', 2],
  ])('is one, when many set up at once in two processes %s', async (_, links) => {
    const { here, there } = world;
    const secrets = await Promise.all(Array.from({ length: links }, () => here.setup.createLink()));
    const attempts = Array.from({ length: 10 }, (__, index) => {
      const { setup } = index % 2 === 0 ? here : there;
      return setup.finish(wanted(secrets[index % links]?.secret ?? '', `root-${index}@example.org`), from());
    });
    expect(await outcomesOf(attempts)).toEqual({ done: 1, SETUP_DONE: 9 });
    expect(await here.users.page({ after: 0, limit: 10 })).toHaveLength(1);
    expect(await world.audit({ action: 'setup.finish' })).toHaveLength(1);
  });

  it('is made once: all setup links are over then', async () => {
    const { setup, links } = world.here;
    const [used, other] = [await setup.createLink(), await setup.createLink()];
    await setup.finish(wanted(used.secret), from());
    for (const { secret } of [used, other]) {
      expect(await outcomeOf(setup.finish(wanted(secret, 'second@example.org'), from()))).toBe('SETUP_DONE');
      expect(await outcomeOf(links.check(secret))).toBe('LINK_INVALID');
    }
  });

  it.each([
    ['another secret', () => 'A'.repeat(43)],
    ['no secret', () => ''],
    ['a changed one', (secret: string) => `${secret.slice(0, 42)}${secret.endsWith('A') ? 'E' : 'A'}`],
  ])('is not made with %s', async (_, change) => {
    const { setup } = world.here;
    const { secret } = await setup.createLink();
    expect(await outcomeOf(setup.finish(wanted(change(secret)), from()))).toBe('LINK_INVALID');
    expect(await setup.needed()).toBe(true);
  });

  it('is not made by a link that is a day old', async () => {
    const { setup, links } = world.here;
    const { secret, expiresAt } = await setup.createLink();
    expect(await links.check(secret)).toEqual({ purpose: 'setup', email: null });
    world.clock.pass(DAY_MS);
    expect(expiresAt).toEqual(world.clock.now());
    expect(await outcomeOf(setup.finish(wanted(secret), from()))).toBe('LINK_INVALID');
    expect(await outcomeOf(links.check(secret))).toBe('LINK_INVALID');
  });

  it('may choose another password where the first is too weak', async () => {
    const { setup } = world.here;
    const { secret } = await setup.createLink();
    const weak = { ...wanted(secret), password: 'rootrootrootroot' };
    expect(await outcomeOf(setup.finish(weak, from()))).toBe('WEAK_PASSWORD');
    expect(await outcomeOf(setup.finish(wanted(secret), from()))).toBe('done');
  });

  it('is no invitation: a setup link sets nobody’s password', async () => {
    const { secret } = await world.here.setup.createLink();
    expect(await outcomeOf(world.here.links.use({ secret, password: PASSWORD }, from()))).toBe('LINK_INVALID');
  });

  it('is made from the settings once, by whichever process is first', async () => {
    const { here, there } = world;
    const made = await Promise.all([here, there, here, there].map(({ setup }) => setup.ensureAdmin(ADMIN)));
    expect(made.sort()).toEqual(['created', 'exists', 'exists', 'exists']);
    expect((await world.admin()).permissions).toContain('users:write');
    expect(await here.setup.ensureAdmin({ ...ADMIN, password: 'another password of his' })).toBe('exists');
    expect((await world.session(ADMIN.email, ADMIN.password)).principal.email).toBe(ADMIN.email);
  });

  it('is not made from the settings where somebody else is', async () => {
    const { setup } = world.here;
    const { secret } = await setup.createLink();
    await setup.finish(wanted(secret), from());
    expect(await setup.ensureAdmin(ADMIN)).toBe('not-first');
    expect(await outcomeOf(world.admin())).toBe('SIGN_IN_FAILED');
  });

  it('is not made from the settings with a weak password', async () => {
    expect(await outcomeOf(world.here.setup.ensureAdmin({ ...ADMIN, password: 'admin' }))).toBe('WEAK_PASSWORD');
    expect(await world.here.setup.needed()).toBe(true);
  });

  it('by the link and from the settings at once is one', async () => {
    const { secret } = await world.here.setup.createLink();
    await Promise.allSettled([world.here.setup.finish(wanted(secret), from()), world.there.setup.ensureAdmin(ADMIN)]);
    expect(await world.here.users.page({ after: 0, limit: 10 })).toHaveLength(1);
  });
});
