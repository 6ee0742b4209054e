/** What stands before and after a machine; `null`: it is the first, or the last, or not there at all. */
export interface Neighbours {
  readonly previous: string | null;
  readonly next: string | null;
  /** Its place, from 0; -1: it is not there. */
  readonly index: number;
  readonly total: number;
}

/** Who stands around a machine in a list. It does not go round: the end of the list should be felt. */
export function neighboursOf(names: readonly string[], machine: string): Neighbours {
  const index = names.indexOf(machine);
  const at = (place: number): string | null => (index === -1 ? null : (names[place] ?? null));
  return { previous: at(index - 1), next: at(index + 1), index, total: names.length };
}
