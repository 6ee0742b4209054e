import { accountSubject, type Storage, type StoredAccount, type StoredLink } from '#storage';
import { actorOf, noteOf, provenActor } from './audit-note.ts';
import { AuthError } from './auth-error.ts';
import type { Origin } from './origin.ts';
import type { Passwords } from './passwords.ts';
import type { Principal } from './principal.ts';
import { userNotFound } from './refusals.ts';
import { hashOfSecret, isSecret, newSecret } from './secrets.ts';
import { type NewSession, SessionOpener, type SessionOpenerParts } from './session-opener.ts';

const DAY_MS = 86_400_000;
/** An invitation may lie in a mailbox over a weekend; a reset is wanted now. */
const LIFETIME_MS = { invite: 7 * DAY_MS, reset: DAY_MS } as const;

/** What links need of the world. */
export interface LinksParts extends SessionOpenerParts {
  readonly storage: Pick<Storage, 'accounts' | 'sessions' | 'accountLinks'>;
  readonly passwords: Passwords;
}

/** Links by which people choose a password. An admin makes and hands them over; each works once. */
export class Links {
  private readonly parts: LinksParts;
  private readonly opener: SessionOpener;

  constructor(parts: LinksParts) {
    this.parts = parts;
    this.opener = new SessionOpener(parts);
  }

  /**
   * A new link for an account: an invitation while it cannot sign in yet, otherwise a reset. A former link of the account no
   * longer works; its sessions stay until the link is used.
   *
   * @throws AuthError USER_NOT_FOUND
   */
  async create(
    accountId: number,
    by: Principal,
    origin: Pick<Origin, 'address'>,
  ): Promise<{ purpose: 'invite' | 'reset'; secret: string; expiresAt: Date }> {
    const account = await this.parts.storage.accounts.find(accountId);
    if (account === null) throw userNotFound();
    const purpose = account.hasPassword || account.hasGoogle ? 'reset' : 'invite';
    const now = this.parts.clock.now();
    const secret = newSecret();
    const expiresAt = new Date(now.getTime() + LIFETIME_MS[purpose]);
    const link = { purpose, accountId, expiresAt, tokenHash: hashOfSecret(secret), createdAt: now } as const;
    const about = { subject: accountSubject(accountId), details: { purpose, email: account.email } };
    const note = noteOf(now, actorOf(by, origin), 'link.create', about);
    if (!(await this.parts.storage.accountLinks.create(link, note))) throw userNotFound();
    return { purpose, secret, expiresAt };
  }

  /**
   * What a link is for, before it is used.
   *
   * @returns `email`: whose password will be set; `null` for a setup link, whose account is yet to be made
   * @throws AuthError LINK_INVALID
   */
  async check(secret: string): Promise<{ purpose: StoredLink['purpose']; email: string | null }> {
    const { purpose, accountId } = await this.find(secret);
    if (accountId === null) return { purpose, email: null };
    const { email } = await this.accountOf(accountId);
    return { purpose, email };
  }

  /**
   * Sets the password that was chosen, ends all sessions of the account and begins a new one. The link no longer works.
   *
   * @throws AuthError LINK_INVALID, also while the account is disabled; WEAK_PASSWORD, after which the link still works; TOO_BUSY;
   *   SIGN_IN_FAILED: the account was changed at this very moment, and the link is used up
   */
  async use(
    { secret, password }: { readonly secret: string; readonly password: string },
    origin: Origin,
  ): Promise<NewSession> {
    const { purpose, accountId } = await this.find(secret);
    if (accountId === null || purpose === 'setup') throw linkInvalid();
    const account = await this.accountOf(accountId);
    const passwordHash = await this.parts.passwords.hashNew(password, account);
    const now = this.parts.clock.now();
    const actor = provenActor(account, 'link', origin);
    const note = noteOf(now, actor, 'link.use', { subject: accountSubject(accountId), details: { purpose } });
    const used = await this.parts.storage.accountLinks.use(hashOfSecret(secret), now, passwordHash, note);
    if (used === null) throw linkInvalid();
    return await this.opener.open({ account: used, method: purpose, by: actor, passwordHash }, origin);
  }

  private async find(secret: string): Promise<StoredLink> {
    const now = this.parts.clock.now();
    const link = isSecret(secret) ? await this.parts.storage.accountLinks.find(hashOfSecret(secret), now) : null;
    if (link === null) throw linkInvalid();
    return link;
  }

  private async accountOf(accountId: number): Promise<StoredAccount> {
    const account = await this.parts.storage.accounts.find(accountId);
    if (account === null) throw linkInvalid();
    return account;
  }
}

function linkInvalid(): AuthError {
  return new AuthError(
    'LINK_INVALID',
    'This link has been used, replaced or has expired. An admin can make a new one.',
  );
}
