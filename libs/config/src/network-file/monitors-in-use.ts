import type { MonitorEntry, NetworkFile } from '../network-file.types.ts';
import { monitorsOf } from './monitors-of.ts';

/** An observation says something for this many intervals of the slowest monitor. */
const FRESH_INTERVALS = 3;
const SHORTEST_INTERVAL_MS = 10_000;

const inUse = new WeakMap<NetworkFile, readonly MonitorEntry[]>();

/** The monitors that watch at least one machine of the file, each once, defaults included. Worked out once per file. */
export function monitorsInUse(file: NetworkFile): readonly MonitorEntry[] {
  const known = inUse.get(file);
  if (known !== undefined) return known;
  const byName = new Map(
    file.machines.flatMap(machine => monitorsOf(file, machine)).map(monitor => [monitor.name, monitor]),
  );
  const monitors = [...byName.values()];
  inUse.set(file, monitors);
  return monitors;
}

/** How long an observation of this network says something, in milliseconds. */
export function freshMsOf(file: NetworkFile): number {
  const periods = monitorsInUse(file).map(({ intervalMs, timeoutMs }) => intervalMs + timeoutMs);
  return FRESH_INTERVALS * Math.max(SHORTEST_INTERVAL_MS, ...periods);
}
