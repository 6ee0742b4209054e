import { emailProblem } from '#config';
import type { Storage } from '#storage';
import { actorOf, NO_ADDRESS, noteOf, provenActor, unknownActor } from './audit-note.ts';
import { AuthError } from './auth-error.ts';
import type { Origin } from './origin.ts';
import { PasswordCheck, type PasswordCheckParts } from './password-check.ts';
import type { Principal } from './principal.ts';
import { accountDisabled } from './refusals.ts';
import { type NewSession, SessionOpener, type SessionOpenerParts } from './session-opener.ts';
import { typedEmail } from './typed-email.ts';

/** What signing in needs of the world. */
export interface SignInParts extends SessionOpenerParts, PasswordCheckParts {
  readonly storage: Pick<Storage, 'accounts' | 'sessions' | 'signInAttempts' | 'audit'>;
}

/** Signs people in by their password, and out. */
export class SignIn {
  private readonly parts: SignInParts;
  private readonly check: PasswordCheck;
  private readonly opener: SessionOpener;

  constructor(parts: SignInParts) {
    this.parts = parts;
    this.check = new PasswordCheck(parts);
    this.opener = new SessionOpener(parts);
  }

  /**
   * Begins a session.
   *
   * @throws AuthError TOO_MANY_ATTEMPTS before anything is computed; SIGN_IN_FAILED, whether the account or the password is wrong;
   *   ACCOUNT_DISABLED, which only who knows the password is told; TOO_BUSY
   */
  async withPassword(
    typed: { readonly email: string; readonly password: string },
    origin: Origin,
  ): Promise<NewSession> {
    const email = typedEmail(typed.email);
    const asked = { email, password: typed.password, purpose: 'sign-in' } as const;
    const decision = await this.check.check(asked, unknownActor(nameOf(email), null, origin));
    if (decision.kind === 'wrong') throw decision.reason === 'disabled' ? accountDisabled() : signInFailed();
    const { account, passwordHash } = decision;
    const by = provenActor(account, null, origin);
    return await this.opener.open({ account, method: 'password', by, passwordHash }, origin);
  }

  /** Ends the session by which somebody is signed in; a token is no session, and stays. */
  async end(principal: Principal, origin: Pick<Origin, 'address'>): Promise<void> {
    if (principal.via !== 'session') return;
    const { accountId, id } = principal;
    const note = noteOf(this.parts.clock.now(), actorOf(principal, origin), 'session.end', {
      subject: `session:${id}`,
    });
    await this.parts.storage.sessions.end(accountId, id, note);
  }
}

/** What is no address is not written down: it may be a password that was typed into the wrong field. */
function nameOf(email: string): string {
  return emailProblem(email) === null ? email : NO_ADDRESS;
}

function signInFailed(): AuthError {
  return new AuthError('SIGN_IN_FAILED', 'The e-mail address or the password is wrong.');
}
