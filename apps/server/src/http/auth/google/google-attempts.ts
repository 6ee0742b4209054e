import type { Request } from 'express';
import { AuthError, type GoogleSignIn } from '#auth';
import type { Clock } from '#config';
import { readCookie, setCookie } from '../../access/cookies.ts';
import { localPath } from '../../access/local-path.ts';
import { handOver } from './hand-over.ts';

/** Shows that the browser that comes back from Google is the one that was sent there. */
export const GOOGLE_COOKIE = 'distomon_google';

type Stored = (error: unknown, ...results: [state: string] | []) => void;
type Verified = (error: unknown, ...results: [codeVerifier: string, found: { readonly next: string }] | []) => void;

/**
 * What is remembered between the way to Google and the way back: on the server, once, for one browser. It is a state store
 * of passport-oauth2, which tells by the number of parameters what a store wants to know: five here, three there.
 */
export class GoogleAttempts {
  private readonly google: Pick<GoogleSignIn, 'beginAttempt' | 'takeAttempt'>;
  private readonly clock: Clock;

  constructor(google: Pick<GoogleSignIn, 'beginAttempt' | 'takeAttempt'>, clock: Clock) {
    this.google = google;
    this.clock = clock;
  }

  store(request: Request, codeVerifier: string, _state: unknown, _meta: unknown, done: Stored): void {
    handOver(this.begin(request, codeVerifier), done);
  }

  verify(request: Request, state: unknown, done: Verified): void {
    handOver(this.take(request, state), done);
  }

  private async begin(request: Request, codeVerifier: string): Promise<[state: string]> {
    const next = localPath(request.query['next']);
    const { secret, state, expiresAt } = await this.google.beginAttempt({ next, codeVerifier });
    if (request.res !== undefined)
      setCookie(request.res, GOOGLE_COOKIE, secret, expiresAt.getTime() - this.clock.now().getTime());
    return [state];
  }

  private async take(request: Request, state: unknown): Promise<[codeVerifier: string, found: { next: string }]> {
    const secret = readCookie(request, GOOGLE_COOKIE) ?? '';
    const attempt = await this.google.takeAttempt(secret, typeof state === 'string' ? state : '');
    if (attempt === null) throw stateUnknown();
    return [attempt.codeVerifier, { next: attempt.next }];
  }
}

/** Somebody comes back who was not sent, or was sent too long ago, or has come back before. */
export function stateUnknown(): AuthError {
  const detail = 'This browser was not sent to Google just now, or it took more than ten minutes. Sign in again.';
  return new AuthError('GOOGLE_STATE', detail);
}
