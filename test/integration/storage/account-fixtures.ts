import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type {
  AuditEntry,
  AuditNote,
  LinkToCreate,
  NewAccount,
  SessionToBegin,
  Storage,
  StoredAccount,
  StoredToken,
} from '#storage';
import { waitFor } from '../../support/services.ts';
import { asAdministrator, later, T0 } from './fixtures.ts';

export const DAY_MS = 86_400_000;
export const IDLE_MS = 7 * DAY_MS;
/** What a session is asked for by, at the moment it began. */
export const AT_T0 = { now: T0, idleMs: IDLE_MS };

/** Like those of argon2id, and as good as one here. */
export const HASH = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g';
/** Who knows the password that accounts here have, and keeps no session. */
export const PROOF = { verifiedHash: HASH, keepSession: null };
export const OTHER_HASH = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$b3RoZXJoYXNo';

export function secret(): { text: string; hash: Buffer } {
  const text = randomBytes(32).toString('base64url');
  return { text, hash: createHash('sha256').update(text).digest() };
}

export function note(action: string, more: Partial<AuditNote> = {}): AuditNote {
  const nobody = { at: T0, accountId: null, actor: 'server', via: 'server', address: null, subject: null, details: {} };
  return { ...nobody, action, ...more };
}

export function newAccount(email: string, more: Partial<NewAccount> = {}): NewAccount {
  const plain = { name: '', role: 'user', networks: null, passwordHash: HASH, googleSubject: null } as const;
  return { ...plain, email, createdAt: T0, ...more };
}

/** Makes an account; addresses are used once in a database. */
export async function accountOf(
  { accounts }: Storage,
  email: string,
  more: Partial<NewAccount> = {},
): Promise<StoredAccount> {
  const account = await accounts.create(newAccount(email, more), note('account.create'));
  if (account === null) throw new Error(`${email} is taken`);
  return account;
}

export function newSession(accountId: number, more: Partial<SessionToBegin> = {}): SessionToBegin {
  return {
    sessionId: randomUUID(),
    tokenHash: secret().hash,
    accountId,
    method: 'password',
    address: '192.0.2.7',
    userAgent: 'Mozilla/5.0',
    createdAt: T0,
    lastUsedAt: T0,
    expiresAt: later(30 * DAY_MS),
    ...more,
  };
}

/** Begins a session. */
export async function sessionOf(
  { sessions }: Storage,
  accountId: number,
  more: Partial<SessionToBegin> = {},
): Promise<SessionToBegin> {
  const session = newSession(accountId, more);
  await sessions.begin(session, null, note('session.begin'));
  return session;
}

export function newToken(
  accountId: number,
  more: Partial<StoredToken> = {},
): StoredToken & { readonly tokenHash: Buffer } {
  const dates = { createdAt: T0, expiresAt: null, lastUsedAt: null, revokedAt: null };
  const plain = { accountId, name: 'ci', hint: 'dm_abcd', scopes: ['metrics:read'], ...dates };
  return { tokenId: randomUUID(), tokenHash: secret().hash, ...plain, ...more };
}

export function newLink(accountId: number | null, more: Partial<LinkToCreate> = {}): LinkToCreate {
  const purpose = accountId === null ? 'setup' : 'invite';
  return { tokenHash: secret().hash, purpose, accountId, createdAt: T0, expiresAt: later(DAY_MS), ...more };
}

/** The entries about a subject, or of an action, the newest first. */
export function entriesOf({ audit }: Storage, wish: { subject?: string; action?: string }): Promise<AuditEntry[]> {
  return audit.page({ before: null, limit: 1_000, ...wish });
}

/** How many entries the audit log has. */
export async function countEntries(url: string): Promise<number> {
  const [row] = await asAdministrator<{ n: number }>(url, 'select count(*)::integer as n from audit_entry');
  return row!.n;
}

/** Until at least so many sessions of this database wait for a lock. */
export function untilWaiting(url: string, sessions: number): Promise<void> {
  const sql = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  return waitFor(async () => (await asAdministrator(url, sql)).length >= sessions);
}

/** A transaction beside the storage that has run this statement and stays open. */
export async function hold(url: string, sql: string, parameters: unknown[] = []): Promise<{ end(): Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  await client.query(sql, parameters);
  const end = async (): Promise<void> => {
    await client.query('commit');
    await client.end();
  };
  return { end };
}

/** What everybody who adds, changes or removes an account waits for. */
export const HOLD_ACCOUNTS = `select pg_advisory_xact_lock(hashtextextended('distomon.account', 0))`;

/** Runs `work` that many times at once, in turn on each of the storages. */
export function atOnce<T>(
  storages: readonly Storage[],
  times: number,
  work: (storage: Storage, index: number) => Promise<T>,
): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(storages[index % storages.length]!, index)));
}
