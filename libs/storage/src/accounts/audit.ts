import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditEntry, AuditNote, AuditWish } from '../account.types.ts';
import { withoutNul } from '../without-nul.ts';
import { writeNote } from './audit-notes.ts';
import { msOf } from './instants.ts';
import { shortened } from './stored-text.ts';

interface AuditRow {
  readonly audit_id: string;
  readonly at_ms: number;
  readonly account_id: number | null;
  readonly actor: string;
  readonly via: string | null;
  readonly address: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Who did what. It is only ever added to: the table itself refuses anything else. */
export class Audit {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** Adds what changed nothing else, such as a sign-in that failed. */
  async write(note: AuditNote): Promise<void> {
    await writeNote(this.em.fork(), note);
  }

  /** The entries that are wished for, the newest first. */
  async page(wish: AuditWish): Promise<AuditEntry[]> {
    const { conditions, parameters } = conditionsOf(wish);
    const rows = await this.em.fork().execute<AuditRow[]>(
      `select audit_id, ${msOf('at')} as at_ms, account_id, actor, via, address, action, subject, details
       from audit_entry where ${conditions} order by audit_id desc limit ?`,
      [...parameters, wish.limit],
    );
    return rows.map(entryOf);
  }
}

/** SQL and its parameters. */
function conditionsOf({ before, from, to, action, actor, subject }: AuditWish) {
  const text = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : shortened(withoutNul(value));
  // As seconds: the year 0 is an instant, but no text that PostgreSQL reads.
  const seconds = (instant: Date | undefined): number | undefined =>
    instant === undefined ? undefined : instant.getTime() / 1000;
  const wishes: [condition: string, value: unknown][] = [
    ['audit_id < ?', before],
    ['at >= to_timestamp(?)', seconds(from)],
    ['at < to_timestamp(?)', seconds(to)],
    ['action = ?', text(action)],
    ['actor = ?', text(actor)],
    ['subject = ?', text(subject)],
  ];
  const given = wishes.filter(([, value]) => value !== undefined && value !== null);
  return {
    conditions: ['true', ...given.map(([condition]) => condition)].join(' and '),
    parameters: given.map(([, value]) => value),
  };
}

function entryOf(row: AuditRow): AuditEntry {
  return {
    auditId: Number(row.audit_id),
    at: new Date(row.at_ms),
    accountId: row.account_id,
    actor: row.actor,
    via: row.via,
    address: row.address,
    action: row.action,
    subject: row.subject,
    details: row.details,
  };
}
