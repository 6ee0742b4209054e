import type { Request } from 'express';
import { readCookie, SESSION_COOKIE } from './cookies.ts';

/** By what a request may be recognised. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'session'; readonly secret: string }
  /** `token` is empty when the header says something else than one bearer token. */
  | { readonly kind: 'bearer'; readonly token: string };

/** RFC 6750, section 2.1; the name of the scheme is of any case (RFC 9110, section 11.1). */
const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

/**
 * What a request is recognised by: its Authorization header, else its cookie. A header that says something wrong is not
 * made good by a cookie: whoever sends a token means it. Nothing is ever read from the URL, which ends up in logs.
 */
export function parseCredential(request: Request): Credential {
  const { authorization } = request.headers;
  if (authorization !== undefined) return { kind: 'bearer', token: BEARER.exec(authorization.trim())?.[1] ?? '' };
  const secret = readCookie(request, SESSION_COOKIE);
  return secret === null ? { kind: 'none' } : { kind: 'session', secret };
}
