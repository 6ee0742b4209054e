import { ApiError } from '../../api/api-error.ts';
import { fill, messages } from '../../messages/text.ts';

const sentences: Readonly<Record<string, string>> = messages.failure;

/** Why something about an account did not work, in a sentence for whoever tried. */
export function sentenceOf(error: Error): string {
  if (!(error instanceof ApiError)) return messages.failed.other;
  // A sentence of ours is in the language of the page; the server's own is better than none.
  return sentenceOfCode(error.code) ?? error.detail ?? fill(messages.failed.withCode, { code: error.code });
}

/**
 * The sentence for a stable code, in capitals or not; `null`: there is none. Of a code that stands in an address, nothing
 * but a known sentence may be shown: anybody can write there what they like.
 */
export function sentenceOfCode(code: string): string | null {
  const known = code.toLowerCase();
  return Object.hasOwn(sentences, known) ? (sentences[known] ?? null) : null;
}
