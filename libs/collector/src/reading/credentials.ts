import { createSecureContext, type SecureContext } from 'node:tls';
import type { Access } from '#config';
import { failure, type Parsed } from './answer.types.ts';

/**
 * How our requests and connections introduce themselves, made once of an {@link Access}. Connections belong to one of
 * these: what was opened in one name never carries a request in another.
 */
export interface Credentials {
  /** Its name in nodeconf.yml; `null`: nobody. */
  readonly name: string | null;
  /** What the Authorization header holds. */
  readonly scheme: 'basic' | 'bearer' | null;
  readonly hasCertificate: boolean;
  readonly hasAuthorities: boolean;
  /** Every header of a request, names and values in turn; nobody changes them. */
  readonly headers: string[];
  /** Our certificate, and the authorities that are trusted in place of Node's own. `null`: neither. */
  readonly context: SecureContext | null;
}

const HEADERS = ['accept', 'application/json', 'accept-encoding', 'identity'];

/** What most agents are asked with. */
export const NO_CREDENTIALS: Credentials = {
  name: null,
  scheme: null,
  hasCertificate: false,
  hasAuthorities: false,
  headers: HEADERS,
  context: null,
};

/** Makes them of a secret. `unobserved`: its certificate and key are of no use; nothing of them is in the detail. */
export function credentialsOf(access: Access): Parsed<Credentials> {
  const { name, authorization, certificate, key, ca } = access;
  try {
    const value: Credentials = {
      name,
      scheme: schemeOf(authorization),
      hasCertificate: certificate !== null,
      hasAuthorities: ca !== null,
      headers: authorization === null ? HEADERS : [...HEADERS, 'authorization', authorization],
      context: contextOf(certificate, key, ca),
    };
    return { ok: true, value };
  } catch {
    return failure(
      'unobserved',
      `The certificate, key or authorities of auth "${name}" in nodeconf.yml are of no use.`,
    );
  }
}

function schemeOf(authorization: string | null): Credentials['scheme'] {
  if (authorization === null) return null;
  return authorization.startsWith('Bearer ') ? 'bearer' : 'basic';
}

/** Like `curl --cacert`: authorities that are given are the only ones believed. */
function contextOf(certificate: string | null, key: string | null, ca: string | null): SecureContext | null {
  if (certificate === null && ca === null) return null;
  return createSecureContext({
    ...(certificate !== null && { cert: certificate }),
    ...(key !== null && { key }),
    ...(ca !== null && { ca }),
  });
}
