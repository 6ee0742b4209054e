import type { MachineEntry, MonitorEntry, NetworkFile } from '../network-file.types.ts';
import { hasWhatNeeds, selectorsOf } from './selection.ts';

/** What of a machine decides who looks at it. */
export type Watchable = Pick<MachineEntry, 'name' | 'netdata' | 'host' | 'address' | 'labels'>;

/** Whether this monitor looks at this machine. */
export function watches(monitor: MonitorEntry, machine: Watchable): boolean {
  if (monitor.service || !hasWhatNeeds(monitor.needs, machine)) return false;
  if (monitor.on.length === 0) return true;
  const selectors = selectorsOf(machine);
  return monitor.on.some(selector => selectors.includes(selector));
}

/** The monitors that look at this machine, in the order of the file. */
export function monitorsOf(file: NetworkFile, machine: Watchable): MonitorEntry[] {
  return file.monitors.filter(monitor => watches(monitor, machine));
}

/** The monitor that gives the values and the rows of this machine, if one does: the first of them. */
export function metricsMonitorOf(file: NetworkFile, machine: Watchable): MonitorEntry | null {
  return file.monitors.find(monitor => monitor.gives === 'metrics' && watches(monitor, machine)) ?? null;
}

/** The monitors that have a target of their own. */
export function servicesOf(file: NetworkFile): MonitorEntry[] {
  return file.monitors.filter(monitor => monitor.service);
}
