/** As the server has it (NIST SP 800-63B): length is what counts, and nothing about which characters. */
export const LEAST = 15;
export const MOST = 256;

/** What there is to say of a password by its length alone. */
export interface LengthVerdict {
  readonly kind: 'empty' | 'short' | 'enough' | 'long';
  readonly length: number;
}

/** Counted as the server counts: code points, in the form in which passwords are hashed. */
export function lengthVerdict(password: string): LengthVerdict {
  const { length } = Array.from(password.normalize('NFKC'));
  if (length === 0) return { kind: 'empty', length };
  if (length < LEAST) return { kind: 'short', length };
  return { kind: length > MOST ? 'long' : 'enough', length };
}
