import type { MonitorEntry, NetworkFile } from '../network-file.types.ts';
import { watches } from './monitors-of.ts';

/** An observation says something for this many intervals of its monitor. */
const FRESH_INTERVALS = 3;
const SHORTEST_INTERVAL_MS = 10_000;

const inUse = new WeakMap<NetworkFile, readonly MonitorEntry[]>();

/** The monitors that watch a service or at least one machine of the file. Worked out once per file. */
export function monitorsInUse(file: NetworkFile): readonly MonitorEntry[] {
  const known = inUse.get(file);
  if (known !== undefined) return known;
  const monitors = file.monitors.filter(
    monitor => monitor.service || file.machines.some(machine => watches(monitor, machine)),
  );
  inUse.set(file, monitors);
  return monitors;
}

/**
 * How long an observation by this monitor says something, in milliseconds: until the third of the next ones should have
 * been there. A very quick monitor is given as much as one that looks every 10 s, for the queue can be busy.
 */
export function freshMsOf({ intervalMs, timeoutMs }: Pick<MonitorEntry, 'intervalMs' | 'timeoutMs'>): number {
  return FRESH_INTERVALS * Math.max(SHORTEST_INTERVAL_MS, intervalMs + timeoutMs);
}
