import { randomBytes } from 'node:crypto';
import { argon2id, hash, verify } from 'argon2';

/** What hashes passwords. A test counts by it what is computed. */
export interface PasswordHasher {
  /** A new PHC string of the text, with a salt of its own. */
  hash(text: string): Promise<string>;
  /** Whether the PHC string is of this text. Costs what its parameters say, whether it is or not. */
  verify(phc: string, text: string): Promise<boolean>;
}

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes and one lane. */
const PARAMETERS = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** argon2id as OWASP recommends it; some 50 ms and 19 MiB for each computation. */
export const ARGON2_HASHER: PasswordHasher = {
  hash: text => hash(text, { ...PARAMETERS, hashLength: HASH_BYTES }),
  verify: (phc, text) => verify(phc, text),
};

/**
 * A PHC string with the same parameters that is the hash of no known text: verifying against it costs the same and fails.
 * Random bytes are as good for that as a hash, and cost nothing to make.
 */
export function hashOfNothing(): string {
  const { memoryCost, timeCost, parallelism } = PARAMETERS;
  const base64 = (bytes: number): string => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  const parameters = `m=${memoryCost},t=${timeCost},p=${parallelism}`;
  return `$argon2id$v=19$${parameters}$${base64(SALT_BYTES)}$${base64(HASH_BYTES)}`;
}
