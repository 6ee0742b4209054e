/** Who asks again sooner gets what was read before. */
const EACH_MS = 1_000;

interface Run<T> {
  readonly begunAt: number;
  readonly result: Promise<T>;
  isOver: boolean;
}

/**
 * Work whose result is of this moment: who asks while it is under way waits for it too, and who asks within a second of its
 * beginning gets its result. What is handed out is therefore never older than a second, or than the work takes.
 */
export class BriefShare<T> {
  private readonly runs = new Map<number, Run<T>>();

  /** How much is under way or kept. */
  get size(): number {
    return this.runs.size;
  }

  /** Whether asking would begin anything. */
  has(key: number): boolean {
    const run = this.runs.get(key);
    return run !== undefined && (!run.isOver || performance.now() - run.begunAt < EACH_MS);
  }

  /** @throws what the work throws, to all who wait for it */
  join(key: number, work: () => Promise<T>): Promise<T> {
    const known = this.runs.get(key);
    if (known !== undefined && this.has(key)) return known.result;
    const run: Run<T> = { begunAt: performance.now(), result: work(), isOver: false };
    this.runs.set(key, run);
    const over = (): void => {
      run.isOver = true;
      this.forgetLater(key, run);
    };
    run.result.then(over, over);
    return run.result;
  }

  private forgetLater(key: number, run: Run<T>): void {
    const forget = (): void => {
      if (this.runs.get(key) === run) this.runs.delete(key);
    };
    setTimeout(forget, Math.max(0, run.begunAt + EACH_MS - performance.now())).unref();
  }
}
