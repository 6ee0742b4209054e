import { AuthError } from '#auth';

/** How long Google may take for one answer. */
const TIMEOUT_MS = 10_000;
/** A token or a profile has some 2 kB. */
const MAX_BYTES = 65_536;

/** What the strategy asks of Google. */
export interface GoogleRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Asks Google, and gives back the text of its answer, which is a JSON object. Of what comes from outside nothing may take
 * for ever, fill the memory or lead elsewhere.
 *
 * @throws AuthError GOOGLE_REFUSED: Google says no; GOOGLE_UNAVAILABLE: it cannot be reached, or says nothing that makes sense
 */
export async function askGoogle(
  { method, url, headers, body }: GoogleRequest,
  timeoutMs: number = TIMEOUT_MS,
): Promise<string> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = body === undefined ? {} : { body };
    const answer = await fetch(url, { method, headers: { ...headers }, ...sent, redirect: 'error', signal });
    const text = await readText(answer);
    if (!answer.ok) throw refusal(answer.status, text);
    const said = objectOf(text);
    if (said === null) throw googleUnavailable(new Error('the answer is no JSON object'));
    // Only for a token is asked by POST.
    if (method === 'POST' && typeof said['access_token'] !== 'string')
      throw googleUnavailable(new Error('the answer has no token'));
    return text;
  } catch (error) {
    throw error instanceof AuthError ? error : googleUnavailable(error);
  }
}

/** The answer, or an error when it is larger than any that is meant. */
async function readText(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`the answer is larger than ${MAX_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** An object of JSON; `null`: the text is something else. `null` itself is what the strategy would stumble over. */
function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

/** With these Google says that something is wrong: a code that was used before, say, or the client's secret. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404]);

function refusal(status: number, text: string): AuthError {
  const cause = new Error(`Google answers ${status}: ${text.slice(0, 200)}`);
  return REFUSALS.has(status) ? googleRefused(cause) : googleUnavailable(cause);
}

/** Google, or whoever sat there, said no. */
export function googleRefused(cause: unknown): AuthError {
  return new AuthError('GOOGLE_REFUSED', 'Google did not let you in. Try again.', { cause });
}

/** Google is not there, or not itself. */
export function googleUnavailable(cause: unknown): AuthError {
  return new AuthError('GOOGLE_UNAVAILABLE', 'Google does not answer. Try again in a while.', { cause });
}
