import type { MachineEntry } from '#config';
import type { MachineKind } from './types.ts';

/** A machine or a service as its network file describes it. */
export interface WatchedEntry extends MachineEntry {
  readonly kind: MachineKind;
}

/** What reconciling has to know about a stored machine. */
export interface KnownMachine {
  readonly machineId: number;
  readonly kind: MachineKind;
  readonly name: string;
  /** The `id` its network file gave it. */
  readonly stableId: string | null;
  readonly removedAt: Date | null;
}

/** A stored machine and what the file says of it now. */
export interface KeptMachine {
  readonly machineId: number;
  readonly entry: WatchedEntry;
  /** It had been removed. */
  readonly revived: boolean;
}

/** What is to be done so that the stored machines are those of the file. */
export interface MachinePlan {
  readonly added: readonly WatchedEntry[];
  /** Machines that stay, are renamed, changed, or come back. */
  readonly kept: readonly KeptMachine[];
  readonly removed: readonly number[];
  /** Removed machines whose `id` is another's by now. */
  readonly withoutId: readonly number[];
}

/**
 * Decides which stored machine each entry of a network file is: the one with its `id`, else the one with its name (a
 * living one before a removed one, the latest before an older one). A machine without an id is renamed by an entry whose `id`
 * is its former name. Whoever is claimed by nobody is removed.
 */
export function reconcileMachines(known: readonly KnownMachine[], entries: readonly WatchedEntry[]): MachinePlan {
  const claims = new Map<WatchedEntry, KeptMachine>();
  const free = new Map([...known].sort(livingThenLatest).map(machine => [machine.machineId, machine]));
  const claim = (entry: WatchedEntry, matches: (machine: KnownMachine) => boolean): void => {
    const machine = claims.has(entry) ? undefined : [...free.values()].find(matches);
    if (machine === undefined) return;
    claims.set(entry, { machineId: machine.machineId, entry, revived: machine.removedAt !== null });
    free.delete(machine.machineId);
  };
  // All ids first: a name is worth less, also when its entry stands earlier in the file.
  const withId = entries.filter(({ id }) => id !== null);
  const names = new Set(entries.map(({ kind, name }) => `${kind} ${name}`));
  const isElsewhere = ({ kind, id, name }: WatchedEntry): boolean => id !== name && names.has(`${kind} ${id}`);
  for (const entry of withId) claim(entry, machine => machine.removedAt === null && hasIdOf(machine, entry));
  for (const entry of withId) if (!isElsewhere(entry)) claim(entry, machine => wasCalledSo(machine, entry));
  for (const entry of withId) claim(entry, machine => hasIdOf(machine, entry));
  for (const entry of entries) claim(entry, machine => machine.name === entry.name && mayBe(machine, entry));
  const left = [...free.values()];
  const ids = new Set(withId.map(({ id }) => id));
  return {
    added: entries.filter(entry => !claims.has(entry)),
    kept: [...claims.values()],
    removed: left.filter(machine => machine.removedAt === null).map(machine => machine.machineId),
    withoutId: left.filter(({ stableId }) => stableId !== null && ids.has(stableId)).map(machine => machine.machineId),
  };
}

/** A machine with another id is another machine, whatever its name; and a service never was a machine. */
function mayBe(machine: KnownMachine, entry: WatchedEntry): boolean {
  if (machine.kind !== entry.kind) return false;
  return entry.id === null || machine.stableId === null || machine.stableId === entry.id;
}

function hasIdOf(machine: KnownMachine, entry: WatchedEntry): boolean {
  return machine.kind === entry.kind && machine.stableId === entry.id;
}

function wasCalledSo(machine: KnownMachine, entry: WatchedEntry): boolean {
  const isLivingWithoutId = machine.removedAt === null && machine.stableId === null;
  return isLivingWithoutId && machine.kind === entry.kind && machine.name === entry.id;
}

function livingThenLatest(a: KnownMachine, b: KnownMachine): number {
  if ((a.removedAt === null) !== (b.removedAt === null)) return a.removedAt === null ? -1 : 1;
  return (b.removedAt?.getTime() ?? 0) - (a.removedAt?.getTime() ?? 0);
}
