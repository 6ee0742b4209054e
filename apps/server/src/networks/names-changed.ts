import { isDeepStrictEqual } from 'node:util';
import type { MachineEntry } from '#config';

/** More names than anybody reads in a line of the audit log. */
const MAX_NAMES = 100;

/** Which machines a version adds, changes and removes, by name; how many there are when they are too many to name. */
export interface NamesChanged extends Record<string, unknown> {
  readonly added: readonly string[] | number;
  readonly changed: readonly string[] | number;
  readonly removed: readonly string[] | number;
}

/** Compares the machines of two versions. A machine that is renamed is one that was added and one that was removed. */
export function namesChanged(before: readonly MachineEntry[], after: readonly MachineEntry[]): NamesChanged {
  const former = new Map(before.map(machine => [machine.name, machine]));
  const kept = new Set(after.map(({ name }) => name));
  const isChanged = (machine: MachineEntry): boolean => !isDeepStrictEqual(machine, former.get(machine.name));
  return {
    added: shown(after.filter(({ name }) => !former.has(name))),
    changed: shown(after.filter(machine => former.has(machine.name) && isChanged(machine))),
    removed: shown(before.filter(({ name }) => !kept.has(name))),
  };
}

function shown(machines: readonly MachineEntry[]): readonly string[] | number {
  return machines.length > MAX_NAMES ? machines.length : machines.map(({ name }) => name);
}
