import type { Retained } from '#config';
import type { StoredResolution } from './history-tables.ts';
import type { Period } from './partition-periods.ts';

/** What began before it is past its retention; `null`: nothing is. */
export type CutOffs = Readonly<Record<Retained, Date | null>>;

/**
 * What a partition waits for before it may be dropped. `rollup`: something of it is yet to go into hours and days ·
 * `sums`: its days are yet to be summed.
 */
export type WaitsFor = 'rollup' | 'sums';

/** A partition that ended at or before its cut-off. */
export interface PastPartition extends Period {
  readonly name: string;
  readonly resolution: StoredResolution;
  /** As they were counted last; `null`: not yet. */
  readonly rows: number | null;
  readonly bytes: number;
  readonly waitsFor: WaitsFor | null;
}

/** Rows of a small table that go one by one. */
export interface PastRows {
  readonly table: string;
  readonly resolution: StoredResolution;
  readonly before: Date;
  readonly rows: number;
}

/** What is past its retention, or was. */
export interface PastRetention {
  readonly partitions: readonly PastPartition[];
  readonly rows: readonly PastRows[];
}

/** What was dropped, and which partitions are past their retention too and were left for the next time. */
export interface DropOutcome {
  readonly gone: PastRetention;
  readonly left: readonly PastPartition[];
}
