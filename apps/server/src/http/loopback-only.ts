import type { NextFunction, Request, Response } from 'express';
import { problemOf, sendProblem } from './problem/problem.filter.ts';
import { ProblemException } from './problem/problem.ts';

const LOOPBACK_NAMES = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * While there are no accounts, only this machine may look. The server listens on loopback; this also refuses pages of
 * other sites that had their name point to 127.0.0.1 (DNS rebinding), for a browser sends the name it was told.
 */
export function loopbackOnly(request: Request, response: Response, next: NextFunction): void {
  if (isLoopbackName(request.headers.host)) {
    next();
    return;
  }
  const refusal = new ProblemException(
    421,
    'NOT_LOOPBACK',
    'Until accounts exist distomon answers only to localhost and 127.0.0.1.',
  );
  sendProblem(response, problemOf(refusal, request.path));
}

/** Whether a Host header names this machine. A client of HTTP/1.0 sends none. */
export function isLoopbackName(host: string | undefined): boolean {
  return host === undefined || LOOPBACK_NAMES.test(host);
}
