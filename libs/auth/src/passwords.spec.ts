import { expect, test } from 'vitest';
import { ARGON2_HASHER, hashOfNothing, type PasswordHasher } from './argon2-hasher.ts';
import { Passwords } from './passwords.ts';

/** What a PHC string says that verifying costs. */
const costOf = (phc: string): string[] => (phc.split('$')[3] ?? '').split(',').sort();

const OWASP = ['m=19456', 'p=1', 't=2'];

test('hashes are argon2id with the parameters of OWASP, each with a salt of its own', async () => {
  const passwords = new Passwords();
  const [one, two] = [await passwords.hash('correct horse battery'), await passwords.hash('correct horse battery')];
  expect(one).not.toBe(two);
  expect(one).toMatch(/^\$argon2id\$v=19\$/);
  expect(costOf(one)).toEqual(OWASP);
  expect(await passwords.verify(one, 'correct horse battery')).toBe(true);
  expect(await passwords.verify(one, 'correct horse batterY')).toBe(false);
});

test('it is argon2id as its authors published it (phc-winner-argon2, test.c)', async () => {
  const published = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await ARGON2_HASHER.verify(published, 'password')).toBe(true);
  expect(await ARGON2_HASHER.verify(published.replace('CTFh', 'CTFi'), 'password')).toBe(false);
});

test('the hash of nothing costs the same as a real one, has the same form, and is of no password', async () => {
  const [nothing, real] = [hashOfNothing(), await ARGON2_HASHER.hash('')];
  expect(costOf(nothing)).toEqual(costOf(real));
  expect(nothing.split('$').map(part => part.length)).toEqual(real.split('$').map(part => part.length));
  expect(await ARGON2_HASHER.verify(nothing, '')).toBe(false);
});

test('the same characters written in another way are the same password', async () => {
  const passwords = new Passwords();
  const hash = await passwords.hash('caf\u00e9 au lait \ufb01ne');
  expect(await passwords.verify(hash, 'cafe\u0301 au lait fine')).toBe(true);
});

test('where there is no hash, a verification is made all the same and is never right', async () => {
  const verified: string[] = [];
  const hasher: PasswordHasher = {
    hash: () => Promise.reject(new Error('nothing is to be hashed')),
    verify: phc => {
      verified.push(phc);
      return Promise.resolve(true);
    },
  };
  expect(await new Passwords(hasher).verify(null, 'whatever it is')).toBe(false);
  expect(verified.map(costOf)).toEqual([OWASP]);
});

test('two are computed at once, fifty wait, and the next is turned away', async () => {
  let running = 0;
  let most = 0;
  const hasher: PasswordHasher = {
    hash: async text => {
      most = Math.max(most, (running += 1));
      await new Promise(resolve => setImmediate(resolve));
      running -= 1;
      return text;
    },
    verify: () => Promise.resolve(false),
  };
  const passwords = new Passwords(hasher);
  const hashes = await Promise.allSettled(Array.from({ length: 53 }, (_, index) => passwords.hash(`${index}`)));
  expect(most).toBe(2);
  expect(hashes.map(({ status }) => status === 'fulfilled')).toEqual([...Array<boolean>(52).fill(true), false]);
});

test('a new password that breaks a rule is not hashed', async () => {
  const hasher: PasswordHasher = {
    hash: () => Promise.reject(new Error('it was hashed')),
    verify: () => Promise.resolve(false),
  };
  const hashing = new Passwords(hasher).hashNew('short', { email: 'alice@example.org' });
  await expect(hashing).rejects.toMatchObject({ code: 'WEAK_PASSWORD', retryable: false });
});
