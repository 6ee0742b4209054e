import type { Retained } from '#config';
import type { PartitionedTable } from './partition-periods.ts';

/** What history is made of: rows and their hours and days, what checks saw, and changes of state. */
export type StoredResolution = 'rows' | 'hours' | 'days' | 'checks' | 'events';
export const STORED_RESOLUTIONS = ['rows', 'hours', 'days', 'checks', 'events'] as const satisfies StoredResolution[];

/** Which retention each follows. */
export const RETAINED_AS = {
  rows: 'rows',
  hours: 'hours',
  days: 'days',
  checks: 'rows',
  events: 'events',
} as const satisfies Record<StoredResolution, Retained>;

interface HistoryTable {
  readonly resolution: StoredResolution;
  /** SQL: the instant that a row of it belongs to. */
  readonly instant: string;
  /** SQL with one parameter, an instant: what is past its retention. Absent: the table is dropped by partitions. */
  readonly past?: string;
}

/** The tables of history. A row of each belongs to one machine, `machine_id`, or to one service. */
export const HISTORY_TABLES = {
  metric_row: { resolution: 'rows', instant: 'window_start' },
  rollup_hour: { resolution: 'hours', instant: 'start_at' },
  rollup_day: { resolution: 'days', instant: 'start_at' },
  check_window: { resolution: 'checks', instant: 'window_start' },
  check_day: {
    resolution: 'checks',
    instant: `(day::timestamp at time zone 'UTC')`,
    past: `day < (?::timestamptz at time zone 'UTC')::date`,
  },
  verdict_transition: { resolution: 'events', instant: 'at', past: 'at < ?' },
  // What nobody was told of stays.
  outbox: { resolution: 'events', instant: 'at', past: 'handled_at < ?' },
} as const satisfies Record<string, HistoryTable>;

export type HistoryTableName = keyof typeof HISTORY_TABLES;

/** What the rows of a table are. */
export function resolutionOf(table: HistoryTableName): StoredResolution {
  return HISTORY_TABLES[table].resolution;
}

/** The tables that have no partitions. */
export type WholeTable = Exclude<HistoryTableName, PartitionedTable>;
export const WHOLE_TABLES = ['check_day', 'verdict_transition', 'outbox'] as const satisfies readonly WholeTable[];
