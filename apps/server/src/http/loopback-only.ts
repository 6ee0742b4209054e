import type { RequestHandler } from 'express';
import { problemOf, sendProblem } from './problem/problem.filter.ts';
import { ProblemException } from './problem/problem.ts';

const LOOPBACK_NAMES = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * While there are no accounts, only this machine may look. The server listens on loopback; this also refuses pages of
 * other sites that had their name point to 127.0.0.1 (DNS rebinding), for a browser sends the name it was told.
 *
 * @param publicUrl where a proxy on this machine lets others look; it may pass on the name that it was asked for
 */
export function loopbackOnly(publicUrl: string | null): RequestHandler {
  const publicName = publicUrl === null ? null : new URL(publicUrl).hostname;
  return (request, response, next) => {
    if (isAllowedHost(request.headers.host, publicName)) return next();
    const detail =
      'Until accounts exist distomon answers only to localhost and 127.0.0.1, and to the name in PUBLIC_URL.';
    sendProblem(response, problemOf(new ProblemException(421, 'NOT_LOOPBACK', detail), request.path));
  };
}

/** Whether a Host header names this machine, on any port. A client of HTTP/1.0 sends none. */
export function isAllowedHost(host: string | undefined, publicName: string | null): boolean {
  if (host === undefined) return true;
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return LOOPBACK_NAMES.test(name) || name === publicName;
}
