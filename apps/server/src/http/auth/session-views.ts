import type { Request, Response } from 'express';
import { PERMISSION_NAMES, type NewSession, type Principal, type Setup } from '#auth';
import type { Clock } from '#config';
import type { Storage } from '#storage';
import { setSessionCookie } from '../access/cookies.ts';
import { isInsecure } from '../access/insecure.ts';
import type { AccountView, SessionView } from './session.dto.ts';

/** How many admins are named to somebody who needs one. */
const MAX_CONTACTS = 3;

/** What the answers about sessions are made of. */
export interface SessionViewParts {
  readonly accounts: Pick<Storage['accounts'], 'admins'>;
  readonly setup: Pick<Setup, 'needed'>;
  /** Through whom one can sign in. */
  readonly providers: Pick<SessionView, 'google'>;
  readonly clock: Clock;
}

/** Says who is signed in. */
export class SessionViews {
  private readonly parts: SessionViewParts;

  constructor(parts: SessionViewParts) {
    this.parts = parts;
  }

  /** Signs the browser in that asks, by the cookie of a session that has just begun, and says so. */
  async begin(request: Request, response: Response, session: NewSession): Promise<SessionView> {
    setSessionCookie(response, session, this.parts.clock.now());
    return await this.of(request, session.principal);
  }

  /** @param principal `null`: nobody is signed in */
  async of(request: Request, principal: Principal | null): Promise<SessionView> {
    const { setup, providers } = this.parts;
    return {
      account: principal === null ? null : accountView(principal),
      via: principal?.via ?? null,
      expiresAt: principal?.expiresAt?.toISOString() ?? null,
      setupNeeded: principal === null && (await setup.needed()),
      ...providers,
      insecure: isInsecure(request),
      contacts: await this.contactsFor(principal),
    };
  }

  /** Who can help: told to those who may lack something, and to nobody who is not signed in. */
  private async contactsFor(principal: Principal | null): Promise<string[]> {
    const lacks = principal !== null && principal.permissions.length < PERMISSION_NAMES.length;
    return lacks ? await this.parts.accounts.admins(MAX_CONTACTS, this.parts.providers) : [];
  }
}

function accountView(principal: Principal): AccountView {
  const { accountId: id, email, name, role, networks, permissions, hasPassword, hasGoogle } = principal;
  return {
    id,
    email,
    name,
    role,
    permissions: [...permissions],
    networks: networks === null ? null : [...networks],
    hasPassword,
    hasGoogle,
  };
}
