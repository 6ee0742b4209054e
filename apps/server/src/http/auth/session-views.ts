import type { Request } from 'express';
import type { Principal, Setup } from '#auth';
import type { Storage } from '#storage';
import { isInsecure } from '../access/insecure.ts';
import type { AccountView, SessionView } from './session.dto.ts';

/** How many admins are named to whoever needs one. */
const MAX_CONTACTS = 3;

/** What the answers about sessions are made of. */
export interface SessionViewParts {
  readonly accounts: Pick<Storage['accounts'], 'find' | 'admins'>;
  readonly setup: Pick<Setup, 'needed'>;
  /** Through whom one can sign in. */
  readonly providers: Pick<SessionView, 'google'>;
}

/** Says who is signed in. */
export class SessionViews {
  private readonly parts: SessionViewParts;

  constructor(parts: SessionViewParts) {
    this.parts = parts;
  }

  /** @param principal `null`: nobody is signed in, so nobody is told who could help */
  async of(request: Request, principal: Principal | null): Promise<SessionView> {
    const { accounts, setup, providers } = this.parts;
    const ways = { ...providers, insecure: isInsecure(request) };
    const nobody = { account: null, via: null, expiresAt: null, contacts: [] };
    if (principal === null) return { ...nobody, setupNeeded: await setup.needed(), ...ways };
    const [account, contacts] = await Promise.all([this.accountOf(principal), accounts.admins(MAX_CONTACTS)]);
    if (account === null) return { ...nobody, setupNeeded: false, ...ways };
    const expiresAt = principal.expiresAt?.toISOString() ?? null;
    return { account, via: principal.via, expiresAt, setupNeeded: false, ...ways, contacts };
  }

  /** `null`: it was deleted since the request was let in. */
  private async accountOf(principal: Principal): Promise<AccountView | null> {
    const stored = await this.parts.accounts.find(principal.accountId);
    if (stored === null) return null;
    const { accountId: id, email, name, role, networks, permissions } = principal;
    return {
      id,
      email,
      name,
      role,
      permissions: [...permissions],
      networks: networks === null ? null : [...networks],
      hasPassword: stored.hasPassword,
      hasGoogle: stored.hasGoogle,
    };
  }
}
