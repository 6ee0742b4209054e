/**
 * Lets a few begin at a time: reads of a thousand machines that all begin at once are all in memory at once, and what lives
 * that long costs more to collect as garbage than it cost to read. Who is slow gives its place back after a while and goes on
 * without, so that machines that do not answer hold back nobody for long.
 */
export class Places {
  private readonly count: number;
  private readonly holdMs: number;
  private free: number;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param count how many places there are
   * @param holdMs how long one is held at most
   */
  constructor(count: number, holdMs: number) {
    this.count = count;
    this.free = count;
    this.holdMs = holdMs;
  }

  /** Whether nobody holds a place. */
  get isIdle(): boolean {
    return this.free === this.count;
  }

  /** Runs the work as soon as there is a place for it, in the order of the calls. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>(resolve => this.waiting.push(resolve));
    const giveBack = this.once(() => this.pass());
    const timer = setTimeout(giveBack, this.holdMs);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      giveBack();
    }
  }

  private pass(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }

  private once(act: () => void): () => void {
    let isDone = false;
    return () => {
      if (!isDone) act();
      isDone = true;
    };
  }
}
