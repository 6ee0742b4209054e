import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy, type Profile } from 'passport-google-oauth20';
import type { GoogleProfile } from '#auth';
import type { GoogleSettings } from '#config';
import { parseGoogleProfile } from './google-profile.ts';
import { handOver } from './hand-over.ts';
import { askGoogle } from './google-request.ts';
import type { GoogleAttempts } from './google-attempts.ts';

/** Under which name passport knows it. */
export const GOOGLE = 'google';

type Answered = (error: unknown, ...results: readonly string[]) => void;
type Ask = [
  method: string,
  url: string,
  headers: Record<string, string> | null,
  body: string | null,
  token: unknown,
  done: Answered,
];

/** The way to Google and back: authorization code with PKCE (RFC 7636) and a state that belongs to the browser. */
export class GoogleStrategy extends PassportStrategy(Strategy, GOOGLE) {
  constructor({ clientId, clientSecret, endpoints }: GoogleSettings, attempts: GoogleAttempts) {
    super({
      clientID: clientId,
      clientSecret,
      authorizationURL: endpoints.authorizationUrl,
      tokenURL: endpoints.tokenUrl,
      userProfileURL: endpoints.userinfoUrl,
      scope: ['openid', 'email', 'profile'],
      pkce: true,
      state: true,
      store: attempts as never, // @types/passport-oauth2 know only the stores without PKCE
    });
    // A token in a URL ends up in logs.
    this._oauth2.useAuthorizationHeaderforGET(true);
    // Its own way of asking waits for ever, reads whatever comes, and throws where nobody catches when that is `null`.
    Object.assign(this._oauth2, { _request: ask });
  }

  override authenticate(request: Request, options?: object): void {
    const redirect = this.redirect.bind(this);
    this.redirect = url => redirect(url, 303);
    super.authenticate(request, options);
  }

  /** What passport then hands on as the user. */
  validate(_accessToken: string, _refreshToken: string, profile: Profile): GoogleProfile {
    return parseGoogleProfile(profile._json);
  }
}

function ask(...[method, url, headers, body, _token, done]: Ask): void {
  const request = { method, url, headers: headers ?? {}, body: body === null || body === '' ? undefined : body };
  handOver(
    askGoogle(request).then(text => [text]),
    done,
  );
}
