import type { MachineEntry, MonitorEntry, NetworkFile } from '../network-file.types.ts';
import { DEFAULT_MONITORS } from './monitor-defaults.ts';
import { hasWhatNeeds, selectorsOf } from './selection.ts';

/**
 * The monitors that look at this machine, in the order of the file. A kind that the file does not name at all runs with
 * its defaults wherever it can.
 */
export function monitorsOf(file: NetworkFile, machine: MachineEntry): MonitorEntry[] {
  const named = new Set(file.monitors.map(monitor => monitor.kind));
  const monitors = [...file.monitors, ...DEFAULT_MONITORS.filter(({ kind }) => !named.has(kind))];
  const selectors = selectorsOf(machine);
  const isNamedBy = (on: readonly string[]) => on.length === 0 || on.some(selector => selectors.includes(selector));
  return monitors.filter(({ kind, on }) => hasWhatNeeds(kind, machine) && isNamedBy(on));
}
