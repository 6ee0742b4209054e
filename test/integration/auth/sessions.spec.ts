import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import { from, outcomeOf, PASSWORD, SESSION, useWorld } from './world.ts';

const MINUTE_MS = 60_000;

describe.each(databases())('sessions on $name', ({ url }) => {
  const used = useWorld(url);

  it('signing in again begins another session and ends the one that was sent along', async () => {
    const { world } = used;
    await world.person('anna@example.org');
    const first = await world.session('anna@example.org');
    const typed = { email: 'anna@example.org', password: PASSWORD };
    const second = await world.here.signIn.withPassword(typed, from('192.0.2.1', first.secret));
    expect(second.secret).not.toBe(first.secret);
    expect(second.principal.id).not.toBe(first.principal.id);
    expect([await world.isSignedIn(first.secret), await world.isSignedIn(second.secret)]).toEqual([false, true]);
  });

  it('a cookie that somebody else has put there never signs anybody in', async () => {
    const { world } = used;
    const [attacker] = await Promise.all([world.person('mallory@example.org'), world.person('bob@example.org')]);
    const planted = 'A'.repeat(43);
    const own = await world.session(attacker.email);
    for (const replaces of [planted, own.secret, 'no session at all', '']) {
      const typed = { email: 'bob@example.org', password: PASSWORD };
      const { secret } = await world.here.signIn.withPassword(typed, from('192.0.2.1', replaces));
      expect(secret).not.toBe(replaces);
      expect(await world.here.authenticator.bySession(replaces)).toBeNull();
    }
  });

  it.each([
    ['nothing', ''],
    ['no secret', 'x'],
    ['a NUL', `${'A'.repeat(42)}\0`],
    ['a very long one', 'A'.repeat(10_000)],
    ['an unknown one', 'B'.repeat(43)],
  ])('%s signs nobody in', async (_, value) => {
    const { authenticator } = used.world.here;
    expect(await authenticator.bySession(value)).toBeNull();
    expect(await authenticator.byToken(`dm_${value}`)).toBeNull();
  });

  it('one changed character, anywhere, signs nobody in', async () => {
    const { world } = used;
    await world.person('carol@example.org');
    const { secret } = await world.session('carol@example.org');
    const tampered = Array.from(secret, (character, at) => {
      const other = character === 'A' ? 'B' : 'A';
      return `${secret.slice(0, at)}${other}${secret.slice(at + 1)}`;
    });
    const found = await Promise.all(tampered.map(value => world.here.authenticator.bySession(value)));
    expect(found.filter(principal => principal !== null)).toEqual([]);
    expect(await world.isSignedIn(secret)).toBe(true);
  });

  it('each ends when it was not used for a while, and in any case at last', async () => {
    const { world } = used;
    await world.person('dave@example.org');
    const idle = await world.session('dave@example.org');
    const busy = await world.session('dave@example.org');
    const step = SESSION.idleMs - MINUTE_MS;
    for (let passed = 0; passed + step < SESSION.lifetimeMs; passed += step) {
      world.clock.pass(step);
      expect(await world.isSignedIn(busy.secret)).toBe(true);
    }
    expect(await world.isSignedIn(idle.secret)).toBe(false);
    world.clock.pass(SESSION.lifetimeMs % step);
    expect(await world.isSignedIn(busy.secret)).toBe(false);
  });

  it('when it was last used is written once a minute', async () => {
    const { world } = used;
    await world.person('erin@example.org');
    const { secret, principal } = await world.session('erin@example.org');
    const lastUsedAt = async (): Promise<number> => {
      const [session] = await world.here.own.sessions(principal);
      return (session?.lastUsedAt.getTime() ?? 0) - begun;
    };
    const begun = world.clock.now().getTime();
    world.clock.pass(MINUTE_MS - 1);
    await world.here.authenticator.bySession(secret);
    expect(await lastUsedAt()).toBe(0);
    world.clock.pass(1);
    await world.here.authenticator.bySession(secret);
    expect(await lastUsedAt()).toBe(MINUTE_MS);
  });

  it('signing out ends that one, and is written down', async () => {
    const { world } = used;
    await world.person('frank@example.org');
    const [one, two] = [await world.session('frank@example.org'), await world.session('frank@example.org')];
    await world.there.signIn.end(one.principal, from());
    await world.there.signIn.end(one.principal, from());
    expect([await world.isSignedIn(one.secret), await world.isSignedIn(two.secret)]).toEqual([false, true]);
    const ends = await world.audit({ action: 'session.end', actor: 'frank@example.org' });
    expect(ends.map(({ subject }) => subject)).toEqual([`session:${one.principal.id}`]);
  });

  it('people see their own sessions and end one, or all others', async () => {
    const { world } = used;
    await Promise.all([world.person('grace@example.org'), world.person('heidi@example.org')]);
    const mine = [];
    for (let browser = 0; browser < 4; browser += 1) mine.push(await world.session('grace@example.org'));
    const [other] = [await world.session('heidi@example.org')];
    const [first, second] = mine;
    if (first === undefined || second === undefined) throw new Error('there are four');
    const { own } = world.here;
    expect((await own.sessions(first.principal)).map(({ sessionId }) => sessionId).sort()).toEqual(
      mine.map(({ principal }) => principal.id).sort(),
    );
    await own.endSession(second.principal.id, first.principal, from());
    for (const gone of [second.principal.id, other.principal.id, 'no id', "1' or '1'='1", '\0'])
      expect(await outcomeOf(own.endSession(gone, first.principal, from()))).toBe('SESSION_NOT_FOUND');
    expect(await own.endOtherSessions(first.principal, from())).toBe(2);
    const signedIn = await Promise.all([...mine, other].map(({ secret }) => world.isSignedIn(secret)));
    expect(signedIn).toEqual([true, false, false, false, true]);
    const revoked = await world.audit({ action: 'session.revoke', actor: 'grace@example.org' });
    expect(revoked.map(({ details, subject }) => [subject, details])).toEqual([
      [`account:${first.principal.accountId}`, { sessions: 'others' }],
      [`session:${second.principal.id}`, {}],
    ]);
  });

  it('what an admin takes from an account is gone at its next request', async () => {
    const { world } = used;
    const { accountId } = await world.person('ivan@example.org', { role: 'admin' });
    const admin = await world.admin();
    const { secret } = await world.session('ivan@example.org');
    const permissions = async (): Promise<readonly string[] | undefined> =>
      (await world.there.authenticator.bySession(secret))?.permissions;
    expect(await permissions()).toContain('users:write');
    await world.here.users.change(accountId, { networks: ['acme'] }, admin, from());
    expect(await permissions()).toEqual(['metrics:read', 'history:read', 'networks:write']);
    await world.here.users.change(accountId, { role: 'user' }, admin, from());
    expect(await permissions()).toEqual(['metrics:read']);
    await world.here.users.change(accountId, { disabled: true }, admin, from());
    expect(await permissions()).toBeUndefined();
    await world.here.users.change(accountId, { disabled: false }, admin, from());
    expect(await permissions()).toBeUndefined();
    const again = await world.session('ivan@example.org');
    expect(await world.here.users.endSessions(accountId, admin, from())).toBe(1);
    expect(await world.isSignedIn(again.secret)).toBe(false);
  });

  it('signing in says which session it has replaced, if there was one', async () => {
    const { world } = used;
    await world.person('judy@example.org');
    const former = await world.session('judy@example.org');
    const signIn = (replaces: string) =>
      world.here.signIn.withPassword({ email: 'judy@example.org', password: PASSWORD }, from('192.0.2.1', replaces));
    await signIn(former.secret);
    await signIn(former.secret);
    const begun = await world.audit({ action: 'session.begin', actor: 'judy@example.org' });
    expect(begun.map(({ details }) => details)).toEqual([
      { method: 'password' },
      { method: 'password', replaced: former.principal.id },
      { method: 'password' },
    ]);
  });
});
