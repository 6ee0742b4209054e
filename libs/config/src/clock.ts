/**
 * The only source of the current time. A decision reads it once and hands the value down, so that everything in one
 * decision agrees on what time it is, and so that a test can say what time it is.
 */
export class Clock {
  /** The current instant, in the machine's clock. */
  now(): Date {
    return new Date();
  }
}
