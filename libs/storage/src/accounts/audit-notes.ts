import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditNote } from '../account.types.ts';
import { type Columns, recordset, recordsetParameter } from '../recordset.ts';
import { shortened } from './stored-text.ts';

const COLUMNS = {
  at: 'timestamptz',
  account_id: 'integer',
  actor: 'text',
  via: 'text',
  address: 'text',
  action: 'text',
  subject: 'text',
  details: 'jsonb',
} as const satisfies Columns;

const NAMES = Object.keys(COLUMNS).join(', ');

/** Adds the note to the audit log, within the transaction of what it tells of. */
export async function writeNote(em: EntityManager, note: AuditNote): Promise<void> {
  const { at, accountId, actor, via, address, action, subject, details } = note;
  const row = {
    at,
    account_id: accountId,
    actor: shortened(actor),
    via: via === null ? null : shortened(via),
    address: address === null ? null : shortened(address),
    action,
    subject: subject === null ? null : shortened(subject),
    details,
  };
  await em.execute(`insert into audit_entry (${NAMES}) select ${NAMES} from ${recordset('r', COLUMNS)}`, [
    recordsetParameter([row]),
  ]);
}

/** How an account is named as the subject of an entry. */
export function accountSubject(accountId: number): string {
  return `account:${accountId}`;
}

/** The note about an account whose id was not known when it was written. */
export function noteAbout(note: AuditNote, accountId: number): AuditNote {
  return note.subject === null ? { ...note, subject: accountSubject(accountId) } : note;
}
