import { type GoogleSettings, normalizeEmail } from '#config';
import { accountSubject, type Storage, type StoredAccount } from '#storage';
import { NO_ADDRESS, noteOf, provenActor, unknownActor } from './audit-note.ts';
import { type AuthCode, AuthError } from './auth-error.ts';
import { decideGoogle, type GoogleDecision, type GoogleProfile } from './decide-google.ts';
import type { Origin } from './origin.ts';
import { accountDisabled } from './refusals.ts';
import { hashOfSecret, isSecret, newSecret } from './secrets.ts';
import { type NewSession, SessionOpener, type SessionOpenerParts } from './session-opener.ts';

/** Choosing a Google account and typing its password takes minutes. */
const ATTEMPT_MS = 600_000;

/** What sign-in by Google needs of the world. */
export interface GoogleSignInParts extends SessionOpenerParts {
  readonly storage: Pick<Storage, 'accounts' | 'sessions' | 'oauthAttempts' | 'audit'>;
  readonly google: Pick<GoogleSettings, 'allowed' | 'role'>;
}

/** Signs people in who come back from Google, and remembers who was sent there. How they are sent is not known here. */
export class GoogleSignIn {
  private readonly parts: GoogleSignInParts;
  private readonly opener: SessionOpener;

  constructor(parts: GoogleSignInParts) {
    this.parts = parts;
    this.opener = new SessionOpener(parts);
  }

  /**
   * Notes that a browser is sent to Google.
   *
   * @param next where it wanted to go: a path of this server
   * @param codeVerifier PKCE's; it never leaves the server
   * @returns `secret`: the value of the cookie that shows it is the same browser that comes back; `state`: what Google hands on
   */
  async beginAttempt({
    next,
    codeVerifier,
  }: {
    readonly next: string;
    readonly codeVerifier: string;
  }): Promise<{ secret: string; state: string; expiresAt: Date }> {
    const now = this.parts.clock.now();
    const expiresAt = new Date(now.getTime() + ATTEMPT_MS);
    const [secret, state] = [newSecret(), newSecret()];
    const attempt = { idHash: hashOfSecret(secret), state, codeVerifier, next, expiresAt };
    await this.parts.storage.oauthAttempts.begin(attempt, now);
    return { secret, state, expiresAt };
  }

  /**
   * What was noted of the browser that comes back. Once: whatever comes of it, the same answer of Google's is no good again.
   *
   * @returns `null`: nothing, it is too old, or Google hands on another state
   */
  async takeAttempt(secret: string, state: string): Promise<{ codeVerifier: string; next: string } | null> {
    if (!isSecret(secret)) return null;
    const taken = await this.parts.storage.oauthAttempts.take(hashOfSecret(secret), this.parts.clock.now());
    if (taken === null || !isSame(taken.state, state)) return null;
    const { codeVerifier, next } = taken;
    return { codeVerifier, next };
  }

  /**
   * Begins a session for whom Google has shown to be this person; links or makes the account where that is allowed.
   *
   * @throws AuthError GOOGLE_UNVERIFIED, GOOGLE_NOT_ALLOWED, GOOGLE_CONFLICT, ACCOUNT_DISABLED; nothing is changed then
   */
  async finish(given: GoogleProfile, origin: Origin): Promise<NewSession> {
    const profile = { ...given, email: normalizeEmail(given.email) };
    const { accounts } = this.parts.storage;
    const setupNeeded = !(await accounts.any());
    const byEmail = await accounts.findByEmail(profile.email);
    // In this order: an account that is linked meanwhile is seen to be this person's, and not taken for somebody else's.
    const bySubject = await accounts.byGoogle(profile.subject);
    const decision = decideGoogle({ profile, bySubject, byEmail, setupNeeded, ...this.parts.google });
    const account = await this.carryOut(decision, profile, origin);
    const by = provenActor(account, null, origin);
    return await this.opener.open({ account, method: 'google', by }, origin);
  }

