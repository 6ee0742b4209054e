import { formatDuration, parseDuration } from '../duration.ts';
import type { Retained, RetentionMs } from '../settings.types.ts';
import type { ProblemOf } from '../validation/check.ts';
import { durationProblem } from '../validation/number-problems.ts';

const DAY_MS = 86_400_000;

/** Two years can be compared month by month, ten by the hour. */
export const DEFAULT_RETENTION_MS: RetentionMs = {
  rows: 761 * DAY_MS,
  hours: 3_653 * DAY_MS,
  days: null,
  events: 761 * DAY_MS,
};

/** Gaps are filled for 30 days: what is still being written is never dropped. The most is a century. */
const BOUNDS = { min: 31 * DAY_MS, max: 36_525 * DAY_MS };
const lengthProblem = durationProblem(BOUNDS);

/** A duration such as `761d`, or `0`: for ever. */
export const retentionProblem: ProblemOf = value => {
  if (typeof value === 'string' && msOf(value) === null) return null;
  const problem = lengthProblem(value);
  return problem === null ? null : `${problem}; 0 keeps for ever`;
};

/** Milliseconds; `null`: for ever. */
function msOf(text: string): number | null {
  const ms = text === '0' ? 0 : (parseDuration(text) ?? Number.NaN);
  return ms === 0 ? null : ms;
}

/** Texts in which {@link retentionProblem} finds nothing, and what holds where there is none. */
export function retentionOf(
  texts: Readonly<Partial<Record<Retained, string | undefined>>>,
  defaults: RetentionMs,
): RetentionMs {
  const of = (name: Retained): number | null => {
    const text = texts[name];
    return text === undefined ? defaults[name] : msOf(text);
  };
  return { rows: of('rows'), hours: of('hours'), days: of('days'), events: of('events') };
}

/** How a retention is written: `761d`; `0` for ever. */
export function formatRetention(ms: number | null): string {
  return ms === null ? '0' : formatDuration(ms);
}

/** The longer of two. */
export function longerRetention(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

/** A retention that is too short beside another: hours are made of rows and days of hours, and are there to outlive them. */
export interface RetentionConflict {
  readonly tooShort: Retained;
  readonly than: Retained;
}

/** What is coarser must be kept at least as long as what it is made of. */
export function findRetentionConflicts(retention: RetentionMs): RetentionConflict[] {
  const pairs: RetentionConflict[] = [
    { tooShort: 'hours', than: 'rows' },
    { tooShort: 'days', than: 'hours' },
  ];
  return pairs.filter(
    ({ tooShort, than }) => longerRetention(retention[tooShort], retention[than]) !== retention[tooShort],
  );
}
