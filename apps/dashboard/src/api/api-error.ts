/** Our code for a request that nobody answered. */
export const NO_ANSWER = 'no_answer';

/** A request that did not give what was asked for. `code` is the server's stable code, or one of ours. */
export class ApiError extends Error {
  readonly code: string;
  /** `null`: there was no answer at all. */
  readonly status: number | null;
  readonly detail: string | null;

  constructor(code: string, status: number | null, detail: string | null) {
    super(detail ?? code);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

/** Whether nobody answered at all, so that nothing is known but that. */
export function isNoAnswer(error: Error): boolean {
  return error instanceof ApiError && error.code === NO_ANSWER;
}

/** Reads an RFC 9457 problem document, or whatever a proxy in between said instead. */
export function problemOf(status: number, body: unknown): ApiError {
  const problem = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const code = textOrNull(problem['code']) ?? `http_${status}`;
  return new ApiError(code, status, textOrNull(problem['detail']) ?? textOrNull(problem['title']));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
