import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Certificates for tests, valid from 2020 to 2120, with their keys: `authority` signed `server` (for 127.0.0.1, 10.77.6.1
 * and localhost) and `client`; `foreign-authority` signed `stranger`, which says it is the same client.
 */
export function pem(name: string): string {
  return readFileSync(pemPath(name), 'utf8');
}

/** Where it is, for programs that read it themselves. */
export function pemPath(name: string): string {
  return join(import.meta.dirname, 'certificates', `${name}.pem`);
}