  /** Writes down that somebody came back of whom Google has shown nothing. Errors that are none of Google's are not. */
  async failed(error: unknown, { address }: Pick<Origin, 'address'>): Promise<void> {
    const reason = error instanceof AuthError ? FAILURES[error.code] : undefined;
    if (reason === undefined) return;
    const actor = unknownActor(NO_ADDRESS, null, { address });
    const note = noteOf(this.parts.clock.now(), actor, 'sign_in.fail', { details: { method: 'google', reason } });
    await this.parts.storage.audit.write(note);
  }

  private async carryOut(decision: GoogleDecision, profile: GoogleProfile, origin: Origin): Promise<StoredAccount> {
    switch (decision.kind) {
      case 'sign-in':
        return decision.account;
      case 'link':
        return await this.link(decision.account, profile, origin);
      case 'create':
        return await this.create(decision.role, profile, origin);
      case 'refuse':
        return await this.refuse(decision.reason, profile, origin);
    }
  }

  private async link(account: StoredAccount, profile: GoogleProfile, origin: Origin): Promise<StoredAccount> {
    const about = { subject: accountSubject(account.accountId), details: { google: 'linked', email: profile.email } };
    const note = noteOf(this.parts.clock.now(), provenActor(account, null, origin), 'account.change', about);
    const isLinked = await this.parts.storage.accounts.linkGoogle(account.accountId, profile.subject, note);
    return isLinked ? { ...account, hasGoogle: true } : await this.refuse('other-google-account', profile, origin);
  }

  private async create(role: StoredAccount['role'], profile: GoogleProfile, origin: Origin): Promise<StoredAccount> {
    const { subject: googleSubject, email, name } = profile;
    const now = this.parts.clock.now();
    const account = { email, name, role, networks: null, passwordHash: null, googleSubject, createdAt: now };
    const details = { email, name, role, networks: null, google: 'linked' };
    const note = noteOf(now, unknownActor(email, null, origin), 'account.create', { details });
    const { accounts } = this.parts.storage;
    // Made at this very moment, by the same person's other click or by an admin with the same address.
    const found = (await accounts.create(account, note)) ?? (await accounts.byGoogle(googleSubject));
    return found ?? (await this.refuse('other-google-account', profile, origin));
  }

  private async refuse(reason: RefusalReason, { email }: GoogleProfile, origin: Origin): Promise<never> {
    const actor = unknownActor(email, null, origin);
    const note = noteOf(this.parts.clock.now(), actor, 'sign_in.fail', { details: { method: 'google', reason } });
    await this.parts.storage.audit.write(note);
    throw REFUSALS[reason]();
  }
}

/** Why Google has not shown who somebody is, for the audit log. */
const FAILURES: Readonly<Partial<Record<AuthCode, string>>> = {
  GOOGLE_STATE: 'state',
  GOOGLE_REFUSED: 'refused',
  GOOGLE_UNAVAILABLE: 'unavailable',
  GOOGLE_UNVERIFIED: 'no-address',
};

type RefusalReason = (GoogleDecision & { kind: 'refuse' })['reason'];

const REFUSALS: Readonly<Record<RefusalReason, () => AuthError>> = {
  unverified: () =>
    new AuthError(
      'GOOGLE_UNVERIFIED',
      'Google does not know whether this e-mail address is yours. Verify it there first.',
    ),
  disabled: accountDisabled,
  'other-google-account': () =>
    new AuthError('GOOGLE_CONFLICT', 'The account with this e-mail address belongs to another Google account.'),
  'not-listed': () =>
    new AuthError('GOOGLE_NOT_ALLOWED', 'This Google account may not sign in here. Ask an admin for an invitation.'),
  'setup-needed': () =>
    new AuthError(
      'GOOGLE_NOT_ALLOWED',
      'There is no admin yet. Make the first one by the setup link that the server printed.',
    ),
};

function isSame(expected: string, given: string): boolean {
  return hashOfSecret(expected).equals(hashOfSecret(given));
}
