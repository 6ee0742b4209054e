import { randomUUID } from 'node:crypto';
import type { Clock, SessionSettings } from '#config';
import type { Storage, StoredAccount, StoredSession } from '#storage';
import { type Actor, noteOf } from './audit-note.ts';
import { AuthError } from './auth-error.ts';
import type { Origin } from './origin.ts';
import type { Principal } from './principal.ts';
import { principalOfSession } from './principal-of.ts';
import { hashOfSecret, isSecret, newSecret } from './secrets.ts';

/** A session that has just begun. */
export interface NewSession {
  /** The cookie's value; it is known nowhere else. */
  readonly secret: string;
  /** When it ends whatever happens. */
  readonly expiresAt: Date;
  readonly principal: Principal;
}

/** What begins sessions needs of the world. */
export interface SessionOpenerParts {
  readonly storage: Pick<Storage, 'accounts' | 'sessions'>;
  readonly clock: Clock;
  readonly session: SessionSettings;
}

/** Somebody who has shown who he is. */
export interface ProvenPerson {
  readonly account: StoredAccount;
  readonly method: StoredSession['method'];
  readonly by: Actor;
  /** What the password was compared with, or has just become; nothing where there was none. */
  readonly passwordHash?: string;
}

const MAX_USER_AGENT = 256;

/** Begins sessions: always a new one, so that nobody is signed in by a cookie that somebody else has put there. */
export class SessionOpener {
  private readonly parts: SessionOpenerParts;

  constructor(parts: SessionOpenerParts) {
    this.parts = parts;
  }

  /**
   * Begins one of somebody who has shown who he is. The session that was sent along ends with it.
   *
   * @throws AuthError SIGN_IN_FAILED: at this very moment the account was removed or disabled, or its password was changed
   */
  async open({ account, method, by, passwordHash }: ProvenPerson, origin: Origin): Promise<NewSession> {
    const { storage, clock, session: times } = this.parts;
    const now = clock.now();
    const secret = newSecret();
    const session: StoredSession = {
      sessionId: randomUUID(),
      accountId: account.accountId,
      method,
      address: origin.address,
      userAgent: origin.userAgent?.replaceAll('\0', '').slice(0, MAX_USER_AGENT) ?? null,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + times.lifetimeMs),
    };
    const note = noteOf(now, by, 'session.begin', { subject: `session:${session.sessionId}`, details: { method } });
    const toBegin = {
      ...session,
      tokenHash: hashOfSecret(secret),
      ...(passwordHash === undefined ? {} : { passwordHash }),
    };
    if (!(await storage.sessions.begin(toBegin, replacedBy(origin), note)))
      throw new AuthError('SIGN_IN_FAILED', 'The account was changed at this moment. Sign in again.');
    await storage.accounts.signedIn(account.accountId, now);
    return { secret, expiresAt: session.expiresAt, principal: principalOfSession(session, account) };
  }
}

function replacedBy({ replaces }: Origin): Buffer | null {
  return replaces !== null && isSecret(replaces) ? hashOfSecret(replaces) : null;
}
