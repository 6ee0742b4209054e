import { durationOr } from '../duration.ts';
import type { MonitorKind } from '../monitor-kind.types.ts';
import type { MonitorEntry } from '../network-file.types.ts';
import { withoutEmpty } from './parameters.ts';

const INTERVAL_MS = 10_000;
const TIMEOUT_MS = 3_000;

/** How a monitor is timed, in milliseconds. */
export interface Timing {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** The timing of a monitor with valid durations, defaults filled in. */
export function timingOf(monitor: {
  readonly interval?: string | undefined;
  readonly timeout?: string | undefined;
}): Timing {
  const intervalMs = durationOr(monitor.interval, INTERVAL_MS);
  return { intervalMs, timeoutMs: durationOr(monitor.timeout, TIMEOUT_MS) };
}

/** The monitors that run although the file names none of their kind: those that give metrics, under the name of the kind. */
export function defaultMonitors(kinds: readonly MonitorKind[], monitors: readonly MonitorEntry[]): MonitorEntry[] {
  const named = new Set(monitors.map(monitor => monitor.kind));
  return kinds
    .filter(({ kind, gives }) => gives === 'metrics' && !named.has(kind))
    .map(({ kind, gives, needs }) => ({
      name: kind,
      kind,
      gives,
      needs,
      on: [],
      service: false,
      parameters: withoutEmpty({}),
      ...timingOf({}),
    }));
}
