import type { Permission, AccountRole } from './permissions.ts';

/** Who makes a request: an account, and by what it was recognised. Made anew for each request. */
export interface Principal {
  /** A browser's session, or a program's token. */
  readonly via: 'session' | 'token';
  /** The public id (UUID) of that session or token: names it in lists and in the audit log, and gives no access. */
  readonly id: string;
  readonly accountId: number;
  readonly email: string;
  readonly name: string;
  readonly role: AccountRole;
  /** By what else the account can sign in. */
  readonly hasPassword: boolean;
  readonly hasGoogle: boolean;
  /** The networks that may be seen; `null`: all. */
  readonly networks: readonly string[] | null;
  /** What may be done: of the account's permissions those that the token is scoped to, or all. */
  readonly permissions: readonly Permission[];
  /** When the session or token ends at the latest; `null`: never. */
  readonly expiresAt: Date | null;
}

/** Whether the principal may see that network. */
export function mayView({ networks }: Pick<Principal, 'networks'>, network: string): boolean {
  return networks === null || networks.includes(network);
}
