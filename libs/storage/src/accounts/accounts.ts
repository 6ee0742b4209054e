import type { EntityManager } from '@mikro-orm/postgresql';
import type { AccountChanges, AuditNote, NewAccount, StoredAccount } from '../account.types.ts';
import { hasCode } from '../has-code.ts';
import { type Columns, recordset, recordsetParameter } from '../recordset.ts';
import { withoutNul } from '../without-nul.ts';
import {
  ACCOUNT_COLUMNS,
  accountOf,
  type AccountRow,
  holdAccount,
  fullAdmin,
  lockAccounts,
  selectAccounts,
} from './account-rows.ts';
import { noteAbout, writeNote } from './audit-notes.ts';
import { applyChanges, EVERY_WAY, isFullAdmin, type SignInWays } from './change-account.ts';
import { insertAccount } from './insert-account.ts';
import { storedEmail } from './stored-text.ts';
import { SWEEP_ACCOUNTS } from './sweep-accounts.ts';

const CHANGED_COLUMNS = {
  name: 'text',
  role: 'text',
  networks: 'jsonb',
  disabled_at: 'timestamptz',
} as const satisfies Columns;

/** PostgreSQL's code: another row has this value. */
const NOT_UNIQUE = '23505';

/** What somebody had shown before he chose another password. */
export interface PasswordProof {
  /** What the former password was compared with; `null`: there was none. */
  readonly verifiedHash: string | null;
  /** The session that asks, which stays; `null`: none does. */
  readonly keepSession: string | null;
}

/** The setup link that the first admin came with. */
export interface UsedSetupLink {
  readonly tokenHash: Buffer;
  readonly now: Date;
}

/**
 * Who may use distomon. Each change and its note in the audit log are one transaction; nothing is noted when nothing has
 * changed.
 */
export class Accounts {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** Makes an account. A note without a subject is about it. `null`: that e-mail, or Google's subject, has one already. */
  async create(account: NewAccount, note: AuditNote): Promise<StoredAccount | null> {
    return await this.em.fork().transactional(async em => {
      await lockAccounts(em);
      const created = await insertAccount(em, account);
      if (created !== null) await writeNote(em, noteAbout(note, created.accountId));
      return created;
    });
  }

  /**
   * Makes the first admin, who sees all networks, and uses up the link, if it takes one, and all other setup links. Of many
   * who try at once, in all processes, one succeeds. `not-first`: there is an account already, of whatever role.
   */
  async createFirstAdmin(
    account: Omit<NewAccount, 'role' | 'networks'>,
    link: UsedSetupLink | null,
    note: AuditNote,
  ): Promise<StoredAccount | 'not-first' | 'link-invalid'> {
    return await this.em.fork().transactional(async em => {
      await lockAccounts(em);
      if (await isAnyAccount(em)) return 'not-first';
      if (link !== null && !(await isSetupLink(em, link))) return 'link-invalid';
      const created = await insertAccount(em, { ...account, role: 'admin', networks: null });
      if (created === null) return 'not-first';
      await em.execute(`delete from account_link where purpose = 'setup'`);
      await writeNote(em, noteAbout(note, created.accountId));
      return created;
    });
  }

  /** The account; `null`: there is none. */
  find(accountId: number): Promise<StoredAccount | null> {
    return this.one('where account_id = ?', accountId);
  }

  /** The account with this e-mail address, however it is written. */
  findByEmail(email: string): Promise<StoredAccount | null> {
    return this.one('where email = ?', storedEmail(email));
  }

  /** The account that Google's subject was linked to. */
  byGoogle(subject: string): Promise<StoredAccount | null> {
    return this.one('where google_subject = ?', withoutNul(subject));
  }

  /** At most `limit` accounts, in the order of their ids, those after this one; 0: from the first. */
  page(afterAccountId: number, limit: number): Promise<StoredAccount[]> {
    const rest = 'where account_id > ? order by account_id limit ?';
    return selectAccounts(this.em.fork(), rest, [afterAccountId, limit]);
  }

  /** Whether there is any account at all. */
  any(): Promise<boolean> {
    return isAnyAccount(this.em.fork());
  }

  /** The e-mail addresses of admins who can sign in and may do everything, in order: whom to ask. */
  async admins(limit: number, ways: SignInWays = EVERY_WAY): Promise<string[]> {
    const rest = `where ${fullAdmin(ways)} order by email limit ?`;
    return (await selectAccounts(this.em.fork(), rest, [limit])).map(({ email }) => email);
  }

  /** The account with this e-mail address and what its password is checked against. */
  async secretOf(email: string): Promise<{ account: StoredAccount; passwordHash: string | null } | null> {
    const [row] = await this.em
      .fork()
      .execute<(AccountRow & { password_hash: string | null })[]>(
        `select ${ACCOUNT_COLUMNS}, account.password_hash from account where email = ?`,
        [storedEmail(email)],
      );
    return row === undefined ? null : { account: accountOf(row), passwordHash: row.password_hash };
  }

  /** Lets Google sign the account in. False: it has another subject, or another account has this one, or there is none. */
  async linkGoogle(accountId: number, subject: string, note: AuditNote): Promise<boolean> {
    const given = withoutNul(subject);
    try {
      return await this.em.fork().transactional(async em => {
        await holdAccount(em, accountId);
        const rows = await em.execute<{ google_subject: string | null }[]>(
          'select google_subject from account where account_id = ?',
          [accountId],
        );
        const current = rows[0]?.google_subject;
        if (current !== null) return current === given;
        await em.execute('update account set google_subject = ? where account_id = ?', [given, accountId]);
        await writeNote(em, note);
        return true;
      });
    } catch (error) {
      if (hasCode(error, NOT_UNIQUE)) return false;
      throw error;
    }
  }

