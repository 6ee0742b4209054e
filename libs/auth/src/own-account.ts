import type { SessionSettings } from '#config';
import { accountSubject, type Storage, type StoredSession } from '#storage';
import { type Actor, actorOf, noteOf } from './audit-note.ts';
import { AuthError } from './auth-error.ts';
import { isUuid } from './is-uuid.ts';
import type { Origin } from './origin.ts';
import { PasswordCheck, type PasswordCheckParts } from './password-check.ts';
import type { Principal } from './principal.ts';

/** What people's dealings with their own account need of the world. */
export interface OwnAccountParts extends PasswordCheckParts {
  readonly storage: Pick<Storage, 'accounts' | 'sessions' | 'signInAttempts' | 'audit'>;
  readonly session: SessionSettings;
}

type From = Pick<Origin, 'address'>;

/** What people do with their own account. Only by a session: see `own-account` of the access rules. */
export class OwnAccount {
  private readonly parts: OwnAccountParts;
  private readonly check: PasswordCheck;

  constructor(parts: OwnAccountParts) {
    this.parts = parts;
    this.check = new PasswordCheck(parts);
  }

  /**
   * Sets a new password and ends all other sessions. Whoever has a password has to give it: a browser that was left open is
   * not enough to take the account over. Guessing it here is delayed as it is at sign-in. Nothing is set when the password was
   * changed meanwhile, by a reset link say, or the session that asks has ended.
   *
   * @param current not needed by who has none yet and signs in with Google
   * @throws AuthError WEAK_PASSWORD, WRONG_PASSWORD, TOO_MANY_ATTEMPTS, TOO_BUSY
   */
  async changePassword(
    { current, password }: { readonly current?: string | undefined; readonly password: string },
    principal: Principal,
    origin: From,
  ): Promise<void> {
    const { passwords, storage, clock } = this.parts;
    const problem = passwords.problemOf(password, principal);
    if (problem !== null) throw new AuthError('WEAK_PASSWORD', problem);
    const { accountId, id } = principal;
    const actor = actorOf(principal, origin);
    const verifiedHash = await this.verifiedHash(current, principal, actor);
    const passwordHash = await passwords.hash(password);
    const note = noteOf(clock.now(), actor, 'password.change', { subject: accountSubject(accountId) });
    if (!(await storage.accounts.setPassword(accountId, passwordHash, { verifiedHash, keepSession: id }, note)))
      throw new AuthError('WRONG_PASSWORD', 'The account was changed at this moment. Sign in again.');
  }

  /** What the current password was compared with; `null`: there is none. */
  private async verifiedHash(
    current: string | undefined,
    { email, hasPassword }: Principal,
    actor: Actor,
  ): Promise<string | null> {
    if (!hasPassword) return null;
    const asked = { email, password: current ?? '', purpose: 'password-change' } as const;
    const decision = await this.check.check(asked, actor);
    if (decision.kind === 'wrong') throw new AuthError('WRONG_PASSWORD', 'The current password is wrong.');
    return decision.passwordHash;
  }

  /** The account's sessions that are still good, among them the one that asks (its id is the principal's). */
  async sessions({ accountId }: Principal): Promise<StoredSession[]> {
    const { storage, clock, session } = this.parts;
    return await storage.sessions.list(accountId, { now: clock.now(), idleMs: session.idleMs });
  }

  /** @throws AuthError SESSION_NOT_FOUND: none of this account's */
  async endSession(sessionId: string, principal: Principal, origin: From): Promise<void> {
    const subject = `session:${sessionId}`;
    const note = noteOf(this.parts.clock.now(), actorOf(principal, origin), 'session.revoke', { subject });
    const { sessions } = this.parts.storage;
    if (!isUuid(sessionId) || !(await sessions.end(principal.accountId, sessionId, note)))
      throw new AuthError('SESSION_NOT_FOUND', 'You have no such session, or it has ended.');
  }

  /** Signs out everywhere else. Resolves with how many sessions that were. */
  async endOtherSessions(principal: Principal, origin: From): Promise<number> {
    const { accountId, id } = principal;
    const about = { subject: accountSubject(accountId), details: { sessions: 'others' } };
    const note = noteOf(this.parts.clock.now(), actorOf(principal, origin), 'session.revoke', about);
    return await this.parts.storage.sessions.endAll(accountId, id, note);
  }
}
