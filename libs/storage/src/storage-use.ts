import type { EntityManager } from '@mikro-orm/postgresql';
import { HISTORY_TABLES, type HistoryTableName, WHOLE_TABLES } from './history-tables.ts';
import { PARTITIONED_TABLES, periodOfName } from './partition-periods.ts';
import type { Partitions } from './partitions.ts';
import { type Columns, recordset, recordsetParameter } from './recordset.ts';
import type { MeasuredStorage, MeasuredTable, NetworkShare } from './storage-use.types.ts';
import { hasCode } from './has-code.ts';

const TABLE_COLUMNS = { name: 'text', parent: 'text' } as const satisfies Columns;
const MEASURED_AT = 'storage_measured_at';
const DATABASE_BYTES = 'storage_database_bytes';

/** PostgreSQL's code: somebody dropped the table a moment ago. */
const NO_TABLE = '42P01';

/**
 * Parameter: names and parents. What there is of each table, and whether rows came or went since it was counted. The
 * figures of the statistics arrive seconds late and begin anew after a crash; both only mean that it is counted once more.
 */
const SELECT_TABLES = `
select name, given.parent, present.signature, coalesce(counted.signature = present.signature, false) as is_counted
from ${recordset('given', TABLE_COLUMNS)}
join pg_class c on c.oid = to_regclass(name)
cross join lateral (select concat_ws(':', c.oid, pg_relation_size(c.oid),
  pg_stat_get_tuples_inserted(c.oid), pg_stat_get_tuples_deleted(c.oid)) as signature) present
left join storage_use counted using (name)
order by name collate "C"`;

interface TableRow {
  readonly name: string;
  readonly parent: HistoryTableName;
  readonly signature: string;
  readonly is_counted: boolean;
}

const msOf = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::bigint`;

/** Parameters: name, parent, signature. Rows of machines first: that is read from an index alone. */
function countTable(name: string, instant: string): string {
  return `
insert into storage_use (name, parent, signature, bytes, networks)
select ?::text, ?::text, ?::text, pg_total_relation_size('${name}'), coalesce(jsonb_object_agg(network,
  jsonb_build_object('rows', rows, 'oldest', oldest, 'newest', newest)), '{}')
from (
  select network, sum(rows) as rows, ${msOf('min(oldest)')} as oldest, ${msOf('max(newest)')} as newest
  from (select machine_id, count(*) as rows, min(${instant}) as oldest, max(${instant}) as newest
    from ${name} group by machine_id) of_machine
  join machine using (machine_id)
  group by network
) of_network
on conflict (name) do update
  set signature = excluded.signature, networks = excluded.networks`;
}

interface UseRow {
  readonly name: string;
  readonly parent: HistoryTableName;
  readonly bytes: string;
  /** Instants in milliseconds since the epoch. */
  readonly networks: Readonly<Record<string, { rows: number; oldest: number; newest: number }>>;
}

/**
 * How many rows history has and how much room they take. Counting millions of rows takes seconds: it is done now and
 * then, table by table, only where something has changed, and kept.
 */
export class StorageUse {
  private readonly em: EntityManager;
  private readonly partitions: Partitions;

  constructor(em: EntityManager, partitions: Partitions) {
    this.em = em;
    this.partitions = partitions;
  }

  /** Counts anew what has changed. Safe to call concurrently. */
  async measure(now: Date): Promise<void> {
    const em = this.em.fork();
    const tables = await this.tables(em);
    for (const table of tables) if (!table.is_counted) await count(em, table);
    await em.execute(`delete from storage_use where name not in (select name from ${recordset('r', TABLE_COLUMNS)})`, [
      recordsetParameter(tables.map(({ name, parent }) => ({ name, parent }))),
    ]);
    await em.execute('update storage_use set bytes = coalesce(pg_total_relation_size(to_regclass(name)), 0)');
    await em.execute(
      `insert into setting (name, value) values (?, ?), (?, pg_database_size(current_database())::text)
       on conflict (name) do update set value = excluded.value`,
      [MEASURED_AT, now.toISOString(), DATABASE_BYTES],
    );
  }

  /** What was measured last; `null`: nothing was measured yet. Quick, however much is stored. */
  async read(): Promise<MeasuredStorage | null> {
    const em = this.em.fork();
    const settings = await em.execute<{ name: string; value: string }[]>(
      'select name, value from setting where name in (?, ?)',
      [MEASURED_AT, DATABASE_BYTES],
    );
    const values = new Map(settings.map(({ name, value }) => [name, value]));
    const at = values.get(MEASURED_AT);
    if (at === undefined) return null;
    const rows = await em.execute<UseRow[]>('select name, parent, bytes, networks from storage_use order by name');
    return { at: new Date(at), databaseBytes: Number(values.get(DATABASE_BYTES)), tables: rows.map(measuredOf) };
  }

  /** Forgets tables that are gone. */
  async forget(names: readonly string[]): Promise<void> {
    await this.em
      .fork()
      .execute(`delete from storage_use where name in (select name from ${recordset('r', { name: 'text' })})`, [
        recordsetParameter(names.map(name => ({ name }))),
      ]);
  }

  private async tables(em: EntityManager): Promise<TableRow[]> {
    const partitions = await this.partitions.list();
    const given = [
      ...partitions.map(({ name, parent }) => ({ name, parent })),
      ...WHOLE_TABLES.map(name => ({ name, parent: name })),
    ];
    return await em.execute<TableRow[]>(SELECT_TABLES, [recordsetParameter(given)]);
  }
}

async function count(em: EntityManager, { name, parent, signature }: TableRow): Promise<void> {
  try {
    await em.execute(countTable(name, HISTORY_TABLES[parent].instant), [name, parent, signature]);
  } catch (error) {
    if (!hasCode(error, NO_TABLE)) throw error;
  }
}

function measuredOf({ name, parent, bytes, networks }: UseRow): MeasuredTable {
  const shares = Object.entries(networks).map(([network, { rows, oldest, newest }]): [string, NetworkShare] => [
    network,
    { rows, oldest: new Date(oldest), newest: new Date(newest) },
  ]);
  const table = PARTITIONED_TABLES.find(partitioned => partitioned === parent);
  const period = table === undefined ? null : periodOfName(table, name);
  return { name, parent, period, bytes: Number(bytes), networks: new Map(shares) };
}
