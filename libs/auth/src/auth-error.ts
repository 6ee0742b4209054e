import { AppError } from '#config';

/** What can go wrong about accounts: stable and public. */
export type AuthCode =
  | 'SIGN_IN_FAILED'
  | 'TOO_MANY_ATTEMPTS'
  | 'ACCOUNT_DISABLED'
  | 'WEAK_PASSWORD'
  | 'LINK_INVALID'
  | 'SETUP_DONE'
  | 'EMAIL_TAKEN'
  | 'USER_NOT_FOUND'
  | 'LAST_ADMIN'
  | 'TOKEN_NOT_FOUND'
  | 'SESSION_NOT_FOUND'
  | 'SCOPE_NOT_ALLOWED'
  | 'WRONG_PASSWORD'
  | 'TOO_BUSY'
  | 'GOOGLE_STATE'
  | 'GOOGLE_UNVERIFIED'
  | 'GOOGLE_NOT_ALLOWED'
  | 'GOOGLE_UNAVAILABLE'
  | 'GOOGLE_REFUSED'
  | 'GOOGLE_CONFLICT'
  | 'INVALID_NETWORK';

/** After these the same request may succeed later. */
const RETRYABLE: ReadonlySet<AuthCode> = new Set(['TOO_MANY_ATTEMPTS', 'TOO_BUSY', 'GOOGLE_UNAVAILABLE']);

/** Something about accounts was refused. Its sentence is for whoever asked, and holds no secret. */
export class AuthError extends AppError {
  declare readonly code: AuthCode;
  /** In how many whole seconds it is worth trying again; `null`: that is not known. */
  readonly retryAfterSeconds: number | null;

  constructor(code: AuthCode, message: string, options: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(code, message, { retryable: RETRYABLE.has(code), cause: options.cause });
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
