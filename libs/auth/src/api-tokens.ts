import { randomUUID } from 'node:crypto';
import type { Clock } from '#config';
import type { Storage, StoredToken } from '#storage';
import { actorOf, noteOf } from './audit-note.ts';
import { AuthError } from './auth-error.ts';
import { isUuid } from './is-uuid.ts';
import type { Origin } from './origin.ts';
import type { Principal } from './principal.ts';
import { userNotFound } from './refusals.ts';
import { hashOfSecret, hintOf, newApiToken } from './secrets.ts';

/** What API tokens need of the world. */
export interface ApiTokensParts {
  readonly storage: Pick<Storage, 'apiTokens'>;
  readonly clock: Clock;
}

/** A token that is to be made. */
export interface TokenRequest {
  readonly name: string;
  /** Names of permissions. */
  readonly scopes: readonly string[];
  /** `null`: until it is revoked. */
  readonly expiresAt: Date | null;
}

type From = Pick<Origin, 'address'>;

/** The keys of programs. Each belongs to an account and never may more than that. */
export class ApiTokens {
  private readonly parts: ApiTokensParts;

  constructor(parts: ApiTokensParts) {
    this.parts = parts;
  }

  /** The account's tokens, also those that are expired or revoked. */
  async list({ accountId }: Principal): Promise<StoredToken[]> {
    return await this.parts.storage.apiTokens.list(accountId);
  }

  /**
   * A new token. Its secret is given back here and known nowhere else.
   *
   * @throws AuthError SCOPE_NOT_ALLOWED: a scope that the account does not have itself
   */
  async create(
    { name, scopes, expiresAt }: TokenRequest,
    principal: Principal,
    origin: From,
  ): Promise<{ token: StoredToken; secret: string }> {
    const outside = scopes.find(scope => !principal.permissions.some(permission => permission === scope));
    if (outside !== undefined) throw notAllowed(outside, principal);
    const now = this.parts.clock.now();
    const secret = newApiToken();
    const token: StoredToken = {
      tokenId: randomUUID(),
      accountId: principal.accountId,
      name: name.trim(),
      hint: hintOf(secret),
      scopes: [...new Set(scopes)],
      createdAt: now,
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    const details = { name: token.name, scopes: token.scopes, expiresAt: expiresAt?.toISOString() ?? null };
    const note = noteOf(now, actorOf(principal, origin), 'token.create', {
      subject: `token:${token.tokenId}`,
      details,
    });
    const toCreate = { ...token, tokenHash: hashOfSecret(secret) };
    if (!(await this.parts.storage.apiTokens.create(toCreate, note))) throw userNotFound();
    return { token, secret };
  }

  /** @throws AuthError TOKEN_NOT_FOUND: none of this account's, or it was revoked before */
  async revoke(tokenId: string, principal: Principal, origin: From): Promise<void> {
    const now = this.parts.clock.now();
    const note = noteOf(now, actorOf(principal, origin), 'token.revoke', { subject: `token:${tokenId}` });
    const { apiTokens } = this.parts.storage;
    if (!isUuid(tokenId) || !(await apiTokens.revoke(principal.accountId, tokenId, now, note)))
      throw new AuthError('TOKEN_NOT_FOUND', 'You have no such token, or it is revoked already.');
  }
}

function notAllowed(scope: string, { permissions }: Principal): AuthError {
  const own = permissions.join(', ');
  return new AuthError('SCOPE_NOT_ALLOWED', `A token of yours cannot have the scope "${scope}". You have: ${own}.`);
}
