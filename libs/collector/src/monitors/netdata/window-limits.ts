import type { Window } from '#config';
import type { ReadLimits } from '../monitor.ts';

/** How many answers of a window are waited for one after another: the charts of a row, and the last values before. */
const IN_A_ROW = 10;
/** Even the slowest machine has its row by then. */
const MAX_WHOLE_MS = 60_000;

/** How long one machine's window may take. */
export interface WindowTimes {
  readonly wholeMs: number;
  readonly requestMs: number;
}

/**
 * A machine whose own timeout says that it is far away gets the time for as many slow answers as a window takes. A short
 * one shortens nothing here: it says how soon a probe gives up, while a window is read beside those of all other
 * machines, and its row would be lost to our own being busy.
 */
export function windowTimes(ownTimeoutMs: number | null, window: Window, limits: ReadLimits): WindowTimes {
  const { timeoutMs } = limits;
  if (ownTimeoutMs === null) return { wholeMs: timeoutMs, requestMs: timeoutMs };
  const slowMs = Math.min(IN_A_ROW * ownTimeoutMs, MAX_WHOLE_MS, window.lengthMs);
  return { wholeMs: Math.max(timeoutMs, slowMs), requestMs: Math.max(timeoutMs, ownTimeoutMs) };
}

/** The limits of the requests of one window, which share its time. */
export class WindowClock {
  readonly #requestMs: number;
  readonly #endsAt: number;
  readonly #signal: AbortSignal;

  constructor({ wholeMs, requestMs }: WindowTimes, signal: AbortSignal) {
    this.#requestMs = requestMs;
    this.#endsAt = performance.now() + wholeMs;
    this.#signal = signal;
  }

  get isOver(): boolean {
    return performance.now() >= this.#endsAt;
  }

  /** Those of a request that is sent now. */
  limits(): ReadLimits {
    return { timeoutMs: Math.min(this.#requestMs, this.#endsAt - performance.now()), signal: this.#signal };
  }
}
