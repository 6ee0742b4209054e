import type { Clock, SessionSettings } from '#config';
import type { Storage } from '#storage';
import type { Principal } from './principal.ts';
import { principalOfSession, principalOfToken } from './principal-of.ts';
import { hashOfSecret, isApiToken, isSecret } from './secrets.ts';

/** When a session or token was last used is written at most this often, in milliseconds. */
export const TOUCH_MS = 60_000;

/** What the authenticator needs of the world. */
export interface AuthenticatorParts {
  readonly storage: Pick<Storage, 'sessions' | 'apiTokens'>;
  readonly clock: Clock;
  readonly session: SessionSettings;
}

/** Says who makes a request. Looked up each time: what was revoked, disabled or lowered is so at the next request. */
export class Authenticator {
  private readonly parts: AuthenticatorParts;

  constructor(parts: AuthenticatorParts) {
    this.parts = parts;
  }

  /** Whom this cookie's value signs in; `null`: nobody, any more or at all. */
  async bySession(cookieValue: string): Promise<Principal | null> {
    if (!isSecret(cookieValue)) return null;
    const { sessions } = this.parts.storage;
    const now = this.parts.clock.now();
    const found = await sessions.find(hashOfSecret(cookieValue), { now, idleMs: this.parts.session.idleMs });
    if (found === null) return null;
    const { session, account } = found;
    if (isDue(session.lastUsedAt, now)) await sessions.touch(session.sessionId, now);
    return principalOfSession(session, account);
  }

  /** Whose token this is; `null`: nobody's, any more or at all. */
  async byToken(bearer: string): Promise<Principal | null> {
    if (!isApiToken(bearer)) return null;
    const { apiTokens } = this.parts.storage;
    const now = this.parts.clock.now();
    const found = await apiTokens.find(hashOfSecret(bearer), now);
    if (found === null) return null;
    const { token, account } = found;
    if (isDue(token.lastUsedAt, now)) await apiTokens.touch(token.tokenId, now);
    return principalOfToken(token, account);
  }
}

function isDue(lastUsedAt: Date | null, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= TOUCH_MS;
}
