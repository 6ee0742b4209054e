import { expect, test } from 'vitest';
import { hashOfSecret, hintOf, isApiToken, isSecret, newApiToken, newSecret } from './secrets.ts';

test('a secret is 256 random bits in 43 characters that need no escaping', () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  expect(new Set(secrets).size).toBe(100);
  expect(secrets.every(secret => isSecret(secret) && Buffer.from(secret, 'base64url').length === 32)).toBe(true);
});

test('a token is a secret with a prefix, and shows nine characters of its 46', () => {
  const token = newApiToken();
  expect(token).toMatch(/^dm_[\w-]{43}$/);
  expect(hintOf(token)).toBe(token.slice(0, 9));
});

test('what is stored is SHA-256 (FIPS 180-2, appendix B.1)', () => {
  const published = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(hashOfSecret('abc').toString('hex')).toBe(published);
});

const good = 'A'.repeat(43);

test.each([
  ['nothing', ''],
  ['one character too few', good.slice(1)],
  ['one too many', `${good}A`],
  ['a character of another alphabet', `${good.slice(1)}+`],
  ['a line break at the end', `${good}\n`],
  ['a NUL', `${good.slice(1)}\0`],
])('%s has not the form of a secret', (_, text) => {
  expect([isSecret(text), isApiToken(`dm_${text}`)]).toEqual([false, false]);
});

test.each([
  ['a token is no secret', `dm_${good}`, false, true],
  ['a secret is no token', good, true, false],
  ['the prefix is written in lower case', `DM_${good}`, false, false],
])('%s', (_, text, secret, token) => {
  expect([isSecret(text), isApiToken(text)]).toEqual([secret, token]);
});
