import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const TOKEN_PREFIX = 'dm_';
/** Six of the 43 characters: enough to tell tokens apart, and the other 37 are still 222 bits. */
const HINT_LENGTH = TOKEN_PREFIX.length + 6;

/** A new secret: 256 random bits as 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** A new API token: `dm_` and a secret. The prefix lets people and secret scanners recognise it. */
export function newApiToken(): string {
  return `${TOKEN_PREFIX}${newSecret()}`;
}

/**
 * What is stored of a secret or a token, and what it is looked up by: 32 bytes of SHA-256. A slow hash would add nothing:
 * nobody guesses 256 random bits. Looking the hash up tells by its timing nothing about the secret.
 */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Whether a text has the form of a secret: what has not is not looked up. */
export function isSecret(text: string): boolean {
  return SECRET.test(text);
}

/** Whether a text has the form of an API token. */
export function isApiToken(text: string): boolean {
  return text.startsWith(TOKEN_PREFIX) && isSecret(text.slice(TOKEN_PREFIX.length));
}

/** The beginning of a token, to be stored and shown. */
export function hintOf(token: string): string {
  return token.slice(0, HINT_LENGTH);
}
