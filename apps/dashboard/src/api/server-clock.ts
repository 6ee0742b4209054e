/** Differences below this are the network's, not the clocks'. */
const TOLERANCE_MS = 2_000;
const TICK_MS = 1_000;

/**
 * The server's clock as this page knows it: ages are shown against it, so a browser whose clock is wrong still shows
 * true ones. It ticks once a second, for as long as somebody listens.
 */
export class ServerClock {
  #offsetMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #listeners = new Set<() => void>();

  /** Learns what time it is over there. */
  hear(at: string): void {
    const offsetMs = Date.parse(at) - Date.now();
    if (Math.abs(offsetMs - this.#offsetMs) > TOLERANCE_MS) this.#offsetMs = offsetMs;
  }

  /** In ms of the Unix epoch. */
  readonly now = (): number => Date.now() + this.#offsetMs;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  #tick(): void {
    for (const listener of this.#listeners) listener();
  }
}
