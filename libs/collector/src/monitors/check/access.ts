import { createSecureContext, type SecureContext } from 'node:tls';
import type { Access } from '#config';
import { ended, found, wrong, type Found } from './finding.ts';

/** Finds the secret that a monitor names. `null`: it names none. */
export function findAccess(name: string | null, accessOf: (name: string) => Access | null): Found<Access | null> {
  if (name === null) return found(null);
  const access = accessOf(name);
  if (access !== null) return found(access);
  return ended(
    wrong(
      'unobserved',
      `nodeconf.yml has no auth "${name}"; add it there (docs/monitors.md) and start distomon again.`,
    ),
  );
}

/**
 * What a handshake is made with: our certificate, and the authorities that are trusted. A `ca` takes the place of those
 * that come with Node, as curl's --cacert does.
 */
export function secureContextOf(access: Access | null): Found<SecureContext> {
  const { certificate, key, ca } = access ?? { certificate: null, key: null, ca: null };
  try {
    return found(
      createSecureContext({
        ...(certificate !== null && key !== null && { cert: certificate, key }),
        ...(ca !== null && { ca }),
      }),
    );
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return ended(wrong('unobserved', `The certificate, key or ca of auth "${access?.name}" cannot be used (${code}).`));
  }
}
