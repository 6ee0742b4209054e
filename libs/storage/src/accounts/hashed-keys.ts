import { createHash } from 'node:crypto';

/**
 * A key of whatever length and characters as it is stored. It may hold what people typed, and some type their password
 * where their address belongs.
 */
export function keyHashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** The numbers of the locks of these keys, each once and in one order for everybody, so that no two wait in a circle. */
export function lockNumbersOf(keys: readonly string[]): bigint[] {
  const numbers = new Set(keys.map(key => keyHashOf(key).readBigInt64BE()));
  return [...numbers].sort((a, b) => (a < b ? -1 : 1));
}
