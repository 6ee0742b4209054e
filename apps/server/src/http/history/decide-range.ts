import { formatDuration } from '#config';
import { ProblemException, type ProblemPart } from '../problem/problem.ts';
import type { RangeView } from './range.dto.ts';

const DAY_MS = 86_400_000;
/** An answer has at most this many rows, so that nothing scans or sends without bound. */
const MAX_ROWS = 10_000;

/** A range of time: from, included, to, excluded. */
export interface Range {
  readonly from: Date;
  readonly to: Date;
}

/**
 * The range that a query means.
 *
 * @throws ProblemException 400 `INVALID_RANGE` when it is reversed, empty, or has more than {@link MAX_ROWS} windows
 */
export function decideRange(
  query: { readonly from?: string; readonly to?: string },
  windowMs: number,
  now: Date,
): Range {
  const to = query.to === undefined ? now : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - DAY_MS) : new Date(query.from);
  const error = faultOf(from, to, windowMs);
  if (error !== null) throw new ProblemException(400, 'INVALID_RANGE', error.message, [error]);
  return { from, to };
}

function faultOf(from: Date, to: Date, windowMs: number): ProblemPart | null {
  if (Number.isNaN(to.getTime())) return { path: 'to', message: '"to" is not a date' };
  if (Number.isNaN(from.getTime())) return { path: 'from', message: '"from" is not a date' };
  if (from >= to) return { path: 'from', message: '"from" must be earlier than "to"' };
  if ((to.getTime() - from.getTime()) / windowMs > MAX_ROWS) {
    const days = Math.floor((MAX_ROWS * windowMs) / DAY_MS);
    return {
      path: 'from',
      message: `the range has more than ${MAX_ROWS} windows; ask for at most ${days} days at a time`,
    };
  }
  return null;
}

/** The range as an answer names it. */
export function presentRange({ from, to }: Range, windowMs: number): Pick<RangeView, keyof RangeView> {
  return { resolution: formatDuration(windowMs), from: from.toISOString(), to: to.toISOString() };
}
