/** Where the cursor of a chart is. Only what says so is drawn again when it moves. */
export class CursorStore {
  #index: number | null = null;
  readonly #listeners = new Set<() => void>();

  /** The point it is at; `null`: it is not over the chart. */
  readonly index = (): number | null => this.#index;

  move(index: number | null): void {
    if (index === this.#index) return;
    this.#index = index;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
