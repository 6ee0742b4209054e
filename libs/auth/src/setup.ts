import { type AdminSettings, normalizeEmail } from '#config';
import type { NewAccount, Storage, StoredAccount } from '#storage';
import { type Actor, noteOf, provenActor, SERVER_ACTOR, unknownActor } from './audit-note.ts';
import { AuthError } from './auth-error.ts';
import type { Origin } from './origin.ts';
import type { Passwords } from './passwords.ts';
import { hashOfSecret, isSecret, newSecret } from './secrets.ts';
import { type NewSession, SessionOpener, type SessionOpenerParts } from './session-opener.ts';

/** A setup link is used at the first start or never. */
const SETUP_LINK_MS = 86_400_000;

/** What the setup needs of the world. */
export interface SetupParts extends SessionOpenerParts {
  readonly storage: Pick<Storage, 'accounts' | 'sessions' | 'accountLinks'>;
  readonly passwords: Passwords;
}

/** What somebody gives to become the first admin. */
export interface FirstAdminForm {
  /** The secret of the setup link. */
  readonly secret: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** The role and the networks of the first account are not chosen. */
type FirstAccount = Omit<NewAccount, 'role' | 'networks'>;

/** Makes the first admin: by a link that whoever started the server was shown, or from the settings. Never by a default. */
export class Setup {
  private readonly parts: SetupParts;
  private readonly opener: SessionOpener;

  constructor(parts: SetupParts) {
    this.parts = parts;
    this.opener = new SessionOpener(parts);
  }

  /** Whether there is no account yet. The last admin cannot be removed: once done, the setup is done for good. */
  async needed(): Promise<boolean> {
    return !(await this.parts.storage.accounts.any());
  }

  /** A new link for the first admin. It works for a day, and only while there is no account. */
  async createLink(): Promise<{ secret: string; expiresAt: Date }> {
    const now = this.parts.clock.now();
    const secret = newSecret();
    const expiresAt = new Date(now.getTime() + SETUP_LINK_MS);
    const link = {
      purpose: 'setup',
      accountId: null,
      expiresAt,
      tokenHash: hashOfSecret(secret),
      createdAt: now,
    } as const;
    const details = { purpose: 'setup' };
    await this.parts.storage.accountLinks.create(link, noteOf(now, SERVER_ACTOR, 'link.create', { details }));
    return { secret, expiresAt };
  }

  /**
   * Makes the first admin and signs him in. Of several at once one succeeds.
   *
   * @throws AuthError SETUP_DONE, LINK_INVALID, WEAK_PASSWORD, TOO_BUSY; SIGN_IN_FAILED: the account was changed at this very moment
   */
  async finish({ secret, name, password, ...typed }: FirstAdminForm, origin: Origin): Promise<NewSession> {
    const email = normalizeEmail(typed.email);
    const tokenHash = await this.checkLink(secret);
    const passwordHash = await this.parts.passwords.hashNew(password, { email });
    const now = this.parts.clock.now();
    const admin = adminOf({ email, name, passwordHash, createdAt: now });
    const account = await this.create(admin, { tokenHash, now }, unknownActor(email, 'link', origin));
    if (account === 'not-first') throw setupDone();
    if (account === 'link-invalid') throw linkInvalid();
    const by = provenActor(account, 'link', origin);
    return await this.opener.open({ account, method: 'setup', by, passwordHash }, origin);
  }

  /**
   * Makes the admin whom the settings name, if there is no account at all yet.
   *
   * @returns `exists`: there is such an account already, whose password stays what it is; `not-first`: there are others
   * @throws AuthError WEAK_PASSWORD
   */
  async ensureAdmin({ email: written, password }: AdminSettings): Promise<'created' | 'exists' | 'not-first'> {
    const { accounts } = this.parts.storage;
    const email = normalizeEmail(written);
    if (!(await accounts.any())) {
      const passwordHash = await this.parts.passwords.hashNew(password, { email });
      const admin = adminOf({ email, name: '', passwordHash, createdAt: this.parts.clock.now() });
      const made = await this.create(admin, null, SERVER_ACTOR);
      if (typeof made === 'object') return 'created';
    }
    // Asked last: another process may have made it at this moment.
    return (await accounts.findByEmail(email)) === null ? 'not-first' : 'exists';
  }

  /** Looked at before a password is hashed: without a link nobody makes the server compute. */
  private async checkLink(secret: string): Promise<Buffer> {
    const { accounts, accountLinks } = this.parts.storage;
    const tokenHash = hashOfSecret(secret);
    const link = isSecret(secret) ? await accountLinks.find(tokenHash, this.parts.clock.now()) : null;
    if (link?.purpose === 'setup') return tokenHash;
    // Asked afterwards: whoever finishes the setup takes the links away.
    throw (await accounts.any()) ? setupDone() : linkInvalid();
  }

  private async create(
    admin: FirstAccount,
    link: { tokenHash: Buffer; now: Date } | null,
    by: Actor,
  ): Promise<StoredAccount | 'not-first' | 'link-invalid'> {
    const note = noteOf(admin.createdAt, by, 'setup.finish', { details: { email: admin.email } });
    return await this.parts.storage.accounts.createFirstAdmin(admin, link, note);
  }
}

function adminOf(given: Pick<NewAccount, 'email' | 'name' | 'passwordHash' | 'createdAt'>): FirstAccount {
  return { ...given, name: given.name.trim(), googleSubject: null };
}

function setupDone(): AuthError {
  return new AuthError(
    'SETUP_DONE',
    'The first admin has been made already. Sign in, or ask an admin for an invitation.',
  );
}

function linkInvalid(): AuthError {
  return new AuthError(
    'LINK_INVALID',
    'This setup link is incomplete or has expired. Restarting the server prints a new one.',
  );
}
