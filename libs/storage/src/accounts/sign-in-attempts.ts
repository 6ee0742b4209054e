import type { EntityManager } from '@mikro-orm/postgresql';
import type { StoredFailures } from '../account.types.ts';
import { type Columns, recordset, recordsetParameter } from '../recordset.ts';
import { keyHashOf, lockNumbersOf } from './hashed-keys.ts';
import { msOf } from './instants.ts';

const COLUMNS = {
  key_hash: 'text',
  failures: 'integer',
  last_failed_at: 'timestamptz',
  stored_at: 'timestamptz',
} as const satisfies Columns;

/** How often it failed to sign in, by keys such as an account or an address. */
export class SignInAttempts {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /**
   * Gives the decider what is known of the keys (those that never failed are left out), stores what it says, and resolves with
   * its decision. Attempts that share a key are decided one after the other, in all processes: each sees what was stored for
   * those before it. Keys that the decision does not name stay as they are.
   */
  async decide<T extends { readonly store: readonly StoredFailures[] }>(
    keys: readonly string[],
    now: Date,
    decider: (failures: readonly StoredFailures[]) => T,
  ): Promise<T> {
    return await this.em.fork().transactional(async em => {
      await lockKeys(em, keys);
      const decision = decider(await selectFailures(em, keys));
      await storeFailures(em, decision.store, now);
      return decision;
    });
  }

  /** Forgets the failures of these keys. */
  async clear(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.em.fork().transactional(async em => {
      await lockKeys(em, keys);
      await em.execute('delete from sign_in_attempt where key_hash in (?)', [keys.map(keyHashOf)]);
    });
  }
}

/** Locks of numbers and not of rows: an attempt that is refused writes nothing. */
async function lockKeys(em: EntityManager, keys: readonly string[]): Promise<void> {
  for (const number of lockNumbersOf(keys)) await em.execute('select pg_advisory_xact_lock(?)', [number]);
}

async function selectFailures(em: EntityManager, keys: readonly string[]): Promise<StoredFailures[]> {
  if (keys.length === 0) return [];
  const names = new Map(keys.map(key => [keyHashOf(key).toString('hex'), key]));
  const rows = await em.execute<{ key_hash: string; failures: number; last_failed_ms: number }[]>(
    `select encode(key_hash, 'hex') as key_hash, failures, ${msOf('last_failed_at')} as last_failed_ms
     from sign_in_attempt where key_hash in (?)`,
    [keys.map(keyHashOf)],
  );
  return rows.flatMap(({ key_hash, failures, last_failed_ms }) => {
    const key = names.get(key_hash);
    return key === undefined ? [] : [{ key, failures, lastFailedAt: new Date(last_failed_ms) }];
  });
}

async function storeFailures(em: EntityManager, given: readonly StoredFailures[], now: Date): Promise<void> {
  if (given.length === 0) return;
  const rows = given.map(({ key, failures, lastFailedAt }) => ({
    key_hash: keyHashOf(key).toString('hex'),
    failures,
    last_failed_at: lastFailedAt,
    stored_at: now,
  }));
  await em.execute(
    `insert into sign_in_attempt (key_hash, failures, last_failed_at, stored_at)
     select decode(key_hash, 'hex'), failures, last_failed_at, stored_at from ${recordset('r', COLUMNS)}
     on conflict (key_hash) do update
       set failures = excluded.failures, last_failed_at = excluded.last_failed_at, stored_at = excluded.stored_at`,
    [recordsetParameter(rows)],
  );
}
