import { AuthError } from './auth-error.ts';

/** Lets a few begin at a time, in the order of the calls, and turns away whoever would have to wait behind too many. */
export class Turns {
  private free: number;
  private readonly maxWaiting: number;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param atOnce how many may run at once
   * @param maxWaiting how many may wait for that
   */
  constructor(atOnce: number, maxWaiting: number) {
    this.free = atOnce;
    this.maxWaiting = maxWaiting;
  }

  /**
   * Runs the work as soon as it is its turn.
   *
   * @throws AuthError TOO_BUSY when too many wait already
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }

  private async turn(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    if (this.waiting.length >= this.maxWaiting)
      throw new AuthError(
        'TOO_BUSY',
        'Too many passwords are being checked at this moment. Try again in a few seconds.',
        {
          retryAfterSeconds: 5,
        },
      );
    await new Promise<void>(resolve => this.waiting.push(resolve));
  }
}
