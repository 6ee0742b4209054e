import { describe, expect, it } from 'vitest';
import { Passwords, SignIn } from '#auth';
import { databases } from '../../support/services.ts';
import { from, outcomeOf, outcomesOf, PASSWORD, SESSION, useWorld } from './world.ts';

const wrong = 'this is not the password';
const seconds = (retryAfterSeconds: number) => ({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds });

describe.each(databases())('signing in by password on $name', ({ url }) => {
  const used = useWorld(url);

  it('begins a session of that account, with its permissions', async () => {
    const { world } = used;
    const { accountId } = await world.person('anna@example.org');
    const { secret, principal, expiresAt } = await world.here.signIn.withPassword(
      { email: ' Anna@Example.org ', password: PASSWORD },
      from(),
    );
    expect(principal).toMatchObject({ accountId, email: 'anna@example.org', permissions: ['metrics:read'] });
    expect(await world.there.authenticator.bySession(secret)).toEqual(principal);
    expect(expiresAt.getTime() - world.clock.now().getTime()).toBe(SESSION.lifetimeMs);
    expect((await world.here.users.find(accountId)).lastSignInAt).toEqual(world.clock.now());
    const [entry] = await world.audit({ action: 'session.begin', actor: 'anna@example.org' });
    expect(entry).toMatchObject({ accountId, subject: `session:${principal.id}`, address: '192.0.2.1' });
  });

  it.each([
    ['known', '198.51.100.1'],
    ['unknown', '198.51.100.2'],
  ])('of 50 wrong passwords one after another five are looked at: %s account', async (who, address) => {
    const { world } = used;
    const email = `${who}-one-by-one@example.org`;
    if (who === 'known') await world.person(email);
    const before = world.here.hasher.verifications;
    const outcomes: string[] = [];
    for (let attempt = 0; attempt < 50; attempt += 1)
      outcomes.push(await outcomeOf(world.here.signIn.withPassword({ email, password: wrong }, from(address))));
    expect(outcomes).toEqual([
      ...Array<string>(5).fill('SIGN_IN_FAILED'),
      ...Array<string>(45).fill('TOO_MANY_ATTEMPTS'),
    ]);
    expect(world.here.hasher.verifications - before).toBe(5);
  });

  it.each([
    ['known', '198.51.100.3'],
    ['unknown', '198.51.100.4'],
  ])('of 50 wrong passwords at once in two processes five are looked at: %s account', async (who, address) => {
    const { world } = used;
    const { here, there } = world;
    const email = `${who}-at-once@example.org`;
    if (who === 'known') await world.person(email);
    const before = here.hasher.verifications + there.hasher.verifications;
    const attempts = Array.from({ length: 50 }, (_, index) =>
      (index % 2 === 0 ? here : there).signIn.withPassword({ email, password: wrong }, from(address)),
    );
    expect(await outcomesOf(attempts)).toEqual({ SIGN_IN_FAILED: 5, TOO_MANY_ATTEMPTS: 45 });
    expect(here.hasher.verifications + there.hasher.verifications - before).toBe(5);
    expect(await world.audit({ action: 'sign_in.fail', actor: email })).toHaveLength(5);
    expect(await world.audit({ action: 'sign_in.delay', actor: email })).toHaveLength(1);
  });

  it('who is attacked can still sign in from elsewhere, and everybody else from there', async () => {
    const { world } = used;
    await Promise.all([world.person('victim@example.org'), world.person('neighbour@example.org')]);
    const attack = Array.from({ length: 50 }, () =>
      world.here.signIn.withPassword({ email: 'victim@example.org', password: wrong }, from('198.51.100.5')),
    );
    await outcomesOf(attack);
    const tryFrom = (email: string, address: string): Promise<string> =>
      outcomeOf(world.there.signIn.withPassword({ email, password: PASSWORD }, from(address)));
    expect(await tryFrom('victim@example.org', '198.51.100.5')).toBe('TOO_MANY_ATTEMPTS');
    expect(await tryFrom('victim@example.org', '198.51.100.6')).toBe('done');
    expect(await tryFrom('neighbour@example.org', '198.51.100.5')).toBe('done');
  });

  it.each([
    ['198.51.100.20', '198.51.100.20', '198.51.100.21'],
    ['2001:db8:5::1', '2001:db8:5:0:ffff::2', '2001:db8:5:1::1'],
  ])('who is attacked from many addresses is let in at once from where he was before: %s', async (home, back, away) => {
    const { world } = used;
    const email = `owner-${home.replaceAll(':', '-')}@example.org`;
    await world.person(email);
    const tryFrom = (address: string, password = PASSWORD): Promise<string> =>
      outcomeOf(world.here.signIn.withPassword({ email, password }, from(address)));
    expect(await tryFrom(home)).toBe('done');
    // What is over is known too, as long as it is stored.
    world.clock.pass(SESSION.lifetimeMs);
    for (let guess = 0; guess < 30; guess += 1)
      expect(await tryFrom(`203.0.113.${100 + Math.floor(guess / 5)}`, wrong)).toBe('SIGN_IN_FAILED');
    expect(await tryFrom(away)).toBe('TOO_MANY_ATTEMPTS');
    // Nor does what fails there add to what the account is held up by elsewhere.
    for (let typo = 0; typo < 4; typo += 1) expect(await tryFrom(back, wrong)).toBe('SIGN_IN_FAILED');
    world.clock.pass(1_000);
    expect(await tryFrom(back)).toBe('done');
  });

  it('the wait doubles, ends, and is gone after the right password', async () => {
    const { world } = used;
    await world.person('slow@example.org');
    const attempt = (password: string): Promise<unknown> =>
      world.here.signIn.withPassword({ email: 'slow@example.org', password }, from('198.51.100.7'));
    for (let free = 0; free < 5; free += 1) await outcomeOf(attempt(wrong));
    for (const wait of [1, 2, 4, 8]) {
      await expect(attempt(PASSWORD)).rejects.toMatchObject(seconds(wait));
      world.clock.pass(wait * 1000 - 1);
      await expect(attempt(PASSWORD)).rejects.toMatchObject(seconds(1));
      world.clock.pass(1);
      expect(await outcomeOf(attempt(wrong))).toBe('SIGN_IN_FAILED');
    }
    world.clock.pass(16_000);
    expect(await outcomeOf(attempt(PASSWORD))).toBe('done');
    for (let free = 0; free < 5; free += 1) expect(await outcomeOf(attempt(wrong))).toBe('SIGN_IN_FAILED');
  });

  it('all addresses of an IPv6 network count as one', async () => {
    const { world } = used;
    const attempts = Array.from({ length: 50 }, (_, index) =>
      world.here.signIn.withPassword(
        { email: 'six@example.org', password: wrong },
        from(`2001:db8:0:1::${index.toString(16)}`),
      ),
    );
    expect(await outcomesOf(attempts)).toEqual({ SIGN_IN_FAILED: 5, TOO_MANY_ATTEMPTS: 45 });
  });

  it('a hundred wrong passwords for a hundred accounts are an attack too; signing in rightly is none', async () => {
    const { world } = used;
    await world.person('frequent@example.org');
    const attempt = (email: string, password: string): Promise<string> =>
      outcomeOf(world.here.signIn.withPassword({ email, password }, from('198.51.100.8')));
    const attack = async (names: number): Promise<string[]> => {
      const outcomes = [];
      for (let name = 0; name < names; name += 1)
        outcomes.push(await attempt(`nobody-${names}-${name}@example.org`, wrong));
      return [...new Set(outcomes)];
    };
    expect(await attack(60)).toEqual(['SIGN_IN_FAILED']);
    expect(await attempt('frequent@example.org', PASSWORD)).toBe('done');
    expect(await attack(40)).toEqual(['SIGN_IN_FAILED']);
    expect(await attempt('frequent@example.org', PASSWORD)).toBe('TOO_MANY_ATTEMPTS');
  });

  it('only who knows the password is told that the account is disabled', async () => {
    const { world } = used;
    const { accountId } = await world.person('gone@example.org');
    await world.here.users.change(accountId, { disabled: true }, await world.admin(), from());
    const attempt = (password: string): Promise<string> =>
      outcomeOf(world.here.signIn.withPassword({ email: 'gone@example.org', password }, from('198.51.100.9')));
    expect(await attempt(PASSWORD)).toBe('ACCOUNT_DISABLED');
    expect(await attempt(wrong)).toBe('SIGN_IN_FAILED');
    const entries = await world.audit({ action: 'sign_in.fail', actor: 'gone@example.org' });
    expect(entries.map(({ details }) => details['reason'])).toEqual(['wrong-password', 'disabled']);
  });

  it('what was typed where an address belongs is not written down', async () => {
    const { world } = used;
    const typed = { email: 'my secret password', password: 'anna@example.org' };
    await outcomeOf(world.here.signIn.withPassword(typed, from('198.51.100.10')));
    const entries = await world.audit({ action: 'sign_in.fail' });
    expect(JSON.stringify(entries)).not.toContain('my secret password');
    expect(entries[0]).toMatchObject({ actor: '(no e-mail address)', subject: null, address: '198.51.100.10' });
  });

  it.each(['\0', 'a\0b@example.org', '\uD800@example.org', "'; drop table account; --", 'x'.repeat(60_000)])(
    'any text may be typed: %j',
    async email => {
      const { world } = used;
      const attempt = world.here.signIn.withPassword({ email, password: `${email}\0` }, from('203.0.113.1'));
      expect(await outcomeOf(attempt)).toBe('SIGN_IN_FAILED');
    },
  );

  it('a password that is changed while it is checked begins no session', async () => {
    const { world } = used;
    const { accountId } = await world.person('race@example.org');
    const note = (await world.audit({ limit: 1 }))[0];
    if (note === undefined) throw new Error('there is no entry');
    const slow = new Passwords({
      hash: () => Promise.reject(new Error('nothing is to be hashed')),
      verify: async () => {
        const proof = { verifiedHash: `$cheap ${PASSWORD}`, keepSession: null };
        await world.there.storage.accounts.setPassword(accountId, '$cheap new one', proof, note);
        return true;
      },
    });
    const { storage } = world.here;
    const signIn = new SignIn({ storage, clock: world.clock, session: SESSION, passwords: slow });
    const attempt = signIn.withPassword({ email: 'race@example.org', password: PASSWORD }, from('203.0.113.2'));
    expect(await outcomeOf(attempt)).toBe('SIGN_IN_FAILED');
    expect(await storage.sessions.list(accountId, { now: world.clock.now(), idleMs: SESSION.idleMs })).toEqual([]);
  });
});

describe.each(databases())('with argon2 itself on $name', ({ url }) => {
  const used = useWorld(url);

  it('50 wrong passwords at once take five computations, and somebody else signs in meanwhile', async () => {
    const { world } = used;
    const { storage } = world.here;
    const passwords = new Passwords();
    const signIn = new SignIn({ storage, clock: world.clock, session: SESSION, passwords });
    const { accountId } = await world.person('real@example.org');
    const [note] = await world.audit({ limit: 1 });
    if (note === undefined) throw new Error('there is no entry');
    const proof = { verifiedHash: `$cheap ${PASSWORD}`, keepSession: null };
    expect(await storage.accounts.setPassword(accountId, await passwords.hash(PASSWORD), proof, note)).toBe(true);
    const attack = Array.from({ length: 50 }, () =>
      signIn.withPassword({ email: 'someone@example.org', password: wrong }, from('203.0.113.3')),
    );
    const mine = signIn.withPassword({ email: 'real@example.org', password: PASSWORD }, from('203.0.113.3'));
    expect(await outcomesOf(attack)).toEqual({ SIGN_IN_FAILED: 5, TOO_MANY_ATTEMPTS: 45 });
    expect(await outcomeOf(mine)).toBe('done');
  });
});
