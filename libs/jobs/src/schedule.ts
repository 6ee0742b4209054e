import type { JobName } from './job-map.ts';

/** The jobs that a schedule wakes again and again. */
export const TICKS = ['probe.plan', 'window.plan', 'storage.maintain'] as const satisfies readonly JobName[];
export type TickName = (typeof TICKS)[number];

/** How often each of them is woken. */
export const TICK_EVERY_MS = {
  'probe.plan': 10_000,
  'window.plan': 10_000,
  'storage.maintain': 3_600_000,
} as const satisfies Record<TickName, number>;

/** A schedule as the queue has it. */
export interface FoundSchedule {
  readonly everyMs: number | null;
  readonly nextAt: Date | null;
}

/** A tick that is not this late is on its way to a worker. */
const LATE_AFTER_MS = 2_000;
/** BullMQ on PostgreSQL plans up to two intervals ahead when it skips what was missed. */
const MAX_INTERVALS_AHEAD = 2;

export type ScheduleState =
  /** A next tick lies ahead, or has just been due. */
  | 'on_time'
  /** The next tick was due, and nobody has taken it. */
  | 'late'
  /** The queue was emptied, or is another one than before. */
  | 'missing'
  | 'interval_changed'
  /** The clock was set back. */
  | 'too_far_ahead';

/** Whether a schedule does what it should. Pure. */
export function evaluateSchedule(found: FoundSchedule | null, everyMs: number, now: Date): ScheduleState {
  if (found === null || found.nextAt === null) return 'missing';
  if (found.everyMs !== everyMs) return 'interval_changed';
  const aheadMs = found.nextAt.getTime() - now.getTime();
  if (aheadMs > MAX_INTERVALS_AHEAD * everyMs + LATE_AFTER_MS) return 'too_far_ahead';
  return aheadMs < -LATE_AFTER_MS ? 'late' : 'on_time';
}

/**
 * Why a tick is late: `unserved` when its job still waits (no worker, or too few: planning again would put it behind
 * everybody else), `lost` when the job is gone or finished, so that nothing plans the next one. Pure.
 */
export function evaluateLateTick(jobState: string): 'unserved' | 'lost' {
  return ['waiting', 'delayed', 'prioritized'].includes(jobState) ? 'unserved' : 'lost';
}

/** The schedule's id in the queue; permanent. */
export function scheduleIdOf(name: TickName): string {
  return `schedule-${name}`;
}

/** The id that BullMQ gives to the job of a schedule's tick. */
export function tickJobIdOf(name: TickName, at: Date): string {
  return `repeat:${scheduleIdOf(name)}:${at.getTime()}`;
}

const TICK_JOB_ID = /^repeat:.*:(\d+)$/;

/** When the tick was due whose job has this id, in epoch seconds; `null` when no schedule made the job. */
export function tickOfJobId(jobId: string): number | null {
  const millis = TICK_JOB_ID.exec(jobId)?.[1];
  return millis === undefined ? null : Math.floor(Number(millis) / 1000);
}
