import type { EntityManager, Transaction } from '@mikro-orm/postgresql';

/** The tables that are partitioned by month on `window_start`. */
const TABLES = ['metric_row', 'check_window'] as const;

/** PostgreSQL's codes: a row that no partition takes, and a lock that did not come in time. */
const NO_PARTITION = '23514';
const LOCK_TIMEOUT = '55P03';

/** How long a change of partitions waits for others: long enough for a statement, not for a dump. */
const LOCK_TIMEOUT_MS = 3_000;

/** A month of UTC. */
interface Month {
  readonly start: Date;
  readonly end: Date;
  /** `2026_11` */
  readonly suffix: string;
}

/** A table of a month. What was detached, or is `leaving` because somebody still reads it, is yet to be dropped. */
interface Partition {
  readonly name: string;
  readonly parent: string;
  readonly state: 'attached' | 'leaving' | 'detached';
}

/** The month, in UTC, that contains `at`, or one that many months later. */
export function monthOf(at: Date, later = 0): Month {
  const start = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later));
  const end = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1));
  return { start, end, suffix: start.toISOString().slice(0, 7).replace('-', '_') };
}

/**
 * Monthly partitions: made ahead, made on demand for any other month, dropped whole. Readers and writers of the other
 * months never wait for any of it, not even while somebody holds the whole table open as pg_dump does.
 */
export class Partitions {
  private readonly em: EntityManager;
  /** Suffixes of months that have been seen to exist. Another process may have dropped one since. */
  private readonly known = new Set<string>();

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** Makes the partitions of last month, this one and the next two. */
  async ensure(now: Date): Promise<void> {
    await this.ensureMonths([-1, 0, 1, 2].map(later => monthOf(now, later)));
  }

  /** Runs a write of rows with these window starts; their partitions are there when it runs. It may run twice. */
  async whenReady<T>(windowStarts: Iterable<Date>, write: () => Promise<T>): Promise<T> {
    const months = [...new Set([...windowStarts].map(start => start.getTime()))].map(time => monthOf(new Date(time)));
    await this.ensureMonths(months);
    try {
      return await write();
    } catch (error) {
      if (!hasCode(error, NO_PARTITION)) throw error;
      this.known.clear();
      await this.ensureMonths(months);
      return await write();
    }
  }

  /**
   * Drops every partition that ended at or before `cutoff`, and says which. One that somebody has been reading for
   * seconds is left for the next time, and so are those after it.
   */
  async dropOlderThan(cutoff: Date): Promise<string[]> {
    const limit = monthOf(cutoff).suffix;
    const old = (await partitionsOf(this.em.fork())).filter(({ name }) => suffixOf(name) < limit);
    const dropped: string[] = [];
    try {
      for (const partition of old) {
        await this.detach(partition);
        if (await this.dropDetached(partition)) dropped.push(partition.name);
      }
    } catch (error) {
      if (!hasCode(error, LOCK_TIMEOUT)) throw error;
    }
    return dropped;
  }

  /** Without a transaction around it, as `concurrently` demands; therefore the timeout is the session's. */
  private async detach({ name, parent, state }: Partition): Promise<void> {
    if (state === 'detached') return;
    this.known.delete(suffixOf(name));
    const how = state === 'leaving' ? 'finalize' : 'concurrently';
    const connection = this.em.getConnection();
    await connection
      .getClient()
      .connection()
      .execute(async session => {
        const run = (sql: string): Promise<unknown> => connection.execute(sql, [], 'run', session as Transaction);
        await run(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
        try {
          await run(`alter table ${parent} detach partition ${name} ${how}`);
        } finally {
          await run('reset lock_timeout');
        }
      });
  }

  /** False: somebody else dropped it, or made its month anew for a late row. */
  private async dropDetached({ name }: Partition): Promise<boolean> {
    return await this.em.fork().transactional(async em => {
      await lock(em);
      const found = (await partitionsOf(em)).find(partition => partition.name === name);
      if (found?.state !== 'detached') return false;
      await em.execute('drop table ??', [name]);
      return true;
    });
  }

  private async ensureMonths(months: readonly Month[]): Promise<void> {
    const missing = new Map(months.filter(month => !this.known.has(month.suffix)).map(month => [month.suffix, month]));
    if (missing.size === 0) return;
    await this.em.fork().transactional(async em => {
      await lock(em);
      const partitions = await partitionsOf(em);
      const existing = new Set(partitions.filter(({ state }) => state !== 'detached').map(({ name }) => name));
      for (const month of missing.values()) {
        for (const table of TABLES) if (!existing.has(`${table}_${month.suffix}`)) await create(em, table, month);
      }
    });
    for (const suffix of missing.keys()) this.known.add(suffix);
  }
}

/** PostgreSQL's code, of an error as it comes or as MikroORM wraps it. */
function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Held until the transaction ends, so that two processes do not make the same partition. */
async function lock(em: EntityManager): Promise<void> {
  await em.execute(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('distomon.partitions', 0))`);
}

/**
 * Attached, not created as a partition: that would wait for everybody who reads or writes the parent, and have everybody
 * wait who comes after. An empty table is attached without reading anything.
 */
async function create(em: EntityManager, table: string, { start, end, suffix }: Month): Promise<void> {
  const name = `${table}_${suffix}`;
  // What was detached and not yet dropped is past its retention.
  await em.execute('drop table if exists ??', [name]);
  await em.execute('create table ?? (like ?? including all)', [name, table]);
  if (table === 'check_window') await em.execute('alter table ?? set (fillfactor = 70)', [name]); // its rows change with every probe
  await em.execute('alter table ?? attach partition ?? for values from (?) to (?)', [table, name, start, end]);
}

/** The tables of months that exist. What is leaving comes first: until it has left, nothing else of its parent can. */
async function partitionsOf(em: EntityManager): Promise<Partition[]> {
  return await em.execute<Partition[]>(
    `select child.relname as name, parent.relname as parent,
       case when inhparent is null then 'detached' when inhdetachpending then 'leaving' else 'attached' end as state
     from pg_class parent
     join pg_class child on child.relnamespace = parent.relnamespace and child.relkind = 'r'
       and child.relname ~ ('^' || parent.relname || '_[0-9]{4}_[0-9]{2}$')
     left join pg_inherits on inhrelid = child.oid
     where parent.oid in (${TABLES.map(table => `'${table}'::regclass`).join(', ')})
     order by coalesce(inhdetachpending, false) desc, child.relname collate "C"`,
  );
}

/** The month in the name of a partition, such as `2026_11` of `metric_row_2026_11`. */
function suffixOf(name: string): string {
  return name.slice(-'2026_11'.length);
}
