import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditNote, LinkToCreate, StoredAccount, StoredLink } from '../account.types.ts';
import { holdAccount } from './account-rows.ts';
import { noteAbout, writeNote } from './audit-notes.ts';
import { msOf } from './instants.ts';

/** Links that work once: to set the first admin up, to accept an invitation, to set a new password. */
export class AccountLinks {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /**
   * Adds a link. An account has one at a time: the former works no longer. Setup links may be many, until the first of them
   * is used. False: there is no such account.
   */
  async create(link: LinkToCreate, note: AuditNote | null): Promise<boolean> {
    const { tokenHash, purpose, accountId, createdAt, expiresAt } = link;
    return await this.em.fork().transactional(async em => {
      if (accountId !== null && (await holdAccount(em, accountId)) === null) return false;
      if (accountId !== null) await em.execute('delete from account_link where account_id = ?', [accountId]);
      await em.execute(
        'insert into account_link (token_hash, purpose, account_id, created_at, expires_at) values (?, ?, ?, ?, ?)',
        [tokenHash, purpose, accountId, createdAt, expiresAt],
      );
      if (note !== null) await writeNote(em, note);
      return true;
    });
  }

  /** The link. `null`: there is none, or it was used, or has expired, or its account is disabled. */
  async find(tokenHash: Buffer, now: Date): Promise<StoredLink | null> {
    const [row] = await this.em
      .fork()
      .execute<{ purpose: StoredLink['purpose']; account_id: number | null; expires_ms: number }[]>(
        `select purpose, account_id, ${msOf('expires_at')} as expires_ms
         from account_link left join account using (account_id)
         where token_hash = ? and expires_at > ? and disabled_at is null`,
        [tokenHash, now],
      );
    if (row === undefined) return null;
    return { purpose: row.purpose, accountId: row.account_id, expiresAt: new Date(row.expires_ms) };
  }

  /**
   * Uses an invitation or a reset link up: sets the password and ends all sessions of the account. Of many who try at once
   * one gets the account. A note without a subject is about it. `null`: as in {@link find}, or it is a setup link.
   */
  async use(tokenHash: Buffer, now: Date, passwordHash: string, note: AuditNote): Promise<StoredAccount | null> {
    return await this.em.fork().transactional(async em => {
      const accountId = await accountOfLink(em, tokenHash);
      if (accountId === null) return null;
      const account = await holdAccount(em, accountId);
      if (account === null || account.disabledAt !== null) return null;
      if (!(await takeLink(em, tokenHash, now))) return null;
      await em.execute('update account set password_hash = ? where account_id = ?', [passwordHash, accountId]);
      await em.execute('delete from session where account_id = ?', [accountId]);
      await writeNote(em, noteAbout(note, accountId));
      return { ...account, hasPassword: true };
    });
  }
}

/** Known before the account is held, and therefore only a hint: the link may be used meanwhile. */
async function accountOfLink(em: EntityManager, tokenHash: Buffer): Promise<number | null> {
  const sql = 'select account_id from account_link where token_hash = ?';
  const [row] = await em.execute<{ account_id: number | null }[]>(sql, [tokenHash]);
  return row?.account_id ?? null;
}

async function takeLink(em: EntityManager, tokenHash: Buffer, now: Date): Promise<boolean> {
  const sql = 'delete from account_link where token_hash = ? and expires_at > ? returning purpose';
  return (await em.execute(sql, [tokenHash, now])).length > 0;
}
