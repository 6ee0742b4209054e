import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthError, type GoogleProfile } from '#auth';
import { AppError } from '#config';
import { databases } from '../../support/services.ts';
import { ADMIN, from, outcomeOf, outcomesOf, PASSWORD, World } from './world.ts';

const bob: GoogleProfile = {
  subject: 'g-1',
  email: 'Bob@acme.example',
  verified: true,
  name: 'Bob',
  hostedDomain: 'acme.example',
};

describe.each(databases())('sign-in by Google on $name', ({ url }) => {
  let world: World;

  beforeEach(async () => {
    world = await World.open(url);
    await world.here.setup.ensureAdmin(ADMIN);
  });
  afterEach(() => world.close());

  const finish = (profile: GoogleProfile, at = world.here) => at.google.finish(profile, from());

  it('makes an account for who is listed, and signs in to it from then on', async () => {
    const first = await finish(bob);
    expect(first.principal).toMatchObject({ email: 'bob@acme.example', name: 'Bob', role: 'user', networks: null });
    const second = await finish({ ...bob, email: 'robert@new.example' }, world.there);
    expect(second.principal.accountId).toBe(first.principal.accountId);
    expect(await world.isSignedIn(second.secret)).toBe(true);
    const { accountId } = first.principal;
    expect(await world.here.users.find(accountId)).toMatchObject({ hasGoogle: true, hasPassword: false });
    expect((await world.audit({ subject: `account:${accountId}` })).map(({ action }) => action)).toEqual([
      'account.create',
    ]);
    expect((await world.audit({ action: 'session.begin' })).map(({ details }) => details)).toEqual([
      { method: 'google' },
      { method: 'google' },
    ]);
  });

  it('links the account with the same address, which keeps its password and role', async () => {
    const { accountId } = await world.person('bob@acme.example', { role: 'admin', networks: ['acme'] });
    const { principal } = await finish(bob);
    expect(principal).toMatchObject({ accountId, role: 'admin', networks: ['acme'] });
    expect(await outcomeOf(world.session('bob@acme.example', PASSWORD))).toBe('done');
    expect((await world.audit({ action: 'account.change' })).map(({ details }) => details)).toEqual([
      { google: 'linked', email: 'bob@acme.example' },
    ]);
  });

  it.each<[string, Partial<GoogleProfile>, string]>([
    ['an address that is not verified', { verified: false }, 'GOOGLE_UNVERIFIED'],
    ['an address that is not verified, of the admin', { email: ADMIN.email, verified: false }, 'GOOGLE_UNVERIFIED'],
    ['another domain', { email: 'bob@other.example' }, 'GOOGLE_NOT_ALLOWED'],
    ['an address for which Google does not answer', { hostedDomain: null }, 'GOOGLE_NOT_ALLOWED'],
  ])('refuses %s, and makes and links nothing', async (_, profile, expected) => {
    expect(await outcomeOf(finish({ ...bob, ...profile }))).toBe(expected);
    const accounts = await world.here.users.page({ after: 0, limit: 10 });
    expect(accounts.map(({ email, hasGoogle }) => [email, hasGoogle])).toEqual([[ADMIN.email, false]]);
    expect(await world.audit({ action: 'sign_in.fail' })).toHaveLength(1);
    expect(await world.audit({ action: 'session.begin' })).toEqual([]);
  });

  it('refuses a second Google account with the address of the first', async () => {
    await finish(bob);
    expect(await outcomeOf(finish({ ...bob, subject: 'g-2' }))).toBe('GOOGLE_CONFLICT');
  });

  it('refuses an account that is disabled, by either', async () => {
    const { principal } = await finish(bob);
    await world.here.users.change(principal.accountId, { disabled: true }, await world.admin(), from());
    expect(await outcomeOf(finish(bob))).toBe('ACCOUNT_DISABLED');
    expect(await outcomeOf(finish({ ...bob, subject: 'g-2' }))).toBe('ACCOUNT_DISABLED');
  });

  it('makes one account of ten first sign-ins at once', async () => {
    const attempts = Array.from({ length: 10 }, (_, index) => finish(bob, index % 2 === 0 ? world.here : world.there));
    expect(await outcomesOf(attempts)).toEqual({ done: 10 });
    expect(await world.here.users.page({ after: 0, limit: 10 })).toHaveLength(2);
  });

  it('makes nobody the first', async () => {
    const empty = await World.open(url);
    try {
      expect(await outcomeOf(empty.here.google.finish(bob, from()))).toBe('GOOGLE_NOT_ALLOWED');
      expect(await empty.here.setup.needed()).toBe(true);
    } finally {
      await empty.close();
    }
  });

  it.each([
    ['GOOGLE_STATE', 'state'],
    ['GOOGLE_REFUSED', 'refused'],
    ['GOOGLE_UNAVAILABLE', 'unavailable'],
    ['GOOGLE_UNVERIFIED', 'no-address'],
  ] as const)('writes %s down before it is known who came', async (code, reason) => {
    await world.here.google.failed(new AuthError(code, 'no'), from());
    expect(await world.audit({ action: 'sign_in.fail' })).toMatchObject([
      { accountId: null, actor: '(no e-mail address)', address: '192.0.2.1', details: { method: 'google', reason } },
    ]);
  });

  it('writes down no failure that is none of Google’s', async () => {
    for (const error of [new Error('no'), new AppError('STORAGE_UNAVAILABLE', 'no'), null])
      await world.here.google.failed(error, from());
    expect(await world.audit({ action: 'sign_in.fail' })).toEqual([]);
  });

  describe('the way there and back', () => {
    const begin = () => world.here.google.beginAttempt({ next: '/machines?x=1', codeVerifier: 'v'.repeat(43) });

    it('is remembered once', async () => {
      const { secret, state } = await begin();
      const { google } = world.there;
      expect(await google.takeAttempt(secret, state)).toEqual({ next: '/machines?x=1', codeVerifier: 'v'.repeat(43) });
      expect(await google.takeAttempt(secret, state)).toBeNull();
    });

    it('is remembered once, whoever asks at once', async () => {
      const { secret, state } = await begin();
      const taken = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? world.here : world.there).google.takeAttempt(secret, state),
        ),
      );
      expect(taken.filter(attempt => attempt !== null)).toHaveLength(1);
    });

    it('is forgotten with a wrong state', async () => {
      const [one, two] = [await begin(), await begin()];
      expect(await world.here.google.takeAttempt(one.secret, two.state)).toBeNull();
      expect(await world.here.google.takeAttempt(one.secret, one.state)).toBeNull();
      expect(await world.here.google.takeAttempt(two.secret, two.state)).not.toBeNull();
    });

    it.each(['', 'x', '\0', 'A'.repeat(43)])('is not known of a cookie that says %j', async cookie => {
      expect(await world.here.google.takeAttempt(cookie, 'A'.repeat(43))).toBeNull();
    });

    it('is remembered for ten minutes', async () => {
      const { secret, state, expiresAt } = await begin();
      world.clock.pass(600_000);
      expect(expiresAt).toEqual(world.clock.now());
      expect(await world.here.google.takeAttempt(secret, state)).toBeNull();
    });
  });
});
