import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '#config';
import { isStorageOutage } from '#storage';
import { problemOf, sendProblem } from '../problem/problem.filter.ts';
import { callerOf } from './caller.ts';
import { refusalOf, type Refusal } from './refusal.ts';

/** Pages for whoever is not signed in, or may not see what he asked for. */
const PUBLIC_PAGES: ReadonlySet<string> = new Set(['/sign-in', '/setup', '/link', '/forbidden']);

/** Before what is served outside of Nest's router: only to who is signed in, by whatever. */
export function signedInOnly(): RequestHandler {
  return async (request, response, next) => {
    if ((await callerOf(request)) === null) return sendRefusal(response, refusalOf(request, 'metrics:read', 'unknown'));
    response.set('Cache-Control', 'private, no-cache');
    next();
  };
}

/**
 * Why a page of the dashboard is not shown; `null`: it is. A page holds nothing by itself: while the database is away it is
 * shown all the same, and says so.
 */
export async function refusalOfPage(request: Request): Promise<Refusal | null> {
  if (PUBLIC_PAGES.has(request.path)) return null;
  try {
    const caller = await callerOf(request);
    return caller?.via === 'session' ? null : refusalOf(request, 'own-account', 'unknown');
  } catch (error) {
    if (isStorageOutage(error) || (error instanceof AppError && error.retryable)) return null;
    throw error;
  }
}

/** Answers where no exception filter does: before Nest's router. */
export function sendRefusal(response: Response, refusal: Refusal): void {
  response.set('Cache-Control', 'no-store');
  if (refusal.location === null) sendProblem(response, problemOf(refusal, response.req.path));
  else response.redirect(303, refusal.location);
}
