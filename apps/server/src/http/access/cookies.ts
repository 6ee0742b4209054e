import { parseCookie, stringifySetCookie, type SetCookie } from 'cookie';
import type { Request, Response } from 'express';

/** The cookie that keeps somebody signed in, without what stands before it over TLS. */
export const SESSION_COOKIE = 'distomon_session';

/**
 * The name of a cookie. Over TLS it is one that only this host itself can have set (RFC 6265bis, section 4.1.3.2), and only
 * that is read: what somebody on the way, or a neighbour under the same domain, has planted is of no use.
 */
function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

/** The value of one of our cookies; `null`: it was not sent. */
export function readCookie({ headers, secure }: Pick<Request, 'headers' | 'secure'>, name: string): string | null {
  const value = parseCookie(headers.cookie ?? '')[cookieName(name, secure)];
  return value === undefined || value === '' ? null : value;
}

/** Sets a cookie that scripts cannot read and other sites cannot send. */
export function setCookie(response: Response, name: string, value: string, maxAgeMs: number): void {
  write(response, name, { value, maxAge: Math.max(0, Math.floor(maxAgeMs / 1000)) });
}

/** Removes a cookie from the browser. */
export function clearCookie(response: Response, name: string): void {
  write(response, name, { value: '', maxAge: 0, expires: new Date(0) });
}

/** Keeps somebody signed in until the session ends at the latest. */
export function setSessionCookie(
  response: Response,
  { secret, expiresAt }: { readonly secret: string; readonly expiresAt: Date },
  now: Date,
): void {
  setCookie(response, SESSION_COOKIE, secret, expiresAt.getTime() - now.getTime());
}

/** Forgets who was signed in. */
export function clearSessionCookie(response: Response): void {
  clearCookie(response, SESSION_COOKIE);
}

function write(response: Response, name: string, cookie: Omit<SetCookie, 'name'>): void {
  const { secure } = response.req;
  const attributes = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  response.append('Set-Cookie', stringifySetCookie({ name: cookieName(name, secure), ...attributes, ...cookie }));
}
