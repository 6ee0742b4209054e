import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import { clearCookie } from '../../access/cookies.ts';
import { originOf } from '../../access/origin.ts';
import { invalidRequest } from '../../problem/problem.ts';
import { createValidationPipe } from '../../problem/validation.ts';
import { serverUrlOf } from '../server-url.ts';
import { GOOGLE_COOKIE, stateUnknown } from './google-attempts.ts';
import { googleReturnOf, type GoogleOutcome } from './google-return.ts';
import { GOOGLE } from './google.strategy.ts';
import { GoogleQuery } from './google.dto.ts';
import { GoogleWay } from './google-way.ts';

/** Where Google sends people back to. Google knows it too: it is entered there, below this server's address. */
const CALLBACK_PATH = '/api/v1/auth/google/callback';

const validation = createValidationPipe();

/** What both ways have in common: passport without sessions of its own, and the address of the way back. */
abstract class GoogleGuard extends AuthGuard(GOOGLE) {
  protected readonly way: GoogleWay;

  constructor(way: GoogleWay) {
    super();
    this.way = way;
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    this.way.require();
    await this.prepare(http.getRequest<Request>(), http.getResponse<Response>());
    return (await super.canActivate(context)) === true;
  }

  override getAuthenticateOptions(context: ExecutionContext): object {
    const callbackURL = serverUrlOf(context.switchToHttp().getRequest<Request>(), this.way.publicUrl) + CALLBACK_PATH;
    return { session: false, callbackURL, property: 'googleReturn', prompt: 'select_account' };
  }

  protected abstract prepare(request: Request, response: Response): Promise<void> | void;
}

/** Sends a browser to Google; what it guards is never reached. */
@Injectable()
export class ToGoogle extends GoogleGuard {
  constructor(way: GoogleWay) {
    super(way);
  }

  /** Guards come before pipes, so the query is checked here. */
  protected override async prepare({ query }: Request): Promise<void> {
    await validation.transform(query, { type: 'query', metatype: GoogleQuery });
  }

  /** Nobody comes back on this way: the strategy saw a code in a body. */
  override handleRequest<T>(error: unknown): T {
    throw error instanceof Error ? error : invalidRequest('code', 'is not expected here');
  }
}

/** Lets those in whom Google sends back, in the browser that was sent there. */
@Injectable()
export class FromGoogle extends GoogleGuard {
  constructor(way: GoogleWay) {
    super(way);
  }

  /** Who does not get through is written down: the sign-in itself does so only once it is known who came. */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const google = this.way.require();
    try {
      return await super.canActivate(context);
    } catch (error) {
      await google.failed(error, originOf(context.switchToHttp().getRequest<Request>()));
      throw error;
    }
  }

  /** Whatever comes of it, the attempt is over. Without a code the strategy would begin another. */
  protected override prepare({ query }: Request, response: Response): void {
    clearCookie(response, GOOGLE_COOKIE);
    if (query['code'] === undefined && query['error'] === undefined) throw stateUnknown();
  }

  override handleRequest<T>(error: unknown, profile: GoogleOutcome['profile'], info: GoogleOutcome['info']): T {
    return googleReturnOf({ error, profile, info }) as T;
  }
}
