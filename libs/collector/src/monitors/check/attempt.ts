import type { Reason } from '#config';
import { wrong, type Finding } from './finding.ts';

/** One check under way: what it is waiting for, and what has to be closed when it is over. */
export class Attempt {
  readonly #timeoutMs: number;
  readonly #startedAt = performance.now();
  readonly #over = new AbortController();
  #late: () => Finding = () => wrong('timeout', 'The check took too long.');

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Aborted when nobody waits for the outcome any more. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  /**
   * What is wrong if the time runs out from here on.
   *
   * @param detail goes on with how long it was waited
   */
  ifLate(reason: Reason, detail: string): void {
    this.#late = () => wrong(reason, `${detail} within ${Math.round(this.#timeoutMs)} ms.`);
  }

  /** Like {@link ifLate}, when what has come until then decides. */
  decideLate(decide: () => Finding): void {
    this.#late = decide;
  }

  /** The finding when the time is up now. */
  late(): Finding {
    return this.#late();
  }

  /** Calls `close` at the end, however it comes; at once when it has come. */
  whenOver(close: () => void): void {
    if (this.#over.signal.aborted) close();
    else this.#over.signal.addEventListener('abort', close, { once: true });
  }

  end(): void {
    this.#over.abort();
  }
}
