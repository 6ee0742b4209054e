import type { Machine } from '../../api/client.ts';
import type { MachineEntry } from './machine-entry.ts';

/** A machine as the file names it, and as it is. */
export interface MachineLine {
  readonly entry: MachineEntry;
  /** `null`: it was just added, and nobody has told of it yet. */
  readonly machine: Machine | null;
}

/** In the order of the file. */
export function machineLines(entries: readonly MachineEntry[], machines: readonly Machine[]): MachineLine[] {
  const byName = new Map(machines.map(machine => [machine.name, machine]));
  return entries.map(entry => ({ entry, machine: byName.get(entry.name) ?? null }));
}

/** Those that have every word in their name, their address, a label or a note. */
export function matching(lines: readonly MachineLine[], filter: string): readonly MachineLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return lines;
  return lines.filter(line => words.every(word => textOf(line).includes(word)));
}

function textOf({ entry: { name, netdata, labels, auth, via }, machine }: MachineLine): string {
  const texts = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [name, netdata, auth, via, machine?.pause?.note, ...texts].join('\n').toLowerCase();
}
