import { MONITOR_NEEDS, type MachineEntry, type MonitorKind } from '../network-file.types.ts';

/** What decides whether a monitor applies to a machine. */
export type Selectable = { readonly [K in keyof MachineEntry]?: MachineEntry[K] | undefined };

/** Whether the machine has the key without which this kind of monitor cannot look at it. */
export function hasWhatNeeds(kind: MonitorKind, machine: Selectable): boolean {
  return Boolean(machine[MONITOR_NEEDS[kind]]);
}

/**
 * The entries of `on` that select this machine: its name and, as `key=value`, each of its labels. Neither a name nor the
 * key of a label holds a `=`, so no two of these can be confused.
 */
export function selectorsOf({ name, labels }: Selectable): string[] {
  const byLabel = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return name === undefined ? byLabel : [name, ...byLabel];
}
