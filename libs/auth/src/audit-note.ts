import type { AuditNote, StoredAccount } from '#storage';
import type { Origin } from './origin.ts';
import type { Principal } from './principal.ts';

/** What is written into the audit log. Permanent: entries are kept and filtered by it. */
export type AuditAction =
  | 'setup.finish'
  | 'session.begin'
  | 'session.end'
  | 'session.revoke'
  | 'sign_in.fail'
  | 'sign_in.delay'
  | 'password.change'
  | 'link.create'
  | 'link.use'
  | 'account.create'
  | 'account.change'
  | 'account.disable'
  | 'account.enable'
  | 'account.delete'
  | 'token.create'
  | 'token.revoke'
  | 'network.change'
  | 'machine.test'
  | 'machine.pause'
  | 'machine.resume';

/** Who did it, and where from. */
export type Actor = Pick<AuditNote, 'accountId' | 'actor' | 'via' | 'address'>;

/** Somebody who is signed in. */
export function actorOf(principal: Principal, { address }: Pick<Origin, 'address'>): Actor {
  const { accountId, email, via, id } = principal;
  return { accountId, actor: email, via: `${via}:${id}`, address };
}

/** Somebody who has just shown who they are, by a password, by Google or by a link (`via`). */
export function provenActor(
  account: Pick<StoredAccount, 'accountId' | 'email'>,
  via: 'link' | null,
  { address }: Pick<Origin, 'address'>,
): Actor {
  return { accountId: account.accountId, actor: account.email, via, address };
}

/** Somebody who is not known, by what they call themselves. */
export function unknownActor(claimed: string, via: 'link' | null, { address }: Pick<Origin, 'address'>): Actor {
  return { accountId: null, actor: claimed, via, address };
}

/** What somebody is called who has given no e-mail address. */
export const NO_ADDRESS = '(no e-mail address)';

/** The server itself, at its start. */
export const SERVER_ACTOR: Actor = { accountId: null, actor: 'server', via: 'server', address: null };

/** An entry to be written with what it tells of. */
export function noteOf(
  at: Date,
  actor: Actor,
  action: AuditAction,
  about: { readonly subject?: string | null; readonly details?: AuditNote['details'] } = {},
): AuditNote {
  return { at, ...actor, action, subject: about.subject ?? null, details: about.details ?? {} };
}
