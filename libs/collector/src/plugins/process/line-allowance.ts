const LINES_PER_PERIOD = 50;
const PERIOD_MS = 10_000;

/** Decides which lines of a plugin go into our log: so many in a period, then only how many were left out. */
export class LineAllowance {
  private begunAt = Number.NEGATIVE_INFINITY;
  private taken = 0;

  /** @returns whether this line may pass, and how many did not since one last did */
  ask(nowMs: number): { readonly passes: boolean; readonly leftOut: number } {
    const leftOut = Math.max(0, this.taken - LINES_PER_PERIOD);
    if (nowMs - this.begunAt >= PERIOD_MS) {
      [this.begunAt, this.taken] = [nowMs, 1];
      return { passes: true, leftOut };
    }
    this.taken += 1;
    return { passes: this.taken <= LINES_PER_PERIOD, leftOut: 0 };
  }
}
