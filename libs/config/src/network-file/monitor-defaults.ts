import { durationOr } from '../duration.ts';
import { MONITOR_NEEDS, type MonitorEntry, type MonitorKind } from '../network-file.types.ts';

const INTERVAL_MS = 10_000;
const TIMEOUT_MS = 3_000;

/** How a monitor is timed, in milliseconds. */
export interface Timing {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** The timing of a monitor with valid durations, defaults filled in: a check never takes longer than its interval. */
export function timingOf(monitor: {
  readonly interval?: string | undefined;
  readonly timeout?: string | undefined;
}): Timing {
  const intervalMs = durationOr(monitor.interval, INTERVAL_MS);
  return { intervalMs, timeoutMs: durationOr(monitor.timeout, TIMEOUT_MS) };
}

/** The monitors that run when the file names none of their kind; each has the name of its kind. */
export const DEFAULT_MONITORS: readonly MonitorEntry[] = (Object.keys(MONITOR_NEEDS) as MonitorKind[]).map(kind => ({
  name: kind,
  kind,
  on: [],
  ...timingOf({}),
}));
