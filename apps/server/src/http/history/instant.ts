import { isISO8601, isRFC3339 } from 'class-validator';
import { parseDuration } from '#config';

/** How the present is written, and what begins a time before it. */
const NOW = 'now';
const BEFORE = '-';

/**
 * Whether a text means an instant: RFC 3339 (a date of the calendar, for strict ISO 8601 knows that there is no 30 February;
 * a time and a zone), or relative to now: `now`, `-90m`, `-7d`.
 */
export function isInstant(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (value === NOW) return true;
  if (value.startsWith(BEFORE)) return parseDuration(value.slice(BEFORE.length)) !== null;
  return isISO8601(value, { strict: true, strictSeparator: true }) && isRFC3339(value);
}

/** The instant that a text means for which {@link isInstant} holds. It may lie beyond what a Date can hold. */
export function instantOf(text: string, now: Date): Date {
  if (text === NOW) return now;
  if (!text.startsWith(BEFORE)) return new Date(text);
  return new Date(now.getTime() - (parseDuration(text.slice(BEFORE.length)) ?? Number.NaN));
}
