import { ARGON2_HASHER, hashOfNothing, type PasswordHasher } from './argon2-hasher.ts';
import { AuthError } from './auth-error.ts';
import { normalizePassword, passwordProblemOf } from './password-rules.ts';
import { Turns } from './turns.ts';

/** Each computation takes a core and 19 MiB for some 50 ms: more at once would starve what the process is for. */
const AT_ONCE = 2;
const MAX_WAITING = 50;

/** Hashes and verifies passwords, a few at a time in the whole process: it has one of them. */
export class Passwords {
  private readonly hasher: PasswordHasher;
  private readonly turns = new Turns(AT_ONCE, MAX_WAITING);
  private readonly nobodysHash = hashOfNothing();

  constructor(hasher: PasswordHasher = ARGON2_HASHER) {
    this.hasher = hasher;
  }

  /**
   * The PHC string to be stored. Says nothing about the rules: see {@link problemOf}.
   *
   * @throws AuthError TOO_BUSY
   */
  async hash(password: string): Promise<string> {
    return await this.turns.run(() => this.hasher.hash(normalizePassword(password)));
  }

  /**
   * Whether this is the password. One computation with the same parameters in any case.
   *
   * @param hash `null`: there is none, and the answer is false
   * @throws AuthError TOO_BUSY
   */
  async verify(hash: string | null, password: string): Promise<boolean> {
    const isRight = await this.turns.run(() =>
      this.hasher.verify(hash ?? this.nobodysHash, normalizePassword(password)),
    );
    return isRight && hash !== null;
  }

  /** Why the password is not accepted for that account, as a sentence; `null`: it is. */
  problemOf(password: string, account: { readonly email: string }): string | null {
    return passwordProblemOf(password, account);
  }

  /**
   * The PHC string of a password that follows the rules.
   *
   * @throws AuthError WEAK_PASSWORD, TOO_BUSY
   */
  async hashNew(password: string, account: { readonly email: string }): Promise<string> {
    const problem = this.problemOf(password, account);
    if (problem !== null) throw new AuthError('WEAK_PASSWORD', problem);
    return await this.hash(password);
  }
}
