import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditNote, SessionToBegin, StoredAccount, StoredSession } from '../account.types.ts';
import { type Columns, recordset, recordsetParameter } from '../recordset.ts';
import { ACCOUNT_COLUMNS, accountOf, type AccountRow, holdAccount } from './account-rows.ts';
import { writeNote } from './audit-notes.ts';
import { msOf } from './instants.ts';
import { storedEmail } from './stored-text.ts';

/** When a session counts as used no longer. */
export interface SessionLimit {
  readonly now: Date;
  /** How long it may be unused. */
  readonly idleMs: number;
}

const COLUMNS = {
  session_id: 'text',
  account_id: 'integer',
  method: 'text',
  address: 'text',
  user_agent: 'text',
  created_at: 'timestamptz',
  last_used_at: 'timestamptz',
  expires_at: 'timestamptz',
} as const satisfies Columns;

const NAMES = Object.keys(COLUMNS).join(', ');

/** What {@link SELECTED} selects. */
interface SessionRow {
  readonly session_id: string;
  readonly account_id: number;
  readonly method: StoredSession['method'];
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly created_ms: number;
  readonly last_used_ms: number;
  readonly expires_ms: number;
}

const SELECTED = `session.session_id, session.account_id, session.method, session.address, session.user_agent,
  ${msOf('session.created_at')} as created_ms, ${msOf('session.last_used_at')} as last_used_ms,
  ${msOf('session.expires_at')} as expires_ms`;

/** SQL; its parameters come from {@link limitOf}. */
const IS_ALIVE = 'session.expires_at > ? and session.last_used_at > ?';

function limitOf({ now, idleMs }: SessionLimit): [Date, Date] {
  return [now, new Date(now.getTime() - idleMs)];
}

/** Browsers that are signed in. Read anew with each request: what ends here is over at once. */
export class Sessions {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /**
   * Begins a session and ends the one it replaces, whoever's that was. False, and nothing has begun: its account is gone or
   * disabled, or has another password by now than the one that was checked. The note says which session was replaced.
   */
  async begin(session: SessionToBegin, replaces: Buffer | null, note: AuditNote): Promise<boolean> {
    return await this.em.fork().transactional(async em => {
      if (!(await maySignIn(em, session))) return false;
      await em.execute(
        `insert into session (token_hash, ${NAMES}) select ?::bytea, ${NAMES} from ${recordset('r', COLUMNS)}`,
        [session.tokenHash, recordsetParameter([rowOf(session)])],
      );
      const replaced = replaces === null ? null : await endReplaced(em, replaces);
      await writeNote(em, replaced === null ? note : { ...note, details: { ...note.details, replaced } });
      return true;
    });
  }

  /** The session and whose it is. `null`: nobody's, or it is over, or its account is disabled. */
  async find(
    tokenHash: Buffer,
    limit: SessionLimit,
  ): Promise<{ session: StoredSession; account: StoredAccount } | null> {
    const [row] = await this.em.fork().execute<(SessionRow & AccountRow)[]>(
      `select ${SELECTED}, ${ACCOUNT_COLUMNS} from session join account using (account_id)
       where session.token_hash = ? and account.disabled_at is null and ${IS_ALIVE}`,
      [tokenHash, ...limitOf(limit)],
    );
    return row === undefined ? null : { session: sessionOf(row), account: accountOf(row) };
  }

  /** From where the account with this e-mail address has signed in, by its sessions that are still stored, expired or not. */
  async addressesOf(email: string): Promise<string[]> {
    const rows = await this.em.fork().execute<{ address: string }[]>(
      `select distinct session.address from session join account using (account_id)
       where account.email = ? and session.address is not null`,
      [storedEmail(email)],
    );
    return rows.map(({ address }) => address);
  }

  /** Notes that it was used. */
  async touch(sessionId: string, at: Date): Promise<void> {
    const sql = 'update session set last_used_at = ? where session_id = ? and last_used_at < ?';
    await this.em.fork().execute(sql, [at, sessionId, at]);
  }

  /** The account's sessions that are not over, the last used first. */
  async list(accountId: number, limit: SessionLimit): Promise<StoredSession[]> {
    const rows = await this.em.fork().execute<SessionRow[]>(
      `select ${SELECTED} from session where account_id = ? and ${IS_ALIVE}
       order by last_used_at desc, session_id`,
      [accountId, ...limitOf(limit)],
    );
    return rows.map(sessionOf);
  }

  /** Ends one session of the account. False: it has none such. */
  async end(accountId: number, sessionId: string, note: AuditNote): Promise<boolean> {
    return await this.em.fork().transactional(async em => {
      const sql = 'delete from session where account_id = ? and session_id = ? returning session_id';
      const ended = await em.execute(sql, [accountId, sessionId]);
      if (ended.length > 0) await writeNote(em, note);
      return ended.length > 0;
    });
  }

  /** Ends all sessions of the account but one; how many that were. */
  async endAll(accountId: number, exceptSessionId: string | null, note: AuditNote): Promise<number> {
    return await this.em.fork().transactional(async em => {
      await holdAccount(em, accountId);
      const sql = 'delete from session where account_id = ? and session_id is distinct from ? returning session_id';
      const ended = await em.execute(sql, [accountId, exceptSessionId]);
      if (ended.length > 0) await writeNote(em, note);
      return ended.length;
    });
  }

  /** Those of the sessions that are not over, of enabled accounts, with what their accounts may see now. */
  async alive(
    sessionIds: readonly string[],
    limit: SessionLimit,
  ): Promise<({ sessionId: string } & Pick<StoredAccount, 'role' | 'networks'>)[]> {
    if (sessionIds.length === 0) return [];
    const rows = await this.em.fork().execute<({ session_id: string } & Pick<StoredAccount, 'role' | 'networks'>)[]>(
      `select session.session_id, account.role, account.networks from session join account using (account_id)
       where session.session_id in (?) and account.disabled_at is null and ${IS_ALIVE}`,
      [sessionIds, ...limitOf(limit)],
    );
    return rows.map(({ session_id, role, networks }) => ({ sessionId: session_id, role, networks }));
  }
}

/** Holds the account as it is: neither its password changes nor is it disabled until the session has begun. */
async function maySignIn(em: EntityManager, { accountId, passwordHash }: SessionToBegin): Promise<boolean> {
  const rows = await em.execute<{ password_hash: string | null }[]>(
    'select password_hash from account where account_id = ? and disabled_at is null for share',
    [accountId],
  );
  return rows.length > 0 && (passwordHash === undefined || rows[0]?.password_hash === passwordHash);
}

/** Ends the session of this cookie; gives back its id, or `null`: there was none. */
async function endReplaced(em: EntityManager, tokenHash: Buffer): Promise<string | null> {
  const sql = 'delete from session where token_hash = ? returning session_id';
  const [ended] = await em.execute<{ session_id: string }[]>(sql, [tokenHash]);
  return ended?.session_id ?? null;
}

function rowOf(session: StoredSession) {
  return {
    session_id: session.sessionId,
    account_id: session.accountId,
    method: session.method,
    address: session.address,
    user_agent: session.userAgent,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    expires_at: session.expiresAt,
  };
}

function sessionOf(row: SessionRow): StoredSession {
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    method: row.method,
    address: row.address,
    userAgent: row.user_agent,
    createdAt: new Date(row.created_ms),
    lastUsedAt: new Date(row.last_used_ms),
    expiresAt: new Date(row.expires_ms),
  };
}
