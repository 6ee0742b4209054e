import type { Machine, MachineCounts } from '../../api/client.ts';
import type { ValuesEvent, VerdictEvent } from '../../api/live-events.ts';
import { type MachineRow, mergeRow, rowOf } from './machine-row.ts';

/** What has arrived since the last update of the page. */
export interface LiveBatch {
  readonly verdicts: readonly (VerdictEvent & { readonly toldAt: number })[];
  readonly values: ValuesEvent | null;
}

type Listener = () => void;

/**
 * The machines of one network outside of React: a line subscribes to its own row, so that a second in which three of
 * 300 machines change draws three lines. The list listeners hear what may change order, filter or counts: who is there,
 * and in which state; never a value.
 */
export class MachineStore {
  #rows = new Map<string, MachineRow>();
  #version = 0;
  #heardAt = 0;
  readonly #rowListeners = new Map<string, Set<Listener>>();
  readonly #listListeners = new Set<Listener>();

  /** Takes over a whole list, keeping what events have said since it was asked for. */
  replaceAll(machines: readonly Machine[], requestedAt: number): void {
    const former = this.#rows;
    this.#heardAt = Date.now();
    this.#rows = new Map();
    for (const machine of machines) {
      const known = former.get(machine.name);
      const read = rowOf(machine);
      this.#rows.set(read.name, known === undefined ? read : mergeRow(known, read, requestedAt));
    }
    for (const name of this.#rowListeners.keys()) this.#tellRow(name);
    this.#tellList();
  }

  /** One update: at most one new row per machine, and one call per listener. */
  apply(batch: LiveBatch): void {
    const changed = new Set<string>();
    this.#heardAt = Date.now();
    for (const [name, values] of Object.entries(batch.values?.machines ?? {})) {
      // No answer this second: the last known values stay, and their age tells.
      if (values === null || batch.values === null) continue;
      if (this.#change(name, { values, valuesAt: Date.parse(batch.values.at) })) changed.add(name);
    }
    let hasVerdict = false;
    for (const { machine, to, reason, at, toldAt } of batch.verdicts) {
      if (!this.#change(machine, { state: to, reason, since: at, stateToldAt: toldAt })) continue;
      changed.add(machine);
      hasVerdict = true;
    }
    for (const name of changed) this.#tellRow(name);
    if (hasVerdict) this.#tellList();
  }

  row(name: string): MachineRow | undefined {
    return this.#rows.get(name);
  }

  rows(): MachineRow[] {
    return [...this.#rows.values()];
  }

  /** When anything was last heard of the machines, in this browser's clock (ms of the Unix epoch). */
  heardAt(): number {
    return this.#heardAt;
  }

  /** How many machines are in which state. */
  counts(): MachineCounts {
    const counts: MachineCounts = { total: this.#rows.size, up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 };
    for (const row of this.#rows.values()) counts[row.state] += 1;
    return counts;
  }

  /** Rises with every change that list listeners hear of. */
  readonly version = (): number => this.#version;

  subscribeRow(name: string, listener: Listener): () => void {
    const listeners = this.#rowListeners.get(name) ?? new Set();
    this.#rowListeners.set(name, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#rowListeners.delete(name);
    };
  }

  readonly subscribeList = (listener: Listener): (() => void) => {
    this.#listListeners.add(listener);
    return () => this.#listListeners.delete(listener);
  };

  #change(name: string, change: Partial<MachineRow>): boolean {
    const row = this.#rows.get(name);
    if (row === undefined) return false;
    this.#rows.set(name, { ...row, ...change });
    return true;
  }

  #tellRow(name: string): void {
    for (const listener of this.#rowListeners.get(name) ?? []) listener();
  }

  #tellList(): void {
    this.#version += 1;
    for (const listener of this.#listListeners) listener();
  }
}
