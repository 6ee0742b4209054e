import type { StateCounts } from '../../api/client.ts';
import type { StateRow } from './state-row.ts';
import type { ToldVerdict } from './live-batcher.ts';

type Listener = () => void;

/** What is newer of a row that is known and the one that a list names. */
export type MergeRow<Row> = (known: Row, read: Row, requestedAt: number) => Row;

/**
 * The rows of one list outside of React: a line subscribes to its own row, so that a second in which three of 300
 * machines change draws three lines. The list listeners hear what may change order, filter or counts: who is there, and
 * in which state; never a value.
 */
export class RowStore<Row extends StateRow> {
  #rows = new Map<string, Row>();
  #version = 0;
  #heardAt = 0;
  readonly #merge: MergeRow<Row>;
  readonly #rowListeners = new Map<string, Set<Listener>>();
  readonly #listListeners = new Set<Listener>();

  constructor(merge: MergeRow<Row>) {
    this.#merge = merge;
  }

  /** Takes over a whole list, keeping what events have said since it was asked for. */
  replaceAll(read: readonly Row[], requestedAt: number): void {
    const former = this.#rows;
    this.#heardAt = Date.now();
    this.#rows = new Map();
    for (const row of read) {
      const known = former.get(row.name);
      this.#rows.set(row.name, known === undefined ? row : this.#merge(known, row, requestedAt));
    }
    for (const name of this.#rowListeners.keys()) this.#tellRow(name);
    this.#tellList();
  }

  /** One update: at most one call per listener. Whoever is not in the list is ignored. */
  apply(verdicts: readonly ToldVerdict[], changes: ReadonlyMap<string, Partial<Row>> = new Map()): void {
    this.#heardAt = Date.now();
    const changed = new Set<string>();
    for (const [name, change] of changes) {
      if (this.#change(name, row => ({ ...row, ...change }))) changed.add(name);
    }
    const judged = verdicts.filter(({ machine, to, reason, at, toldAt }) =>
      // What the last look found belongs to the state before; the list tells of it anew.
      this.#change(machine, row => ({ ...row, state: to, reason, since: at, detail: null, stateToldAt: toldAt })),
    );
    for (const { machine } of judged) changed.add(machine);
    for (const name of changed) this.#tellRow(name);
    if (judged.length > 0) this.#tellList();
  }

  row(name: string): Row | undefined {
    return this.#rows.get(name);
  }

  rows(): Row[] {
    return [...this.#rows.values()];
  }

  /** When anything was last heard, in this browser's clock (ms of the Unix epoch). */
  heardAt(): number {
    return this.#heardAt;
  }

  /** How many rows are in which state. */
  counts(): StateCounts {
    const counts: StateCounts = { total: this.#rows.size, up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 };
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

  #change(name: string, changed: (row: Row) => Row): boolean {
    const row = this.#rows.get(name);
    if (row === undefined) return false;
    this.#rows.set(name, changed(row));
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
