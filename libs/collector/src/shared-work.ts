interface Run<T> {
  readonly result: Promise<T | null>;
  readonly stop: AbortController;
  waiting: number;
}

/** Work that is done once for all who want the same at the same time, and stopped when none of them waits any more. */
export class SharedWork<T> {
  private readonly runs = new Map<string, Run<T>>();

  /** How much is under way. */
  get size(): number {
    return this.runs.size;
  }

  has(key: string): boolean {
    return this.runs.has(key);
  }

  /**
   * Waits for the work under way with this key, or begins it.
   *
   * @param signal of the one who waits: aborted, he gets `null` at once
   * @throws what the work throws, to all who wait for it
   */
  async join(key: string, signal: AbortSignal, work: (stop: AbortSignal) => Promise<T | null>): Promise<T | null> {
    if (signal.aborted) return null;
    const run = this.runs.get(key) ?? this.begin(key, work);
    run.waiting += 1;
    try {
      return await unlessAborted(signal, run.result);
    } finally {
      run.waiting -= 1;
      if (run.waiting === 0) this.end(key, run);
    }
  }

  private begin(key: string, work: (stop: AbortSignal) => Promise<T | null>): Run<T> {
    const stop = new AbortController();
    const run = { result: work(stop.signal), stop, waiting: 0 };
    this.runs.set(key, run);
    return run;
  }

  /** The next one with this key begins anew, whether this one has ended or is only told to. */
  private end(key: string, run: Run<T>): void {
    if (this.runs.get(key) === run) this.runs.delete(key);
    run.stop.abort(new Error('nobody waits for it any more'));
  }
}

function unlessAborted<T>(signal: AbortSignal, result: Promise<T | null>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const leave = (): void => resolve(null);
    signal.addEventListener('abort', leave, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
