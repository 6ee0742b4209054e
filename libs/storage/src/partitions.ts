import { DriverException, type EntityManager } from '@mikro-orm/postgresql';

/** The tables that are partitioned by month on `window_start`. */
const TABLES = ['metric_row', 'check_window'] as const;

/** PostgreSQL's code for a row that no partition takes. */
const NO_PARTITION = '23514';

/** A month of UTC. */
interface Month {
  readonly start: Date;
  readonly end: Date;
  /** `2026_11` */
  readonly suffix: string;
}

/** The month, in UTC, that contains `at`, or one that many months later. */
export function monthOf(at: Date, later = 0): Month {
  const start = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later));
  const end = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1));
  return { start, end, suffix: start.toISOString().slice(0, 7).replace('-', '_') };
}

/** Monthly partitions: made ahead, made on demand for any other month, dropped whole. */
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
    const months = [...windowStarts].map(start => monthOf(start));
    await this.ensureMonths(months);
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof DriverException && error.code === NO_PARTITION)) throw error;
      this.known.clear();
      await this.ensureMonths(months);
      return await write();
    }
  }

  /** Drops every partition that ended at or before `cutoff`, and says which. */
  async dropOlderThan(cutoff: Date): Promise<string[]> {
    const limit = monthOf(cutoff).suffix;
    return await this.em.fork().transactional(async em => {
      await lock(em);
      const old = (await partitionsOf(em)).filter(name => name.slice(-limit.length) < limit);
      for (const name of old) {
        await em.execute('drop table ??', [name]);
        this.known.delete(name.slice(-limit.length));
      }
      return old;
    });
  }

  private async ensureMonths(months: readonly Month[]): Promise<void> {
    const missing = new Map(months.filter(month => !this.known.has(month.suffix)).map(month => [month.suffix, month]));
    if (missing.size === 0) return;
    await this.em.fork().transactional(async em => {
      await lock(em);
      const existing = new Set(await partitionsOf(em));
      for (const month of missing.values()) {
        for (const table of TABLES) if (!existing.has(`${table}_${month.suffix}`)) await create(em, table, month);
      }
    });
    for (const suffix of missing.keys()) this.known.add(suffix);
  }
}

/** Held until the transaction ends, so that two processes do not make the same partition. */
async function lock(em: EntityManager): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('distomon.partitions', 0))`);
}

async function create(em: EntityManager, table: string, { start, end, suffix }: Month): Promise<void> {
  await em.execute('create table ?? partition of ?? for values from (?) to (?)', [
    `${table}_${suffix}`,
    table,
    start,
    end,
  ]);
}

/** Names of the partitions that exist, such as `metric_row_2026_11`. */
async function partitionsOf(em: EntityManager): Promise<string[]> {
  const rows = await em.execute<{ name: string }[]>(
    `select child.relname as name from pg_inherits
     join pg_class child on child.oid = inhrelid
     where inhparent in (${TABLES.map(table => `'${table}'::regclass`).join(', ')})
     order by child.relname collate "C"`,
  );
  return rows.map(row => row.name);
}
