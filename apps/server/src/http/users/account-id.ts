import { AuthError } from '#auth';

/** Every number of an account, and none that its column could not hold. */
const ACCOUNT_ID = /^[1-9]\d{0,8}$/;

/**
 * The number of an account that a path names.
 *
 * @throws AuthError USER_NOT_FOUND: it is none, so it names no account
 */
export function accountIdOf(text: string): number {
  if (ACCOUNT_ID.test(text)) return Number(text);
  throw new AuthError('USER_NOT_FOUND', 'There is no such account.');
}
