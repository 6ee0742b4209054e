import { ProblemException } from '../problem/problem.ts';

/** How an answer names the text that it shows: its hash. */
export function etagOf(hash: string): string {
  return `"${hash}"`;
}

/**
 * What an `If-Match` header (RFC 9110, section 13.1.1) lets through. A proxy that compresses makes weak tags of ours: they name
 * the same text, and are taken for it.
 */
export function isMatchedBy(header: string): (hash: string) => boolean {
  if (isAnyText(header)) return () => true;
  const tags = new Set(header.split(',').map(tag => tag.trim().replace(/^W\//, '')));
  return hash => tags.has(etagOf(hash));
}

/** Whether it names no text, but any: another's change meanwhile does not matter then. */
export function isAnyText(header: string): boolean {
  return header.trim() === '*';
}

/** @throws ProblemException 428 `IF_MATCH_REQUIRED`: whoever replaces a whole text has to have seen the one that it replaces */
export function requireIfMatch(header: string | undefined): string {
  if (header !== undefined && header.trim() !== '') return header;
  throw new ProblemException(
    428,
    'IF_MATCH_REQUIRED',
    'Say in the header If-Match which text this one replaces: the ETag that came with it.',
  );
}
