import type { HistoryTableName, StoredResolution } from './history-tables.ts';
import type { Period } from './partition-periods.ts';

/** What one network has in one table. */
export interface NetworkShare {
  readonly rows: number;
  /** When its oldest and its newest row begin. */
  readonly oldest: Date;
  readonly newest: Date;
}

/** A table, or a partition of one, as it was measured. */
export interface MeasuredTable {
  readonly name: string;
  readonly parent: HistoryTableName;
  /** The time that it holds; `null`: any. */
  readonly period: Period | null;
  /** With its indexes. */
  readonly bytes: number;
  readonly networks: ReadonlyMap<string, NetworkShare>;
}

/** What was measured last. */
export interface MeasuredStorage {
  readonly at: Date;
  /** Everything in the database, queues and indexes included; without the write-ahead log. */
  readonly databaseBytes: number;
  readonly tables: readonly MeasuredTable[];
}

/** What one resolution takes. */
export interface ResolutionUse {
  readonly resolution: StoredResolution;
  readonly rows: number;
  readonly bytes: number;
  /** When the oldest and the newest row begin; `null`: there is none. */
  readonly oldest: Date | null;
  readonly newest: Date | null;
}
