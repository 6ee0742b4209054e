/** SQL: an instant in whole milliseconds since the epoch, as a number. */
export function msOf(instant: string): string {
  // Seconds as a double are not exact: without rounding some instants would be a millisecond early.
  return `round(date_part('epoch', ${instant}) * 1000)`;
}

/** The instant that {@link msOf} gave. */
export function instantOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
