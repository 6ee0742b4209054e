import { ApiError, NO_ANSWER, problemOf } from './api-error.ts';

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a good answer; everything else becomes an {@link ApiError}. */
export async function answerOf<T>(request: Promise<Answer<T>>): Promise<T> {
  const answer = await answered(request);
  if (answer.data === undefined) throw problemOf(answer.response, answer.error);
  return answer.data;
}

/** For an answer without a body: that it was a good one. */
export async function doneBy(request: Promise<Answer<unknown>>): Promise<void> {
  const answer = await answered(request);
  if (!answer.response.ok) throw problemOf(answer.response, answer.error);
}

function answered<T>(request: Promise<Answer<T>>): Promise<Answer<T>> {
  return request.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(NO_ANSWER, null, null);
  });
}
