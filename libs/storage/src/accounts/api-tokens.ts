import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditNote, StoredAccount, StoredToken } from '../account.types.ts';
import { type Columns, recordset, recordsetParameter } from '../recordset.ts';
import { ACCOUNT_COLUMNS, accountOf, type AccountRow, holdAccount } from './account-rows.ts';
import { writeNote } from './audit-notes.ts';
import { instantOf, msOf } from './instants.ts';

const COLUMNS = {
  token_id: 'text',
  account_id: 'integer',
  name: 'text',
  hint: 'text',
  scopes: 'jsonb',
  created_at: 'timestamptz',
  expires_at: 'timestamptz',
  last_used_at: 'timestamptz',
  revoked_at: 'timestamptz',
} as const satisfies Columns;

const NAMES = Object.keys(COLUMNS).join(', ');

/** What {@link SELECTED} selects. */
interface TokenRow {
  readonly token_id: string;
  readonly account_id: number;
  readonly token_name: string;
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly created_ms: number;
  readonly expires_ms: number | null;
  readonly last_used_ms: number | null;
  readonly revoked_ms: number | null;
}

const SELECTED = `api_token.token_id, api_token.account_id, api_token.name as token_name, api_token.hint, api_token.scopes,
  ${msOf('api_token.created_at')} as created_ms, ${msOf('api_token.expires_at')} as expires_ms,
  ${msOf('api_token.last_used_at')} as last_used_ms, ${msOf('api_token.revoked_at')} as revoked_ms`;

/** SQL; its parameter is now. */
const IS_ALIVE = `api_token.revoked_at is null and coalesce(api_token.expires_at, 'infinity') > ?`;

/** The keys of programs. A revoked one stays in the list and opens nothing. */
export class ApiTokens {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** Adds a token. False: its account is gone. */
  async create(token: StoredToken & { readonly tokenHash: Buffer }, note: AuditNote): Promise<boolean> {
    return await this.em.fork().transactional(async em => {
      if ((await holdAccount(em, token.accountId)) === null) return false;
      await em.execute(
        `insert into api_token (token_hash, ${NAMES}) select ?::bytea, ${NAMES} from ${recordset('r', COLUMNS)}`,
        [token.tokenHash, recordsetParameter([rowOf(token)])],
      );
      await writeNote(em, note);
      return true;
    });
  }

  /** The token and whose it is. `null`: nobody's, or expired, or revoked, or its account is disabled. */
  async find(tokenHash: Buffer, now: Date): Promise<{ token: StoredToken; account: StoredAccount } | null> {
    const [row] = await this.em.fork().execute<(TokenRow & AccountRow)[]>(
      `select ${SELECTED}, ${ACCOUNT_COLUMNS} from api_token join account using (account_id)
       where api_token.token_hash = ? and account.disabled_at is null and ${IS_ALIVE}`,
      [tokenHash, now],
    );
    return row === undefined ? null : { token: tokenOf(row), account: accountOf(row) };
  }

  /** Notes that it was used. */
  async touch(tokenId: string, at: Date): Promise<void> {
    const sql = `update api_token set last_used_at = ? where token_id = ? and coalesce(last_used_at, '-infinity') < ?`;
    await this.em.fork().execute(sql, [at, tokenId, at]);
  }

  /** All tokens that the account ever had, the newest first. */
  async list(accountId: number): Promise<StoredToken[]> {
    const sql = `select ${SELECTED} from api_token where account_id = ? order by created_at desc, token_id`;
    return (await this.em.fork().execute<TokenRow[]>(sql, [accountId])).map(tokenOf);
  }

  /** Revokes a token of the account. False: it has none such, or it was revoked before. */
  async revoke(accountId: number, tokenId: string, at: Date, note: AuditNote): Promise<boolean> {
    return await this.em.fork().transactional(async em => {
      const revoked = await em.execute(
        `update api_token set revoked_at = ? where account_id = ? and token_id = ? and revoked_at is null
         returning token_id`,
        [at, accountId, tokenId],
      );
      if (revoked.length > 0) await writeNote(em, note);
      return revoked.length > 0;
    });
  }

  /** Those of the tokens that are still good, of enabled accounts, with what their accounts may see now. */
  async alive(
    tokenIds: readonly string[],
    now: Date,
  ): Promise<({ tokenId: string } & Pick<StoredAccount, 'role' | 'networks'>)[]> {
    if (tokenIds.length === 0) return [];
    const rows = await this.em.fork().execute<({ token_id: string } & Pick<StoredAccount, 'role' | 'networks'>)[]>(
      `select api_token.token_id, account.role, account.networks from api_token join account using (account_id)
       where api_token.token_id in (?) and account.disabled_at is null and ${IS_ALIVE}`,
      [tokenIds, now],
    );
    return rows.map(({ token_id, role, networks }) => ({ tokenId: token_id, role, networks }));
  }
}

function rowOf(token: StoredToken) {
  return {
    token_id: token.tokenId,
    account_id: token.accountId,
    name: token.name,
    hint: token.hint,
    scopes: token.scopes,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    last_used_at: token.lastUsedAt,
    revoked_at: token.revokedAt,
  };
}

function tokenOf(row: TokenRow): StoredToken {
  return {
    tokenId: row.token_id,
    accountId: row.account_id,
    name: row.token_name,
    hint: row.hint,
    scopes: row.scopes,
    createdAt: new Date(row.created_ms),
    expiresAt: instantOf(row.expires_ms),
    lastUsedAt: instantOf(row.last_used_ms),
    revokedAt: instantOf(row.revoked_ms),
  };
}
