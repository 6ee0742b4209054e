/** Node's codes for a server that cannot be reached, or not any more. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/**
 * SQLSTATE: class 08 connection exception; 57P01 to 57P03 the server stops, crashed, or starts up; 53300 it has no
 * connection left. (PostgreSQL, appendix A)
 */
const SQLSTATE = /^(08...|57P0[123]|53300)$/;

/** What pg, pg-pool and ioredis say without a code. */
const MESSAGES =
  /connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|connection is closed|stream isn't writeable|max retries per request|socket timeout|^LOADING |^READONLY |^OOM /i;

/** Whether this error says that the queue's server is away, in contrast to a command that failed on its own account. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (NETWORK_CODES.has(code) || SQLSTATE.test(code) || MESSAGES.test(error.message)) return true;
  // A host with several addresses fails with all of their errors at once.
  return error instanceof AggregateError && error.errors.some(isConnectionError);
}

/** SQLSTATE 28000 and 28P01; Redis before version 6 says "invalid password". (Redis, `src/acl.c`, `src/server.c`) */
const LOGIN_CODES = new Set(['28000', '28P01']);
const LOGIN_MESSAGES = /^(WRONGPASS|NOAUTH)\b|invalid password/i;

/** Whether this error says that the queue's server is there and does not let this user in. */
export function isLoginError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return LOGIN_MESSAGES.test(error.message) || ('code' in error && LOGIN_CODES.has(String(error.code)));
}
