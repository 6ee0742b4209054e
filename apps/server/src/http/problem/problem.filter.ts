import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuthError } from '#auth';
import { AppError } from '#config';
import type { JobLog } from '#jobs';
import { isStorageOutage } from '#storage';
import { Refusal } from '../access/refusal.ts';
import { statusOf } from '../auth/auth-problem.ts';
import { ProblemException, type Problem, type ProblemPart } from './problem.ts';

const RETRY_AFTER_SECONDS = 5;

/**
 * The one place where an error becomes an HTTP answer: an RFC 9457 problem document, or for a browser that was on its way to
 * what it may not see another page.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log: JobLog;

  constructor(log: JobLog) {
    this.log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (error instanceof Refusal && error.location !== null) return response.redirect(303, error.location);
    const problem = problemOf(error, request.path);
    if (problem.status >= 500) this.log.error({ error, path: request.path }, problem.detail);
    sendProblem(response, problem, error instanceof AuthError ? error.retryAfterSeconds : null);
  }
}

/**
 * Answers with a problem document, and with when to try again; an answer that has begun is cut off.
 *
 * @param retryAfterSeconds when it is known; `null`: a few seconds for what is away, else nothing is said
 */
export function sendProblem(response: Response, problem: Problem, retryAfterSeconds: number | null = null): void {
  if (response.headersSent) return void response.end();
  const wait = retryAfterSeconds ?? (problem.status === 503 ? RETRY_AFTER_SECONDS : null);
  if (wait !== null) response.set('retry-after', String(wait));
  if (problem.status === 401) response.set('www-authenticate', 'Bearer'); // RFC 9110, section 15.5.2: one is due
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** What is said of an error. What went wrong inside is logged, not told. */
export function problemOf(error: unknown, path: string): Problem {
  if (error instanceof ProblemException) return problem(error.getStatus(), error.code, error.message, error);
  if (error instanceof HttpException) return httpProblem(error, path);
  if (error instanceof AuthError) return problem(statusOf(error), error.code, error.message);
  if (error instanceof AppError && error.retryable) return problem(503, error.code, error.message);
  if (isStorageOutage(error))
    return problem(503, 'STORAGE_UNAVAILABLE', 'The database does not answer; try again in a moment.');
  const status = clientErrorStatusOf(error);
  if (status === 413) return problem(413, 'PAYLOAD_TOO_LARGE', 'The body of the request is too large.');
  if (status !== null) return problem(status, 'BAD_REQUEST', 'The request could not be understood.');
  return problem(500, 'INTERNAL', 'Something went wrong inside distomon; its log says what.');
}

function httpProblem(error: HttpException, path: string): Problem {
  const status = error.getStatus();
  const code = (STATUS_CODES[status] ?? 'error').toUpperCase().replaceAll(/[^A-Z]+/g, '_');
  return problem(status, code, status === 404 ? `There is nothing at ${path}.` : error.message);
}

/** Errors of body parsers and of URL decoding carry the status of what the client did wrong. */
function clientErrorStatusOf(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

function problem(
  status: number,
  code: string,
  detail: string,
  { errors, patch }: { readonly errors?: readonly ProblemPart[] | undefined; readonly patch?: string | undefined } = {},
): Problem {
  const base = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail };
  const parts = errors === undefined ? base : { ...base, errors: [...errors] };
  return patch === undefined ? parts : { ...parts, patch };
}
