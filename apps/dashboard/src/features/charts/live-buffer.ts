import type { Points } from './chart-model.ts';

const DEFAULT_SECONDS = 900;

/** What came last, second by second: as many as there is room for, the oldest makes way. */
export class LiveBuffer {
  readonly #capacity: number;
  /** In ms of the Unix epoch. */
  readonly #times: Float64Array;
  readonly #answered: Uint8Array;
  readonly #values: ReadonlyMap<string, Float64Array>;
  #next = 0;
  #size = 0;
  #version = 0;
  readonly #listeners = new Set<() => void>();

  /** @param metrics what is kept of each second */
  constructor(metrics: readonly string[], capacitySeconds = DEFAULT_SECONDS) {
    this.#capacity = capacitySeconds;
    this.#times = new Float64Array(capacitySeconds);
    this.#answered = new Uint8Array(capacitySeconds);
    this.#values = new Map(metrics.map(metric => [metric, new Float64Array(capacitySeconds)]));
  }

  /**
   * Keeps a second. One that is not later than the last is left out.
   *
   * @param values `null`: the machine did not answer
   */
  append(atMs: number, values: Readonly<Record<string, number | null | undefined>> | null): void {
    if (this.#size > 0 && atMs <= (this.#times[this.#place(this.#size - 1)] ?? 0)) return;
    const place = this.#next;
    this.#times[place] = atMs;
    this.#answered[place] = values === null ? 0 : 1;
    for (const [metric, points] of this.#values) points[place] = values?.[metric] ?? Number.NaN;
    this.#next = (place + 1) % this.#capacity;
    this.#size = Math.min(this.#size + 1, this.#capacity);
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Forgets everything: it is about another machine from now on. */
  clear(): void {
    this.#next = 0;
    this.#size = 0;
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Another number after each change. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** In ms of the Unix epoch, oldest first. */
  times(): number[] {
    return this.#read(place => this.#times[place] ?? 0);
  }

  /** Whether the machine answered, at each of the times. */
  answered(): boolean[] {
    return this.#read(place => this.#answered[place] === 1);
  }

  /** A value for each of the times. */
  points(metric: string): Points {
    const values = this.#values.get(metric);
    return this.#read(place => {
      const value = values?.[place];
      return value === undefined || Number.isNaN(value) ? null : value;
    });
  }

  #read<T>(at: (place: number) => T): T[] {
    return Array.from({ length: this.#size }, (_, index) => at(this.#place(index)));
  }

  #place(index: number): number {
    return (this.#next - this.#size + index + this.#capacity) % this.#capacity;
  }
}
