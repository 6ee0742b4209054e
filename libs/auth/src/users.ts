import { type Clock, normalizeEmail } from '#config';
import { accountSubject, type NewAccount, type SignInWays, type Storage, type StoredAccount } from '#storage';
import { decideChange, type UserChanges } from './decide-change.ts';
import { actorOf, noteOf } from './audit-note.ts';
import { AuthError } from './auth-error.ts';
import type { Origin } from './origin.ts';
import type { Principal } from './principal.ts';
import { userNotFound } from './refusals.ts';

/** What the administration of accounts needs of the world. */
export interface UsersParts {
  readonly storage: Pick<Storage, 'accounts' | 'sessions'>;
  readonly clock: Clock;
  /** The networks of this node, by name. */
  readonly knownNetworks: readonly string[];
  /** Which ways to sign in are on: an admin who has only one that is off is not the one who has to remain. */
  readonly ways: SignInWays;
}

/** An account that is to be made: nobody can sign in to it before a link or Google gives him a way. */
export type NewUser = Pick<NewAccount, 'email' | 'name' | 'role' | 'networks'>;

type From = Pick<Origin, 'address'>;

/** What admins do with accounts. Whether somebody may is decided before, by the permissions of the routes. */
export class Users {
  private readonly parts: UsersParts;

  constructor(parts: UsersParts) {
    this.parts = parts;
  }

  /** @throws AuthError EMAIL_TAKEN, INVALID_NETWORK */
  async create(user: NewUser, by: Principal, origin: From): Promise<StoredAccount> {
    const { email, name, role, networks } = { ...user, email: normalizeEmail(user.email), name: user.name.trim() };
    this.checkNetworks(networks);
    const now = this.parts.clock.now();
    const account = { email, name, role, networks, passwordHash: null, googleSubject: null, createdAt: now };
    const note = noteOf(now, actorOf(by, origin), 'account.create', { details: { email, name, role, networks } });
    const made = await this.parts.storage.accounts.create(account, note);
    if (made === null) throw new AuthError('EMAIL_TAKEN', `There is an account with the address ${email} already.`);
    return made;
  }

  /** Accounts in the order in which they were made. */
  async page(page: { readonly after: number; readonly limit: number }): Promise<StoredAccount[]> {
    return await this.parts.storage.accounts.page(page.after, page.limit);
  }

  /** @throws AuthError USER_NOT_FOUND */
  async find(accountId: number): Promise<StoredAccount> {
    const account = await this.parts.storage.accounts.find(accountId);
    if (account === null) throw userNotFound();
    return account;
  }

  /**
   * Changes what is named and leaves the rest. What it was and what it is stands in the audit log.
   *
   * @throws AuthError USER_NOT_FOUND, LAST_ADMIN, INVALID_NETWORK
   */
  async change(accountId: number, changes: UserChanges, by: Principal, origin: From): Promise<StoredAccount> {
    this.checkNetworks(changes.networks ?? null);
    const account = await this.find(accountId);
    const now = this.parts.clock.now();
    const decision = decideChange(account, changes, now);
    if (decision === null) return account;
    const about = { subject: accountSubject(accountId), details: { email: account.email, ...decision.details } };
    const note = noteOf(now, actorOf(by, origin), decision.action, about);
    const changed = await this.parts.storage.accounts.change(accountId, decision.changes, note, this.parts.ways);
    if (changed === 'missing') throw userNotFound();
    if (changed === 'last-admin') throw lastAdmin();
    return changed;
  }

  /**
   * Removes the account with its sessions, tokens and links. What it did stays in the audit log.
   *
   * @throws AuthError USER_NOT_FOUND, LAST_ADMIN
   */
  async remove(accountId: number, by: Principal, origin: From): Promise<void> {
    const { email } = await this.find(accountId);
    const about = { subject: accountSubject(accountId), details: { email } };
    const note = noteOf(this.parts.clock.now(), actorOf(by, origin), 'account.delete', about);
    const outcome = await this.parts.storage.accounts.remove(accountId, note, this.parts.ways);
    if (outcome === 'missing') throw userNotFound();
    if (outcome === 'last-admin') throw lastAdmin();
  }

  /**
   * Signs the account out everywhere; its tokens stay. Resolves with how many sessions there were.
   *
   * @throws AuthError USER_NOT_FOUND
   */
  async endSessions(accountId: number, by: Principal, origin: From): Promise<number> {
    const { email } = await this.find(accountId);
    const about = { subject: accountSubject(accountId), details: { email, sessions: 'all' } };
    const note = noteOf(this.parts.clock.now(), actorOf(by, origin), 'session.revoke', about);
    return await this.parts.storage.sessions.endAll(accountId, null, note);
  }

  private checkNetworks(networks: readonly string[] | null): void {
    const { knownNetworks } = this.parts;
    const unknown = networks?.find(network => !knownNetworks.includes(network));
    if (unknown === undefined) return;
    const known = knownNetworks.join(', ');
    throw new AuthError('INVALID_NETWORK', `There is no network "${unknown}" here. There are: ${known}.`);
  }
}

function lastAdmin(): AuthError {
  return new AuthError(
    'LAST_ADMIN',
    'This is the last admin who can sign in and sees all networks. Make another one first.',
  );
}
