import { describe, expect, it } from 'vitest';
import { OwnAccount, Passwords } from '#auth';
import { databases } from '../../support/services.ts';
import { from, outcomeOf, outcomesOf, PASSWORD, SESSION, useWorld } from './world.ts';

const chosen = 'a password that I chose';

describe.each(databases())('one’s own password on $name', ({ url }) => {
  const used = useWorld(url);

  it('is changed by who knows it; all other sessions end and tokens stay', async () => {
    const { world } = used;
    await world.person('anna@example.org');
    const here = await world.session('anna@example.org');
    const elsewhere = await world.session('anna@example.org');
    const token = await world.here.tokens.create({ name: 't', scopes: [], expiresAt: null }, here.principal, from());
    await world.here.own.changePassword({ current: PASSWORD, password: chosen }, here.principal, from());
    expect([await world.isSignedIn(here.secret), await world.isSignedIn(elsewhere.secret)]).toEqual([true, false]);
    expect(await world.here.authenticator.byToken(token.secret)).not.toBeNull();
    expect(await outcomeOf(world.session('anna@example.org'))).toBe('SIGN_IN_FAILED');
    expect(await outcomeOf(world.session('anna@example.org', chosen))).toBe('done');
    const { accountId, id } = here.principal;
    expect(await world.audit({ action: 'password.change' })).toMatchObject([
      { accountId, actor: 'anna@example.org', via: `session:${id}`, subject: `account:${accountId}` },
    ]);
  });

  it.each([
    ['a wrong one', 'this is not the password'],
    ['none', undefined],
  ])('is not changed by who gives %s', async (_, current) => {
    const { world } = used;
    const email = `${_.replace(' ', '-')}@example.org`;
    await world.person(email);
    const { principal } = await world.session(email);
    const change = world.here.own.changePassword({ current, password: chosen }, principal, from('203.0.113.1'));
    expect(await outcomeOf(change)).toBe('WRONG_PASSWORD');
    expect(await outcomeOf(world.session(email))).toBe('done');
  });

  it('is not guessed here either: five of 50 are looked at', async () => {
    const { world } = used;
    await world.person('bob@example.org');
    const { principal } = await world.session('bob@example.org');
    const guesses = Array.from({ length: 50 }, (_, index) =>
      world.here.own.changePassword({ current: `guess ${index}`, password: chosen }, principal, from('203.0.113.2')),
    );
    expect(await outcomesOf(guesses)).toEqual({ WRONG_PASSWORD: 5, TOO_MANY_ATTEMPTS: 45 });
    const [failure] = await world.audit({ action: 'sign_in.fail', actor: 'bob@example.org' });
    expect(failure).toMatchObject({ via: `session:${principal.id}`, details: { purpose: 'password-change' } });
  });

  it('is not changed into a weak one, and nothing is computed for that', async () => {
    const { world } = used;
    await world.person('carol@example.org');
    const { principal } = await world.session('carol@example.org');
    const before = world.here.hasher.verifications;
    const change = world.here.own.changePassword({ current: PASSWORD, password: 'carolcarolcarol' }, principal, from());
    expect(await outcomeOf(change)).toBe('WEAK_PASSWORD');
    expect(world.here.hasher.verifications).toBe(before);
  });

  it('is not set back by who gives the one that a reset link replaced meanwhile', async () => {
    const { world } = used;
    const email = 'overtaken@example.org';
    const { accountId } = await world.person(email);
    const { principal } = await world.session(email);
    const { secret } = await world.here.links.create(accountId, await world.admin(), from());
    let recovered = '';
    // The link is used between the check of the old password and the change.
    const slow = new Passwords({
      hash: async text => {
        recovered = (await world.there.links.use({ secret, password: chosen }, from('203.0.113.4'))).secret;
        return `$cheap ${text}`;
      },
      verify: () => Promise.resolve(true),
    });
    const { storage } = world.here;
    const own = new OwnAccount({ storage, clock: world.clock, session: SESSION, passwords: slow });
    const change = own.changePassword({ current: PASSWORD, password: 'what the thief would like' }, principal, from());
    expect(await outcomeOf(change)).toBe('WRONG_PASSWORD');
    expect(await world.isSignedIn(recovered)).toBe(true);
    expect(await outcomeOf(world.session(email, chosen))).toBe('done');
    expect(await world.audit({ action: 'password.change', actor: email })).toEqual([]);
  });

  it('is not set by a session that has ended meanwhile', async () => {
    const { world } = used;
    const email = 'ended@example.org';
    await world.person(email);
    const [asking, other] = [await world.session(email), await world.session(email)];
    await world.there.own.endOtherSessions(other.principal, from());
    const change = world.here.own.changePassword({ current: PASSWORD, password: chosen }, asking.principal, from());
    expect(await outcomeOf(change)).toBe('WRONG_PASSWORD');
    expect(await world.isSignedIn(other.secret)).toBe(true);
    expect(await outcomeOf(world.session(email))).toBe('done');
  });

  it('is set without one by who signs in with Google', async () => {
    const { world } = used;
    const hostedDomain = 'acme.example';
    const profile = { subject: 'g-dave', email: 'dave@acme.example', verified: true, name: 'Dave', hostedDomain };
    const { principal } = await world.here.google.finish(profile, from());
    await world.here.own.changePassword({ password: chosen }, principal, from());
    expect(await outcomeOf(world.session('dave@acme.example', chosen))).toBe('done');
    const again = world.here.own.changePassword({ password: PASSWORD }, principal, from('203.0.113.3'));
    expect(await outcomeOf(again)).toBe('WRONG_PASSWORD');
  });
});
