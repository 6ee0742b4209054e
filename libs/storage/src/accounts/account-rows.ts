import type { EntityManager } from '@mikro-orm/postgresql';
import type { StoredAccount } from '../account.types.ts';
import type { SignInWays } from './change-account.ts';
import { instantOf, msOf } from './instants.ts';

/** What {@link ACCOUNT_COLUMNS} selects. */
export interface AccountRow {
  readonly account_id: number;
  readonly email: string;
  readonly account_name: string;
  readonly role: StoredAccount['role'];
  readonly networks: readonly string[] | null;
  readonly has_password: boolean;
  readonly has_google: boolean;
  readonly account_created_ms: number;
  readonly last_sign_in_ms: number | null;
  readonly disabled_ms: number | null;
}

/** The columns of `account` that say who it is, and not what signs it in. */
export const ACCOUNT_COLUMNS = `account.account_id, account.email, account.name as account_name, account.role, account.networks,
  account.password_hash is not null as has_password, account.google_subject is not null as has_google,
  ${msOf('account.created_at')} as account_created_ms, ${msOf('account.last_sign_in_at')} as last_sign_in_ms,
  ${msOf('account.disabled_at')} as disabled_ms`;

/** SQL: an admin who can sign in, in one of these ways, and may do everything. One of them always remains. */
export function fullAdmin({ google }: SignInWays): string {
  return `account.role = 'admin' and account.networks is null and account.disabled_at is null
  and (account.password_hash is not null${google ? ' or account.google_subject is not null' : ''})`;
}

export function accountOf(row: AccountRow): StoredAccount {
  return {
    accountId: row.account_id,
    email: row.email,
    name: row.account_name,
    role: row.role,
    networks: row.networks,
    hasPassword: row.has_password,
    hasGoogle: row.has_google,
    createdAt: new Date(row.account_created_ms),
    lastSignInAt: instantOf(row.last_sign_in_ms),
    disabledAt: instantOf(row.disabled_ms),
  };
}

/** The accounts for which `rest`, the statement from its `where` on, holds. */
export async function selectAccounts(em: EntityManager, rest: string, parameters: unknown[]): Promise<StoredAccount[]> {
  const rows = await em.execute<AccountRow[]>(`select ${ACCOUNT_COLUMNS} from account ${rest}`, parameters);
  return rows.map(accountOf);
}

/**
 * Makes whoever adds, changes or removes an account wait for each other, in all processes, until the transaction ends: how
 * many admins there are stays true meanwhile. Taken before any row.
 */
export async function lockAccounts(em: EntityManager): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('distomon.account', 0))`);
}

/**
 * Holds the account until the transaction ends. Whoever changes several rows that belong to an account holds it first, so
 * that no two wait for each other in a circle. `null`: there is none.
 */
export async function holdAccount(em: EntityManager, accountId: number): Promise<StoredAccount | null> {
  const [account] = await selectAccounts(em, 'where account_id = ? for no key update', [accountId]);
  return account ?? null;
}
