import type { Request } from 'express';
import { AuthError, type GoogleProfile } from '#auth';
import { googleRefused, googleUnavailable } from './google-request.ts';

/** Who came back from Google, and where he wanted to go. */
export interface GoogleReturn {
  readonly profile: GoogleProfile;
  /** A path of this server. */
  readonly next: string;
}

/** A request of somebody who came back. */
export interface ReturnedRequest extends Request {
  readonly googleReturn: GoogleReturn;
}

/** What the strategy says came of it. */
export interface GoogleOutcome {
  readonly error: unknown;
  /** `false`: somebody chose not to. */
  readonly profile: GoogleProfile | false | undefined;
  readonly info: { readonly state?: { readonly next: string } } | undefined;
}

/** These of Google's codes (RFC 6749, section 4.1.2.1) say that it is in trouble, not that it says no. */
const IN_TROUBLE: ReadonlySet<unknown> = new Set(['server_error', 'temporarily_unavailable']);

/**
 * Who came back.
 *
 * @throws AuthError GOOGLE_*, or what kept the attempt from being looked up
 */
export function googleReturnOf({ error, profile, info }: GoogleOutcome): GoogleReturn {
  if (error !== undefined && error !== null) throw failureOf(error);
  if (profile === undefined || profile === false) throw googleRefused(new Error('access_denied'));
  return { profile, next: info?.state?.next ?? '/' };
}

/** passport-oauth2 wraps what went wrong while Google was asked, and has errors of its own for what Google's page says. */
function failureOf(error: unknown): unknown {
  if (!(error instanceof Error)) return googleUnavailable(error);
  if ('oauthError' in error && error.oauthError instanceof AuthError) return error.oauthError;
  if (error.name !== 'AuthorizationError') return error;
  return IN_TROUBLE.has('code' in error ? error.code : null) ? googleUnavailable(error) : googleRefused(error);
}
