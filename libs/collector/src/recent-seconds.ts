import type { SecondColumns } from './seconds-reader.types.ts';

/** Pages that look at the same machine ask at about the same time. */
const KEEP_MS = 5_000;
/** Of all that is kept together: some 12 MB, six of the longest answers or seventy of ten minutes. */
const MAX_NUMBERS = 500_000;

interface Kept {
  readonly columns: SecondColumns;
  readonly numbers: number;
  readonly timer: NodeJS.Timeout;
}

/** Keeps the last answers for a moment, and no more than fits: what came first goes first. */
export class RecentSeconds {
  private readonly kept = new Map<string, Kept>();
  private numbers = 0;

  /** `null`: it was never there, or not just now. */
  get(key: string): SecondColumns | null {
    return this.kept.get(key)?.columns ?? null;
  }

  keep(key: string, columns: SecondColumns): void {
    this.drop(key);
    const numbers = Object.values(columns.metrics).reduce((sum, column) => sum + column.length, 0);
    if (numbers > MAX_NUMBERS) return;
    const timer = setTimeout(() => this.drop(key), KEEP_MS);
    timer.unref();
    this.kept.set(key, { columns, numbers, timer });
    this.numbers += numbers;
    for (const oldest of this.kept.keys()) {
      if (this.numbers <= MAX_NUMBERS) return;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const kept = this.kept.get(key);
    if (kept === undefined) return;
    clearTimeout(kept.timer);
    this.numbers -= kept.numbers;
    this.kept.delete(key);
  }
}
