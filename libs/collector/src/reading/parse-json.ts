import { failure, type Parsed } from './answer.types.ts';

/** Netdata's deepest answer nests 6 levels. */
const MAX_DEPTH = 16;
/** A megabyte of `{},` would become tens of megabytes of objects; the largest honest answer has about 40 000. */
const MAX_CONTAINERS = 100_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Parses a body of an agent. What is no JSON, too deep or made to explode is `bad_response`. */
export function parseJson(body: Buffer): Parsed<unknown> {
  const refusal = refuseShape(body);
  if (refusal !== null) return failure('bad_response', refusal);
  try {
    return { ok: true, value: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return failure('bad_response', body.length === 0 ? 'The answer is empty.' : 'The answer is not JSON.');
  }
}

/** Walks the bytes once, outside of strings. `null`: harmless to parse. */
function refuseShape(body: Buffer): string | null {
  let depth = 0;
  let containers = 0;
  let inString = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (inString) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MAX_DEPTH) return 'The answer is nested too deeply.';
      if (++containers > MAX_CONTAINERS) return 'The answer has too many parts.';
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return null;
}
