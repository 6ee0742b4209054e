import { formatDuration } from '#config';
import { ProblemException, type ProblemPart } from '../problem/problem.ts';
import { instantOf } from './instant.ts';
import type { RangeView } from './range.dto.ts';

const DAY_MS = 86_400_000;
/** An answer has at most this many rows, so that nothing scans or sends without bound. */
const MAX_ROWS = 10_000;
/** There is nothing before the first, and what computes with times computes with four digits of a year. */
const EARLIEST = new Date(0);
const LATEST = new Date('9999-12-31T23:59:59.999Z');

/** A range of time: from, included, to, excluded. */
export interface Range {
  readonly from: Date;
  readonly to: Date;
}

/** A range as a query names it. */
export interface RangeWords {
  readonly from?: string;
  readonly to?: string;
}

/**
 * The range that a query means, however long.
 *
 * @throws ProblemException 400 `INVALID_RANGE` when it is reversed, empty, or not of these millennia
 */
export function readRange(query: RangeWords, now: Date): Range {
  const to = query.to === undefined ? now : instantOf(query.to, now);
  const from = query.from === undefined ? new Date(to.getTime() - DAY_MS) : instantOf(query.from, now);
  const error = faultOf(from, to);
  if (error !== null) throw invalidRange(error);
  return { from, to };
}

/** Whether a query means the same range whenever it is asked: neither end is told from now. */
export function isFixed({ from, to }: RangeWords): boolean {
  const told = from === undefined ? [to] : [from, to];
  return told.every(text => text !== undefined && text !== 'now' && !text.startsWith('-'));
}

/**
 * The range that a query means, of at most `maxWindows` windows.
 *
 * @throws ProblemException 400 `INVALID_RANGE` also when it has more
 */
export function decideRange(query: RangeWords, windowMs: number, now: Date, maxWindows = MAX_ROWS): Range {
  const range = readRange(query, now);
  if ((range.to.getTime() - range.from.getTime()) / windowMs <= maxWindows) return range;
  const longest = inWords(maxWindows * windowMs);
  throw invalidRange({
    path: 'from',
    message: `the range is too long; ask for at most ${longest} at a time`,
  });
}

/** What is said of a range that cannot be answered. */
export function invalidRange(error: ProblemPart): ProblemException {
  return new ProblemException(400, 'INVALID_RANGE', error.message, [error]);
}

/** A length of time for people, rounded down to days, hours or minutes. */
export function inWords(ms: number): string {
  const units = { days: DAY_MS, hours: DAY_MS / 24, minutes: DAY_MS / 1440 };
  const [unit, length] = Object.entries(units).find(([, one]) => ms >= 2 * one) ?? ['minutes', units.minutes];
  return `${Math.floor(ms / length)} ${unit}`;
}

function faultOf(from: Date, to: Date): ProblemPart | null {
  for (const [path, at] of Object.entries({ to, from })) {
    if (Number.isNaN(at.getTime())) return { path, message: `"${path}" is not a date` };
    if (at < EARLIEST || at > LATEST) return { path, message: `"${path}" must lie in the years 1970 to 9999` };
  }
  return from < to ? null : { path: 'from', message: '"from" must be earlier than "to"' };
}

/** The range as an answer names it. */
export function presentRange({ from, to }: Range, windowMs: number): Pick<RangeView, keyof RangeView> {
  return { resolution: formatDuration(windowMs), from: from.toISOString(), to: to.toISOString() };
}
