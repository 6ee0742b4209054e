import {
  MONITOR_NEEDS,
  type MachineEntry,
  type MonitorEntry,
  type MonitorKind,
  type NetworkFile,
} from '../network-file.types.ts';
import { DEFAULT_MONITORS } from './monitor-defaults.ts';

/** What decides whether a monitor applies to a machine. */
type Candidate = { readonly [K in keyof MachineEntry]?: MachineEntry[K] | undefined };

/**
 * The monitors that look at this machine, in the order of the file. A kind that the file does not name at all runs with
 * its defaults wherever it can.
 */
export function monitorsOf(file: NetworkFile, machine: MachineEntry): MonitorEntry[] {
  const named = new Set(file.monitors.map(monitor => monitor.kind));
  const monitors = [...file.monitors, ...DEFAULT_MONITORS.filter(({ kind }) => !named.has(kind))];
  return monitors.filter(({ kind, on }) => hasWhatNeeds(kind, machine) && isNamedBy(on, machine));
}

/** Whether the machine has the key without which this kind of monitor cannot look at it. */
export function hasWhatNeeds(kind: MonitorKind, machine: Candidate): boolean {
  return Boolean(machine[MONITOR_NEEDS[kind]]);
}

/** Whether `on` selects the machine, by its name or by a label. An empty list selects every machine. */
export function isNamedBy(on: readonly string[], machine: Candidate): boolean {
  return on.length === 0 || on.some(selector => isSelected(selector, machine));
}

function isSelected(selector: string, { name, labels }: Candidate): boolean {
  const equals = selector.indexOf('=');
  if (equals === -1) return selector === name;
  const key = selector.slice(0, equals);
  return labels !== undefined && Object.hasOwn(labels, key) && labels[key] === selector.slice(equals + 1);
}
