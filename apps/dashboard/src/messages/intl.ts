import { LOCALE } from './language.ts';

/**
 * Something that is made when it is first asked for. A formatter costs a phone some milliseconds, there are two dozen of
 * them, and most pages need a few.
 */
export function onDemand<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/**
 * Makes a formatter in a task of its own, while the first answers are on their way: the first one of a page costs a phone as much
 * as drawing it, those after it next to nothing.
 */
export function warmUp(): void {
  setTimeout(() => new Intl.DateTimeFormat(LOCALE).format());
}

/** Numbers as the language of the page has them. */
export function numberFormat(options: Intl.NumberFormatOptions): () => Intl.NumberFormat {
  return onDemand(() => new Intl.NumberFormat(LOCALE, options));
}

/** Moments as the language of the page has them, in the zone of the reader. */
export function dateFormat(options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  return onDemand(() => new Intl.DateTimeFormat(LOCALE, options));
}

const collator = onDemand(() => new Intl.Collator(undefined, { numeric: true }));

/** The order of names for people: `db-2` comes before `db-10`. */
export function compareNames(a: string, b: string): number {
  return collator().compare(a, b);
}
