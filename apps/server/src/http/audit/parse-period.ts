import { instantOf } from '../history/instant.ts';
import { invalidRequest } from '../problem/problem.ts';

/** Nothing is older, and databases stop before JavaScript does. */
const EPOCH = new Date(0);

/** The time that is asked for; what is not said has no end. */
export interface Period {
  readonly from?: Date;
  readonly to?: Date;
}

/**
 * From when until when entries are wanted.
 *
 * @throws ProblemException 400 `INVALID_REQUEST`: a leap second, which no clock here knows
 */
export function parsePeriod(
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
): Period {
  return {
    ...(query.from === undefined ? {} : { from: timeOf('from', query.from, now) }),
    ...(query.to === undefined ? {} : { to: timeOf('to', query.to, now) }),
  };
}

function timeOf(path: 'from' | 'to', text: string, now: Date): Date {
  const time = instantOf(text, now);
  if (time < EPOCH) return EPOCH;
  if (!Number.isNaN(time.getTime())) return time;
  if (text.startsWith('-')) return EPOCH; // further back than a Date can say
  throw invalidRequest(path, 'must be a time of the calendar, such as 2026-11-20T10:00:00Z');
}
