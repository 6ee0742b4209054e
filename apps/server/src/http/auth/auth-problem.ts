import { AuthError } from '#auth';

/** Which HTTP status says what libs/auth refused. One that is missing here does not compile. */
const STATUS: Readonly<Record<AuthError['code'], number>> = {
  SIGN_IN_FAILED: 401,
  TOO_MANY_ATTEMPTS: 429,
  TOO_BUSY: 503,
  ACCOUNT_DISABLED: 403,
  WRONG_PASSWORD: 403,
  WEAK_PASSWORD: 400,
  LINK_INVALID: 403,
  SETUP_DONE: 409,
  EMAIL_TAKEN: 409,
  LAST_ADMIN: 409,
  INVALID_NETWORK: 400,
  SCOPE_NOT_ALLOWED: 403,
  USER_NOT_FOUND: 404,
  TOKEN_NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
  GOOGLE_STATE: 400,
  GOOGLE_REFUSED: 403,
  GOOGLE_UNVERIFIED: 403,
  GOOGLE_NOT_ALLOWED: 403,
  GOOGLE_CONFLICT: 409,
  GOOGLE_UNAVAILABLE: 503,
};

/** The status of an answer to what was refused. */
export function statusOf({ code }: AuthError): number {
  return STATUS[code];
}
