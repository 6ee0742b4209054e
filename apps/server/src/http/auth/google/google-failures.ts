import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { problemOf, sendProblem } from '../../problem/problem.filter.ts';

/**
 * Somebody who comes from Google sits before a browser: whatever went wrong, a page says it. What is wrong with the request
 * itself, or too much of it, is answered as everywhere.
 */
@Catch()
export class GoogleFailures implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error, request.path);
    if (error instanceof HttpException) return sendProblem(response, problem);
    // Nobody else learns why: the page has only the code, and Google's own words are for who runs the server.
    const level = problem.status === 500 ? 'error' : 'warn';
    request.log[level]({ error, code: problem.code }, 'a sign-in by Google failed');
    response.redirect(303, `/sign-in?error=${problem.code.toLowerCase()}`);
  }
}
