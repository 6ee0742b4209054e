import type { EntityManager } from '@mikro-orm/postgresql';
import type { NewAccount, StoredAccount } from '../account.types.ts';
import { type Columns, recordset, recordsetParameter } from '../recordset.ts';
import { ACCOUNT_COLUMNS, accountOf, type AccountRow } from './account-rows.ts';
import { storedEmail } from './stored-text.ts';

const COLUMNS = {
  email: 'text',
  name: 'text',
  role: 'text',
  networks: 'jsonb',
  password_hash: 'text',
  google_subject: 'text',
  created_at: 'timestamptz',
} as const satisfies Columns;

const NAMES = Object.keys(COLUMNS).join(', ');

/** Adds the account; `null`: its e-mail address or its Google subject belongs to another. */
export async function insertAccount(em: EntityManager, account: NewAccount): Promise<StoredAccount | null> {
  const row = {
    email: storedEmail(account.email),
    name: account.name,
    role: account.role,
    networks: account.networks,
    password_hash: account.passwordHash,
    google_subject: account.googleSubject,
    created_at: account.createdAt,
  };
  const [created] = await em.execute<AccountRow[]>(
    `insert into account (${NAMES}) select ${NAMES} from ${recordset('r', COLUMNS)}
     on conflict do nothing returning ${ACCOUNT_COLUMNS}`,
    [recordsetParameter([row])],
  );
  return created === undefined ? null : accountOf(created);
}
