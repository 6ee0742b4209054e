import type { Points } from './chart-model.ts';

const DEFAULT_SECONDS = 900;

/** By metric; a value that is `null` or left out is not known. */
type SecondValues = Readonly<Record<string, number | null | undefined>>;

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
  append(atMs: number, values: SecondValues | null): void {
    if (this.#keep(atMs, values)) this.#changed();
  }

  /** Keeps these seconds, oldest first, and nothing else. Whoever listens is told once. */
  replaceAll(seconds: readonly { readonly atMs: number; readonly values: SecondValues | null }[]): void {
    this.#next = 0;
    this.#size = 0;
    for (const { atMs, values } of seconds) this.#keep(atMs, values);
    this.#changed();
  }

  #keep(atMs: number, values: SecondValues | null): boolean {
    if (atMs <= (this.lastMs() ?? -Infinity)) return false;
    const place = this.#next;
    this.#times[place] = atMs;
    this.#answered[place] = values === null ? 0 : 1;
    for (const [metric, points] of this.#values) points[place] = values?.[metric] ?? Number.NaN;
    this.#next = (place + 1) % this.#capacity;
    this.#size = Math.min(this.#size + 1, this.#capacity);
    return true;
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Another number after each change. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The oldest of the times; `undefined`: there is none. */
  firstMs(): number | undefined {
    return this.#size === 0 ? undefined : this.#times[this.#place(0)];
  }

  /** The newest of the times; `undefined`: there is none. */
  lastMs(): number | undefined {
    return this.#size === 0 ? undefined : this.#times[this.#place(this.#size - 1)];
  }

  /** Whether the machine answered in any of the seconds. */
  hasAnswer(): boolean {
    return this.answered().includes(true);
  }

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
