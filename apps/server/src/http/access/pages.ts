import type { Request, RequestHandler, Response } from 'express';
import { type AccessRule, decideAccess, type Principal } from '#auth';
import { AppError } from '#config';
import { isStorageOutage } from '#storage';
import { problemOf, sendProblem } from '../problem/problem.filter.ts';
import { callerOf } from './caller.ts';
import { pageOf } from './page-rules.ts';
import { refusalOf, type Refusal } from './refusal.ts';

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
 * shown all the same, and says so. That there is no page is told to who is signed in.
 */
export async function refusalOfPage(request: Request): Promise<Refusal | null> {
  const rule = pageOf(request.path)?.rule ?? 'own-account';
  if (rule === 'public') return null;
  try {
    return refusalFor(request, rule, await callerOf(request));
  } catch (error) {
    if (isStorageOutage(error) || (error instanceof AppError && error.retryable)) return null;
    throw error;
  }
}

/** Pages are for people: a token opens none. */
function refusalFor(request: Request, rule: AccessRule, caller: Principal | null): Refusal | null {
  if (caller?.via !== 'session') return refusalOf(request, 'own-account', 'unknown');
  const decision = decideAccess(rule, caller);
  return decision.allowed ? null : refusalOf(request, rule, decision.reason);
}

/** Answers where no exception filter does: before Nest's router. */
export function sendRefusal(response: Response, refusal: Refusal): void {
  response.set('Cache-Control', 'no-store');
  if (refusal.location === null) sendProblem(response, problemOf(refusal, response.req.path));
  else response.redirect(303, refusal.location);
}
