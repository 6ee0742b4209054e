import { AuthError } from './auth-error.ts';

/** There is no account of this id. */
export function userNotFound(): AuthError {
  return new AuthError('USER_NOT_FOUND', 'There is no such account.');
}

/** Said only to somebody who has shown that the account is his. */
export function accountDisabled(): AuthError {
  return new AuthError('ACCOUNT_DISABLED', 'This account is disabled. An admin can enable it.');
}
