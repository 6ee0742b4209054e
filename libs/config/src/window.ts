/**
 * A window is a stretch of time of fixed length, aligned to the clock (to the Unix epoch), and named by its start. It
 * holds the seconds [start, start + length).
 */
export interface Window {
  readonly start: Date;
  readonly lengthMs: number;
}

/** The start of the window that contains `at`. */
export function windowStartOf(at: Date, lengthMs: number): Date {
  return new Date(Math.floor(at.getTime() / lengthMs) * lengthMs);
}

/** The instant at which the window is over: the start of the next one. */
export function windowEndOf(window: Window): Date {
  return new Date(window.start.getTime() + window.lengthMs);
}
