import type { RetentionMs } from '#config';
import { resolutionOf, RETAINED_AS } from './history-tables.ts';
import type { Partition } from './partitions.ts';
import type { CutOffs, WaitsFor } from './retention.types.ts';

/** What of each was stored before, at this moment, is past its retention. */
export function cutOffsOf(retention: RetentionMs, now: Date): CutOffs {
  const before = (ms: number | null): Date | null => (ms === null ? null : new Date(now.getTime() - ms));
  return {
    rows: before(retention.rows),
    hours: before(retention.hours),
    days: before(retention.days),
    events: before(retention.events),
  };
}

/** Whether a partition has to go: all of it is older than its cut-off, or it was being dropped when somebody was killed. */
export function isPast({ parent, state, to }: Pick<Partition, 'parent' | 'state' | 'to'>, cutOffs: CutOffs): boolean {
  const cutOff = cutOffs[RETAINED_AS[resolutionOf(parent)]];
  return state !== 'attached' || (cutOff !== null && to <= cutOff);
}

/** How far the work is that makes the coarse from the fine. */
export interface Progress {
  /** The earliest hour and the earliest day that are to be made (anew); `null`: none. */
  readonly hourDue: Date | null;
  readonly dayDue: Date | null;
  /** The first day whose checks are not summed. */
  readonly checksSummedUntil: Date;
}

/**
 * What a partition waits for: what goes into something coarser does so before it is dropped. One that nobody can read any
 * more waits for nothing.
 */
export function waitsFor(
  { parent, state, to }: Pick<Partition, 'parent' | 'state' | 'to'>,
  { hourDue, dayDue, checksSummedUntil }: Progress,
): WaitsFor | null {
  if (state !== 'attached') return null;
  if (parent === 'check_window') return checksSummedUntil < to ? 'sums' : null;
  const due = parent === 'metric_row' ? [hourDue] : [hourDue, dayDue];
  return due.some(at => at !== null && at < to) ? 'rollup' : null;
}
