import { watches, type MonitorEntry } from '#config';
import type { StoredMachine } from '#storage';

/** Whether this monitor looks at this machine, or is the one of this service. */
export function isFor(monitor: MonitorEntry, machine: StoredMachine): boolean {
  return machine.kind === 'service' ? monitor.service && monitor.name === machine.name : watches(monitor, machine);
}
