/** Our code for a request that nobody answered. */
export const NO_ANSWER = 'no_answer';

/** One thing that is wrong, and where. */
export interface ProblemPart {
  readonly path: string;
  readonly message: string;
  /** Of a file, counted from 1; `null`: it is about no line. */
  readonly line: number | null;
}

/** What else a problem says. */
interface ProblemExtras {
  /** How long the server wants to be left alone; `null`: it did not say. */
  readonly retryAfterSeconds: number | null;
  /** What is wrong with which field of the request. */
  readonly fields: Readonly<Record<string, string>>;
  /** The same with all that is wrong, in the order of the server; left out: nothing. */
  readonly parts?: readonly ProblemPart[];
  /** Of what is only read here: the change to propose elsewhere. */
  readonly patch?: string | null;
}

const NO_EXTRAS: ProblemExtras = { retryAfterSeconds: null, fields: {} };

/** A request that did not give what was asked for. `code` is the server's stable code, or one of ours. */
export class ApiError extends Error {
  readonly code: string;
  /** `null`: there was no answer at all. */
  readonly status: number | null;
  readonly detail: string | null;
  readonly extras: ProblemExtras;

  constructor(code: string, status: number | null, detail: string | null, extras: ProblemExtras = NO_EXTRAS) {
    super(detail ?? code);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.extras = extras;
  }
}

/** Whether nobody answered at all, so that nothing is known but that. */
export function isNoAnswer(error: Error): boolean {
  return error instanceof ApiError && error.code === NO_ANSWER;
}

/** Whether an answer says that nobody is signed in (any more). */
export function isNotSignedIn(error: Error): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** Whether whoever is signed in may not have what was asked for. */
export function isForbidden(error: Error): boolean {
  return error instanceof ApiError && error.status === 403;
}

/** Whether what was asked for does not exist (any more). */
export function isMissing(error: Error): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** Whether the same question may have a better answer in a moment: nobody answered, or the server is in trouble. */
export function isWorthRetrying(error: Error): boolean {
  return !(error instanceof ApiError) || error.status === null || error.status >= 500;
}

/** Reads an RFC 9457 problem document, or whatever a proxy in between said instead. */
export function problemOf({ status, headers }: Pick<Response, 'status' | 'headers'>, body: unknown): ApiError {
  const problem = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const code = textOrNull(problem['code']) ?? `http_${status}`;
  const detail = textOrNull(problem['detail']) ?? textOrNull(problem['title']);
  const retryAfterSeconds = secondsOrNull(headers.get('retry-after'));
  const parts = partsOf(problem['errors']);
  const fields = Object.fromEntries(parts.map(({ path, message }) => [path, message]));
  return new ApiError(code, status, detail, { retryAfterSeconds, fields, parts, patch: textOrNull(problem['patch']) });
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Retry-After may also be a date, which this server never sends. */
function secondsOrNull(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : null;
}

function partsOf(errors: unknown): ProblemPart[] {
  if (!Array.isArray(errors)) return [];
  return errors
    .filter((part: unknown): part is Record<string, unknown> => typeof part === 'object' && part !== null)
    .map(({ path, message, line }) => ({
      path: String(path),
      message: String(message),
      line: typeof line === 'number' ? line : null,
    }));
}
