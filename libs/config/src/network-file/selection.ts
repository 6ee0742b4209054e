import type { MachineNeed } from '../monitor-kind.types.ts';
import type { MachineEntry } from '../network-file.types.ts';

/** What decides whether a monitor applies to a machine. */
export type Selectable = { readonly [K in keyof MachineEntry]?: unknown } & {
  readonly name?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
};

/** Whether the machine has the key without which a monitor cannot look at it. */
export function hasWhatNeeds(needs: MachineNeed | null, machine: Selectable): boolean {
  return needs === null || Boolean(machine[needs]);
}

/**
 * The entries of `on` that select this machine: its name and, as `key=value`, each of its labels. Neither a name nor the
 * key of a label holds a `=`, so no two of these can be confused.
 */
export function selectorsOf({ name, labels }: Selectable): string[] {
  const byLabel = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return name === undefined ? byLabel : [name, ...byLabel];
}
