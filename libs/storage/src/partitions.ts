import type { EntityManager, Transaction } from '@mikro-orm/postgresql';
import { hasCode } from './has-code.ts';
import {
  monthOf,
  PARTITIONED_TABLES,
  partitionNameOf,
  type PartitionedTable,
  type Period,
  periodOf,
  periodOfName,
} from './partition-periods.ts';

/** PostgreSQL's codes: a row that no partition takes, and a lock that did not come in time. */
const NO_PARTITION = '23514';
const LOCK_TIMEOUT = '55P03';

/** How long a change of partitions waits for others: long enough for a statement, not for a dump. */
const LOCK_TIMEOUT_MS = 3_000;

/** SQL: the name of the lock of whoever drops. */
const DROP_LOCK = `hashtextextended('distomon.drop', 0)`;

/** What was detached, or is `leaving` because somebody still reads it, is yet to be dropped. */
type State = 'attached' | 'leaving' | 'detached';

type RunStatement = <T extends object>(sql: string) => Promise<T[]>;

/** A table that holds the rows of its parent that lie in a month or a year. */
export interface Partition extends Period {
  readonly name: string;
  readonly parent: PartitionedTable;
  readonly state: State;
}

/**
 * Partitions by month or year: made ahead, made on demand for any other time, dropped whole. Readers and writers of the
 * others never wait for any of it, not even while somebody holds the whole table open as pg_dump does.
 */
export class Partitions {
  private readonly em: EntityManager;
  /** Names of those that have been seen to exist. Another process may have dropped one since. */
  private readonly known = new Set<string>();

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** Makes the partitions of last month, this one and the next two. */
  async ensure(now: Date): Promise<void> {
    await this.make(
      [-1, 0, 1, 2].map(later => monthOf(now, later).from),
      PARTITIONED_TABLES,
    );
  }

  /** Runs a write of what starts at these instants; the partitions of these tables are there when it runs. It may run twice. */
  async whenReady<T>(
    starts: Iterable<Date>,
    write: () => Promise<T>,
    tables: readonly PartitionedTable[] = PARTITIONED_TABLES,
  ): Promise<T> {
    const instants = [...new Set([...starts].map(start => start.getTime()))].map(time => new Date(time));
    await this.make(instants, tables);
    try {
      return await write();
    } catch (error) {
      if (!hasCode(error, NO_PARTITION)) throw error;
      this.known.clear();
      await this.make(instants, tables);
      return await write();
    }
  }

  /** The partitions that exist. What is leaving comes first: until it has left, nothing else of its parent can. */
  async list(): Promise<Partition[]> {
    return await partitionsOf(this.em.fork());
  }

  /**
   * Drops these partitions and says which are gone. One that somebody has been reading for seconds is left for the next
   * time, and so are those of its table that come after it. While somebody else drops, nothing is dropped here.
   */
  async drop(partitions: readonly Partition[]): Promise<Partition[]> {
    const dropped: Partition[] = [];
    await this.onSession(async run => {
      const [lock] = await run<{ locked: boolean }>(`select pg_try_advisory_lock(${DROP_LOCK}) as locked`);
      if (lock?.locked !== true) return;
      try {
        const names = new Set(partitions.map(({ name }) => name));
        const present = (await this.list()).filter(({ name }) => names.has(name));
        for (const ofTable of Map.groupBy(present, ({ parent }) => parent).values())
          await this.dropOfTable(ofTable, run, partition => dropped.push(partition));
      } finally {
        await run(`select pg_advisory_unlock(${DROP_LOCK})`);
      }
    });
    return dropped;
  }

  private async dropOfTable(
    partitions: readonly Partition[],
    run: RunStatement,
    onDropped: (partition: Partition) => void,
  ): Promise<void> {
    try {
      for (const partition of partitions) {
        this.known.delete(partition.name);
        await detach(partition, run);
        if (await this.dropDetached(partition)) onDropped(partition);
      }
    } catch (error) {
      if (!hasCode(error, LOCK_TIMEOUT)) throw error;
    }
  }

  /** Runs statements one after the other on one connection, each a transaction of its own. */
  private async onSession(work: (run: RunStatement) => Promise<void>): Promise<void> {
    const connection = this.em.getConnection();
    await connection
      .getClient()
      .connection()
      .execute(async session => {
        await work(sql => connection.execute(sql, [], 'all', session as Transaction));
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

  private async make(instants: readonly Date[], tables: readonly PartitionedTable[]): Promise<void> {
    const wanted = tables.flatMap(table =>
      instants.map(at => [partitionNameOf(table, at), { table, period: periodOf(table, at) }] as const),
    );
    const missing = new Map(wanted.filter(([name]) => !this.known.has(name)));
    if (missing.size === 0) return;
    await this.em.fork().transactional(async em => {
      await lock(em);
      const partitions = await partitionsOf(em);
      const existing = new Set(partitions.filter(({ state }) => state !== 'detached').map(({ name }) => name));
      for (const [name, { table, period }] of missing) if (!existing.has(name)) await create(em, table, name, period);
    });
    for (const name of missing.keys()) this.known.add(name);
  }
}

/** Without a transaction around it, as `concurrently` demands; therefore the timeout is the session's. */
async function detach({ name, parent, state }: Partition, run: RunStatement): Promise<void> {
  if (state === 'detached') return;
  await run(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
  try {
    await run(`alter table ${parent} detach partition ${name} ${state === 'leaving' ? 'finalize' : 'concurrently'}`);
  } finally {
    await run('reset lock_timeout');
  }
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
async function create(em: EntityManager, table: PartitionedTable, name: string, { from, to }: Period): Promise<void> {
  // What was detached and not yet dropped is past its retention.
  await em.execute('drop table if exists ??', [name]);
  await em.execute('create table ?? (like ?? including all)', [name, table]);
  if (table === 'check_window') await em.execute('alter table ?? set (fillfactor = 70)', [name]); // its rows change with every probe
  await em.execute('alter table ?? attach partition ?? for values from (?) to (?)', [table, name, from, to]);
}

async function partitionsOf(em: EntityManager): Promise<Partition[]> {
  const rows = await em.execute<{ name: string; parent: PartitionedTable; state: State }[]>(
    `select child.relname as name, parent.relname as parent,
       case when inhparent is null then 'detached' when inhdetachpending then 'leaving' else 'attached' end as state
     from pg_class parent
     join pg_class child on child.relnamespace = parent.relnamespace and child.relkind = 'r'
       and child.relname ~ ('^' || parent.relname || '_[0-9]{4}(_[0-9]{2})?$')
     left join pg_inherits on inhrelid = child.oid
     where parent.oid in (${PARTITIONED_TABLES.map(table => `'${table}'::regclass`).join(', ')})
     order by coalesce(inhdetachpending, false) desc, child.relname collate "C"`,
  );
  return rows.map(row => ({ ...row, ...periodOfName(row.parent, row.name) }));
}
