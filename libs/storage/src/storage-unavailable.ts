import { AppError } from '#config';

/** What to do about a code of PostgreSQL or of the socket. */
const ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: start PostgreSQL, or correct DATABASE_URL.',
  ENOTFOUND: 'The host name does not resolve: correct DATABASE_URL.',
  '28P01': 'It refuses the user or the password: correct DATABASE_URL.',
  '28000': 'It refuses the user: correct DATABASE_URL, or pg_hba.conf.',
  '3D000': 'It has no such database: create it, or correct DATABASE_URL.',
  '53300': 'It has no connection left: raise max_connections, or run fewer processes.',
  '57P03': 'It is starting up or shutting down: try again.',
};

/** The error of a database that does not let us in. It says what to do, and never the password. */
export function storageUnavailable(url: string, cause: unknown): AppError {
  const { host, pathname } = new URL(url);
  const code = codeOf(cause);
  const said = cause instanceof Error && cause.message !== '' ? cause.message : code;
  const advice = ADVICE[code] ?? 'Check that PostgreSQL runs and that DATABASE_URL is right.';
  const message = `The database ${pathname.slice(1)} on ${host} cannot be used. ${advice} (${said})`;
  return new AppError('STORAGE_UNAVAILABLE', message, { retryable: true, cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

/** What a query's error says when the database, or the way to it, was lost: of the system, of PostgreSQL, of the driver. */
const OUTAGE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  '53300',
  '57P01',
  '57P02',
  '57P03',
]);
const OUTAGE_TEXT =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable/;

/** Whether a query failed because the database could not be reached: trying again later can help. */
export function isStorageOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    OUTAGE_CODES.has(code) || code.startsWith('08') || OUTAGE_TEXT.test(error.message) || isStorageOutage(error.cause)
  );
}
