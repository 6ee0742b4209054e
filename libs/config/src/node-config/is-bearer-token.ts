/**
 * Whether a text may follow `Bearer ` in a header. RFC 6750 section 2.1 allows fewer characters; in use are also tokens
 * with `:` and `|`.
 */
export function isBearerToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
