import type { EntityManager } from '@mikro-orm/postgresql';
import { isPast, type Progress, waitsFor } from './decide-past.ts';
import { HISTORY_TABLES, resolutionOf, RETAINED_AS, WHOLE_TABLES, type WholeTable } from './history-tables.ts';
import type { Partition, Partitions } from './partitions.ts';
import { type Columns, recordset, recordsetParameter } from './recordset.ts';
import type { CutOffs, DropOutcome, PastPartition, PastRetention, PastRows } from './retention.types.ts';
import type { StorageUse } from './storage-use.ts';

const NAME = { name: 'text' } as const satisfies Columns;

/** How far the work is that has to be done before something may go; in milliseconds since the epoch. */
const SELECT_PROGRESS = `select
  (select extract(epoch from min(start_at)) * 1000 from rollup_dirty where period = 'hour')::double precision as hour,
  (select extract(epoch from min(start_at)) * 1000 from rollup_dirty where period = 'day')::double precision as day,
  (select value from setting where name = 'checks_summed_until') as summed`;

/** Parameter: names. What each takes, and how many rows that is as far as it was counted. */
const SELECT_SIZES = `
select name, pg_total_relation_size(to_regclass(name)) as bytes,
  case when networks is not null
    then (select coalesce(sum((share ->> 'rows')::bigint), 0) from jsonb_each(networks) as n (network, share)) end as rows
from ${recordset('r', NAME)} left join storage_use using (name)`;

/** Parameters: from, to. Marks of what is gone: there is nothing left to make it anew of. */
const FORGET_MARKS: Readonly<Record<Partition['parent'], string | null>> = {
  metric_row: `delete from rollup_dirty where period = 'hour' and start_at >= ? and start_at < ?`,
  rollup_hour: `delete from rollup_dirty where period = 'day' and start_at >= ? and start_at < ?`,
  rollup_day: null,
  check_window: null,
};

/**
 * Machines with nothing to ask for any more: their open gaps are gone. One in whose record somebody has just made a mark
 * has something again, and stays.
 */
const FORGET_BACKFILLS = `
with idle as materialized (
  select machine_id, marks from backfill join machine using (machine_id)
  where (past_read_at is not null or removed_at is not null) and lease_until is null
    and not exists (
      select from metric_row gap
      where gap.machine_id = backfill.machine_id and not reachable and conclusion is null)
)
delete from backfill using idle where backfill.machine_id = idle.machine_id and backfill.marks = idle.marks`;

interface Due {
  readonly partition: Partition;
  readonly past: PastPartition;
}

/** Lets go of what is past its retention: whole partitions, and the rows of small tables that have none. */
export class Retention {
  private readonly em: EntityManager;
  private readonly partitions: Partitions;
  private readonly use: StorageUse;

  constructor(em: EntityManager, partitions: Partitions, use: StorageUse) {
    this.em = em;
    this.partitions = partitions;
    this.use = use;
  }

  /** What {@link drop} would drop now, and, with the reason, what it would leave for a later time. Changes nothing. */
  async due(cutOffs: CutOffs): Promise<PastRetention> {
    const em = this.em.fork();
    return {
      partitions: (await this.duePartitions(em, cutOffs)).map(({ past }) => past),
      rows: await pastRows(em, cutOffs, (table, past) => `select count(*) from ${table} where ${past}`),
    };
  }

  /**
   * Drops what is past its retention and says what is gone. A partition that waits for something is left for the next
   * time, and so is one that somebody has been reading for seconds.
   */
  async drop(cutOffs: CutOffs): Promise<DropOutcome> {
    const em = this.em.fork();
    const due = await this.duePartitions(em, cutOffs);
    const ready = due.filter(({ past }) => past.waitsFor === null).map(({ partition }) => partition);
    const dropped = await this.partitions.drop(ready);
    await forgetWork(em, dropped);
    const gone = new Set(dropped.map(({ name }) => name));
    await this.use.forget([...gone]);
    const rows = await pastRows(
      em,
      cutOffs,
      (table, past) => `with gone as (delete from ${table} where ${past} returning 1) select count(*) from gone`,
    );
    const pastOnes = (isGone: boolean): PastPartition[] =>
      due.map(({ past }) => past).filter(({ name }) => gone.has(name) === isGone);
    return { gone: { partitions: pastOnes(true), rows }, left: pastOnes(false) };
  }

  private async duePartitions(em: EntityManager, cutOffs: CutOffs): Promise<Due[]> {
    const partitions = (await this.partitions.list()).filter(partition => isPast(partition, cutOffs));
    if (partitions.length === 0) return [];
    const progress = await readProgress(em);
    const sizes = await readSizes(em, partitions);
    return partitions.flatMap(partition => {
      const size = sizes.get(partition.name);
      return size === undefined ? [] : [{ partition, past: pastOf(partition, size, progress) }];
    });
  }
}

interface Size {
  readonly rows: number | null;
  readonly bytes: number;
}

function pastOf(partition: Partition, size: Size, progress: Progress): PastPartition {
  const { name, parent, from, to } = partition;
  const resolution = resolutionOf(parent);
  return { name, resolution, from, to, ...size, waitsFor: waitsFor(partition, progress) };
}

async function readProgress(em: EntityManager): Promise<Progress> {
  const rows = await em.execute<{ hour: number | null; day: number | null; summed: string | null }[]>(SELECT_PROGRESS);
  const { hour = null, day = null, summed = null } = rows[0] ?? {};
  return {
    hourDue: hour === null ? null : new Date(hour),
    dayDue: day === null ? null : new Date(day),
    checksSummedUntil: new Date(summed ?? 0),
  };
}

/** Of those that are still there. */
async function readSizes(em: EntityManager, partitions: readonly Partition[]): Promise<Map<string, Size>> {
  const rows = await em.execute<{ name: string; bytes: string | null; rows: string | null }[]>(SELECT_SIZES, [
    recordsetParameter(partitions.map(({ name }) => ({ name }))),
  ]);
  return new Map(
    rows
      .filter(({ bytes }) => bytes !== null)
      .map(row => [row.name, { rows: row.rows === null ? null : Number(row.rows), bytes: Number(row.bytes) }]),
  );
}

/** Runs the statement, which counts, for each small table, with the condition that says what of it is past. */
async function pastRows(
  em: EntityManager,
  cutOffs: CutOffs,
  statement: (table: WholeTable, past: string) => string,
): Promise<PastRows[]> {
  const found: PastRows[] = [];
  for (const table of WHOLE_TABLES) {
    const { resolution, past } = HISTORY_TABLES[table];
    const before = cutOffs[RETAINED_AS[resolution]];
    if (before === null) continue;
    const counted = await em.execute<{ count: string }[]>(statement(table, past), [before]);
    found.push({ table, resolution, before, rows: Number(counted[0]?.count) });
  }
  return found;
}

async function forgetWork(em: EntityManager, dropped: readonly Partition[]): Promise<void> {
  for (const { parent, from, to } of dropped) {
    const statement = FORGET_MARKS[parent];
    if (statement !== null) await em.execute(statement, [from, to]);
  }
  if (dropped.some(({ parent }) => parent === 'metric_row')) await em.execute(FORGET_BACKFILLS);
}