  /**
   * Changes what is given. One admin who can sign in and may do everything always remains. Disabling ends the sessions and
   * links for good, so that enabling brings none of them back; tokens only rest meanwhile.
   */
  async change(
    accountId: number,
    changes: AccountChanges,
    note: AuditNote,
    ways: SignInWays = EVERY_WAY,
  ): Promise<StoredAccount | 'missing' | 'last-admin'> {
    return await this.em.fork().transactional(async em => {
      await lockAccounts(em);
      const before = await holdAccount(em, accountId);
      if (before === null) return 'missing';
      const after = applyChanges(before, changes);
      if (after === before) return before;
      const isLowered = isFullAdmin(before, ways) && !isFullAdmin(after, ways);
      if (isLowered && !(await isFullAdminBeside(em, accountId, ways))) return 'last-admin';
      const changed = await writeChanges(em, after);
      if (before.disabledAt === null && after.disabledAt !== null) await endAccess(em, accountId);
      await writeNote(em, note);
      return changed ?? 'missing';
    });
  }

  /** Removes the account with its sessions, tokens and links. Its id stays in the audit log and is never used again. */
  async remove(
    accountId: number,
    note: AuditNote,
    ways: SignInWays = EVERY_WAY,
  ): Promise<'removed' | 'missing' | 'last-admin'> {
    return await this.em.fork().transactional(async em => {
      await lockAccounts(em);
      const account = await holdAccount(em, accountId);
      if (account === null) return 'missing';
      if (isFullAdmin(account, ways) && !(await isFullAdminBeside(em, accountId, ways))) return 'last-admin';
      await em.execute('delete from account where account_id = ?', [accountId]);
      await writeNote(em, note);
      return 'removed';
    });
  }

  /**
   * Sets the password, ends all its sessions but the one to keep, and removes its links. False, and nothing has changed: there
   * is no account, it has another password by now than the one that was checked, or the session to keep has ended.
   */
  async setPassword(
    accountId: number,
    passwordHash: string,
    { verifiedHash, keepSession }: PasswordProof,
    note: AuditNote,
  ): Promise<boolean> {
    return await this.em.fork().transactional(async em => {
      if ((await holdAccount(em, accountId)) === null || !(await isSessionOf(em, accountId, keepSession))) return false;
      const set = await em.execute(
        `update account set password_hash = ? where account_id = ? and password_hash is not distinct from ?
         returning account_id`,
        [passwordHash, accountId, verifiedHash],
      );
      if (set.length === 0) return false;
      await em.execute('delete from session where account_id = ? and session_id is distinct from ?', [
        accountId,
        keepSession,
      ]);
      await em.execute('delete from account_link where account_id = ?', [accountId]);
      await writeNote(em, note);
      return true;
    });
  }

  /** Notes when somebody signed in to it. */
  async signedIn(accountId: number, at: Date): Promise<void> {
    await this.em.fork().execute('update account set last_sign_in_at = ? where account_id = ?', [at, accountId]);
  }

  /** Deletes what is over: sessions, links, attempts to sign in, counts of requests. Nobody waits for it. */
  async sweep(now: Date): Promise<void> {
    for (const statement of SWEEP_ACCOUNTS) await this.em.fork().execute(statement, [now]);
  }

  private async one(rest: string, parameter: unknown): Promise<StoredAccount | null> {
    const [account] = await selectAccounts(this.em.fork(), rest, [parameter]);
    return account ?? null;
  }
}

async function isAnyAccount(em: EntityManager): Promise<boolean> {
  return (await em.execute('select 1 from account limit 1')).length > 0;
}

async function isSetupLink(em: EntityManager, { tokenHash, now }: UsedSetupLink): Promise<boolean> {
  const sql = `select 1 from account_link where token_hash = ? and purpose = 'setup' and expires_at > ?`;
  return (await em.execute(sql, [tokenHash, now])).length > 0;
}

/** Whether it is a session of the account; none always is. Asked while the account is held: nobody ends it meanwhile unseen. */
async function isSessionOf(em: EntityManager, accountId: number, sessionId: string | null): Promise<boolean> {
  if (sessionId === null) return true;
  const sql = 'select 1 from session where account_id = ? and session_id = ? for update';
  return (await em.execute(sql, [accountId, sessionId])).length > 0;
}

async function endAccess(em: EntityManager, accountId: number): Promise<void> {
  await em.execute('delete from session where account_id = ?', [accountId]);
  await em.execute('delete from account_link where account_id = ?', [accountId]);
}

async function isFullAdminBeside(em: EntityManager, accountId: number, ways: SignInWays): Promise<boolean> {
  const sql = `select 1 from account where ${fullAdmin(ways)} and account_id <> ? limit 1`;
  return (await em.execute(sql, [accountId])).length > 0;
}

/** The account as it is stored now: of a text that PostgreSQL does not take, a part is replaced. */
async function writeChanges(em: EntityManager, { accountId, ...after }: StoredAccount): Promise<StoredAccount | null> {
  const { name, role, networks, disabledAt } = after;
  const [changed] = await em.execute<AccountRow[]>(
    `update account set name = r.name, role = r.role, networks = r.networks, disabled_at = r.disabled_at
     from ${recordset('r', CHANGED_COLUMNS)} where account_id = ? returning ${ACCOUNT_COLUMNS}`,
    [recordsetParameter([{ name, role, networks, disabled_at: disabledAt }]), accountId],
  );
  return changed === undefined ? null : accountOf(changed);
}
