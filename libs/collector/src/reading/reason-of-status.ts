import { failure, type Failure } from './answer.types.ts';

const DENIED = new Set([401, 403, 412, 451]);
const NO_METRICS = 'No metrics where matched';

/**
 * What a status other than 200 means. `null`: the body is needed to tell (404: an unknown chart and an unknown
 * machine are told apart by the text only).
 */
export function failureOfStatus(status: number): Failure | null {
  if (status === 404) return null;
  if (DENIED.has(status)) return failure('denied', `The agent refuses us with status ${status}.`, status);
  if (status === 503) return failure('no_data', 'The agent is starting (status 503).', status);
  if (status >= 300 && status < 400)
    return failure('bad_response', `The agent redirects (status ${status}); redirects are not followed.`, status);
  return failure('bad_response', `The agent answers with status ${status}.`, status);
}

/** What a 404 with this body means: Netdata has no such chart or nothing of that time, or it is not Netdata. */
export function failureOfMissing(body: Buffer): Failure {
  return body.toString('latin1').startsWith(NO_METRICS)
    ? failure('no_data', 'The agent has no such chart, or nothing of that time.', 404)
    : failure('bad_response', 'There is no Netdata API at this address (status 404).', 404);
}
