/**
 * Tells many reads of the abort of the signal they share. A signal looks through all its listeners whenever one is added or
 * removed; it has one of this.
 */
export class AbortWatch {
  readonly #bySignal = new WeakMap<AbortSignal, Set<() => void>>();

  /** Calls `onAbort` when the signal is aborted, unless it is removed before. Not when it is aborted already. */
  add(signal: AbortSignal, onAbort: () => void): void {
    const known = this.#bySignal.get(signal);
    if (known !== undefined) {
      known.add(onAbort);
      return;
    }
    const waiting = new Set([onAbort]);
    this.#bySignal.set(signal, waiting);
    const tellAll = (): void => {
      for (const tell of waiting) tell();
    };
    signal.addEventListener('abort', tellAll, { once: true });
  }

  remove(signal: AbortSignal, onAbort: () => void): void {
    this.#bySignal.get(signal)?.delete(onAbort);
  }
}
