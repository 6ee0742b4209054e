/** How much time each partition of a table holds. */
const TABLES = {
  metric_row: 'month',
  check_window: 'month',
  rollup_hour: 'month',
  rollup_day: 'year',
} as const;

/** The tables that are partitioned. */
export type PartitionedTable = keyof typeof TABLES;
export const PARTITIONED_TABLES = Object.keys(TABLES) as readonly PartitionedTable[];

/** A month or a year of UTC: `from` belongs to it, `to` does not. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** The month, in UTC, that contains `at`, or one that many months later. */
export function monthOf(at: Date, later = 0): Period {
  const from = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later));
  return { from, to: new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1)) };
}

/** The year, in UTC, that contains `at`. */
function yearOf(at: Date): Period {
  const year = at.getUTCFullYear();
  return { from: new Date(Date.UTC(year, 0)), to: new Date(Date.UTC(year + 1, 0)) };
}

/** The time that the partition of a table holds in which `at` lies. */
export function periodOf(table: PartitionedTable, at: Date): Period {
  return TABLES[table] === 'month' ? monthOf(at) : yearOf(at);
}

/** The name of the partition of a table in which `at` lies: `metric_row_2026_11`, `rollup_day_2026`. */
export function partitionNameOf(table: PartitionedTable, at: Date): string {
  const digits = TABLES[table] === 'month' ? 7 : 4;
  return `${table}_${at.toISOString().slice(0, digits).replace('-', '_')}`;
}

/** The time that a partition of this name holds. */
export function periodOfName(table: PartitionedTable, name: string): Period {
  const [year = 0, month = 1] = name
    .slice(table.length + 1)
    .split('_')
    .map(Number);
  return periodOf(table, new Date(Date.UTC(year, month - 1)));
}
