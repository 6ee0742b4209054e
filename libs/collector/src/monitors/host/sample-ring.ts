import type { HostSample } from '#storage';

/** The last seconds, each at its place; what was not put is `null`. */
export class SampleRing {
  readonly #size: number;
  readonly #places: ({ readonly second: number; readonly sample: HostSample } | undefined)[];
  #oldest: number | null = null;
  #newest: number | null = null;

  constructor(size: number) {
    this.#size = size;
    this.#places = Array.from({ length: size });
  }

  /** The newest second put, in epoch seconds. */
  get newest(): number | null {
    return this.#newest;
  }

  /** The oldest second that is still here. */
  get oldest(): number | null {
    if (this.#oldest === null || this.#newest === null) return null;
    return Math.max(this.#oldest, this.#newest - this.#size + 1);
  }

  /** Seconds must rise; a lower one means that the clock was set back, and all before is forgotten. */
  put(second: number, sample: HostSample): void {
    if (this.#newest !== null && second <= this.#newest) this.#oldest = null;
    this.#oldest ??= second;
    this.#newest = second;
    this.#places[second % this.#size] = { second, sample };
  }

  at(second: number): HostSample | null {
    const oldest = this.oldest;
    if (oldest === null || second < oldest) return null;
    const place = this.#places[second % this.#size];
    return place?.second === second ? place.sample : null;
  }
}
