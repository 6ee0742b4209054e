import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';
import { ConfigurationError } from '../../problem.ts';
import { readDocument } from '../../yaml/read-document.ts';
import { appendEntries, removeEntry } from './change-list.ts';
import { changeMapping, type Wanted } from './change-mapping.ts';
import { splice, type Splice } from './splice.ts';

/** A machine with the keys of the network file, not checked yet. */
export type WrittenMachine = Readonly<Record<string, unknown>>;

/** What is to be done with the machines of a network file. */
export type MachineEdit =
  | { readonly kind: 'add'; readonly machines: readonly WrittenMachine[] }
  /** What is named is changed, and what is `null` taken out. */
  | { readonly kind: 'change'; readonly machine: string; readonly changes: WrittenMachine }
  | { readonly kind: 'remove'; readonly machine: string };

/** The text after an edit, or why there is none. */
export type EditedText =
  /** `at`: where in the list the machine stands, or the first of those that were added. */
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | { readonly kind: 'missing' }
  /** The names that are there already. */
  | { readonly kind: 'exists'; readonly names: readonly string[] }
  /** It is written with anchors, say: by hand alone can it be said what is meant. */
  | { readonly kind: 'not-editable' };

/**
 * Changes the machines of a network file in its text: what is not meant stays byte for byte as it was, comments and order
 * too. Whether the new text is a right network file is not looked at here. What comes out is read again, and given only when
 * it says exactly what was meant.
 *
 * @throws ConfigurationError when the text is no YAML mapping
 */
export function editMachines(text: string, edit: MachineEdit): EditedText {
  const file = contentsOf(text);
  const before = file.value['machines'];
  const machines = Array.isArray(before) ? (before as readonly unknown[]) : [];
  const plan = planOf(text, file.map, machines, edit);
  if (!('machines' in plan)) return plan;
  if (plan.splices === null) return { kind: 'not-editable' };
  const edited = splice(text, plan.splices);
  return says(edited, { ...file.value, machines: plan.machines })
    ? { kind: 'text', text: edited, at: plan.at }
    : { kind: 'not-editable' };
}

/** How the machines are to be, and what leads there; `splices` `null`: nothing does. */
type Plan =
  | { readonly machines: readonly unknown[]; readonly splices: readonly Splice[] | null; readonly at: number }
  | Exclude<EditedText, { readonly kind: 'text' }>;

function planOf(text: string, map: YAMLMap, machines: readonly unknown[], edit: MachineEdit): Plan {
  if (edit.kind === 'add') return planAdding(text, map, machines, edit.machines);
  const index = machines.findIndex(machine => nameOf(machine) === edit.machine);
  if (index === -1) return { kind: 'missing' };
  const list: unknown = map.get('machines', true);
  if (!isSeq(list)) return { kind: 'not-editable' };
  if (edit.kind === 'remove')
    return { machines: machines.filter((_, i) => i !== index), splices: removeEntry(text, list, index), at: index };
  const node: unknown = list.items[index];
  const now = machines[index] as Wanted;
  const after = renamed(edit.machine, changed(now, edit.changes));
  const name = nameOf(after);
  if (name !== edit.machine && machines.some(machine => nameOf(machine) === name))
    return { kind: 'exists', names: [String(name)] };
  const splices = isMap(node) ? changeMapping(text, node, now, after) : null;
  return { machines: machines.with(index, after), splices, at: index };
}

function planAdding(text: string, map: YAMLMap, machines: readonly unknown[], added: readonly WrittenMachine[]): Plan {
  const there = new Set(machines.map(nameOf));
  const names = added.map(nameOf).filter(name => typeof name === 'string');
  const exists = names.filter(name => there.has(name));
  if (exists.length > 0) return { kind: 'exists', names: exists };
  const entries = added.map(machine => changed({}, machine));
  const splices = appendEntries(text, map, 'machines', entries);
  return { machines: [...machines, ...entries], splices, at: machines.length };
}

/** A new name alone would be a new machine: with its old one as `id` it keeps its history. */
function renamed(name: string, after: Wanted): Wanted {
  return nameOf(after) === name || Object.hasOwn(after, 'id') ? after : { ...after, id: name };
}

/** An empty list or mapping says no more than a key that is not there. */
function changed(now: Wanted, changes: Wanted): Wanted {
  const all = Object.entries({ ...now, ...changes });
  return Object.fromEntries(all.filter(([key, value]) => !Object.hasOwn(changes, key) || !isNothing(value)));
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function nameOf(machine: unknown): unknown {
  return typeof machine === 'object' && machine !== null && 'name' in machine ? machine.name : undefined;
}

function contentsOf(text: string): { readonly map: YAMLMap; readonly value: Record<string, unknown> } {
  const document = readDocument(text, 'network.yml');
  if (isMap(document.contents)) {
    const value = document.toJS({ maxAliasCount: 100 }) as Record<string, unknown>;
    return { map: document.contents as YAMLMap<Node, Node>, value };
  }
  throw new ConfigurationError([{ source: 'network.yml', line: null, path: '', message: 'is no mapping' }]);
}

/** What is `null` counts as what is not there: `machines:` alone, say. */
function says(text: string, meant: Wanted): boolean {
  try {
    const { machines, ...rest } = contentsOf(text).value;
    const { machines: meantMachines, ...meantRest } = meant;
    return isDeepStrictEqual(rest, meantRest) && isDeepStrictEqual(machines ?? [], meantMachines);
  } catch (error) {
    if (error instanceof ConfigurationError) return false;
    throw error;
  }
}
