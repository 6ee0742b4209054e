import { accountSubject, type Storage } from '#storage';
import { Attempts, type AttemptsParts } from './attempts.ts';
import { type Actor, noteOf } from './audit-note.ts';
import type { AttemptScope } from './decide-attempt.ts';
import { decidePassword, type PasswordDecision } from './decide-password.ts';
import type { Passwords } from './passwords.ts';

/** What checking passwords needs of the world. */
export interface PasswordCheckParts extends AttemptsParts {
  readonly storage: Pick<Storage, 'accounts' | 'sessions' | 'signInAttempts' | 'audit'>;
  readonly passwords: Passwords;
}

/** A password that is to be checked. */
export interface TypedPassword {
  /** Normalised. */
  readonly email: string;
  readonly password: string;
  /** What it is asked for. */
  readonly purpose: 'sign-in' | 'password-change';
}

/** Finds out whether a password is right: delayed after failures, and written into the audit log when it is not. */
export class PasswordCheck {
  private readonly parts: PasswordCheckParts;
  private readonly attempts: Attempts;

  constructor(parts: PasswordCheckParts) {
    this.parts = parts;
    this.attempts = new Attempts(parts);
  }

  /**
   * Whether the account exists, has a password, is disabled or not: what is computed is the same, exactly one verification.
   *
   * @param by who gives the password
   * @throws AuthError TOO_MANY_ATTEMPTS before anything is computed; TOO_BUSY
   */
  async check(typed: TypedPassword, by: Actor): Promise<PasswordDecision> {
    const { accounts } = this.parts.storage;
    const attempt = await this.attempts.begin(typed.email, by.address ?? 'unknown');
    const found = await accounts.secretOf(typed.email);
    const isRight = await this.parts.passwords
      .verify(found?.passwordHash ?? null, typed.password)
      .catch(async (error: unknown) => {
        await attempt.notMade();
        throw error;
      });
    const decision = decidePassword(found, isRight);
    if (decision.kind === 'right') await attempt.succeeded();
    else await this.writeFailure(typed, decision, attempt.begins, by);
    return decision;
  }

  private async writeFailure(
    { purpose }: TypedPassword,
    { reason, account }: PasswordDecision & { readonly kind: 'wrong' },
    begins: readonly AttemptScope[],
    by: Actor,
  ): Promise<void> {
    const { audit } = this.parts.storage;
    const now = this.parts.clock.now();
    const subject = account === null ? null : accountSubject(account.accountId);
    const details = { method: 'password', purpose, reason };
    await audit.write(noteOf(now, by, 'sign_in.fail', { subject, details }));
    if (begins.length === 0) return;
    await audit.write(noteOf(now, by, 'sign_in.delay', { subject, details: { by: [...begins] } }));
  }
}
