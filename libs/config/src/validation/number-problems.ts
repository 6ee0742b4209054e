import { formatDuration, parseDuration } from '../duration.ts';
import type { ProblemOf } from './check.ts';
import { showValue } from './show.ts';

/** Both ends belong to it. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A whole number within bounds. */
export function integerProblem({ min, max }: Bounds): ProblemOf {
  return value =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? null
      : `${showValue(value)} is no whole number ${range({ min, max })}`;
}

/** A whole number within bounds, written as text as the environment has it. */
export function integerTextProblem(bounds: Bounds): ProblemOf {
  const problemOf = integerProblem(bounds);
  return value => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? problemOf(Number(value)) : problemOf(value));
}

/** Any number but infinity and not-a-number. */
export const numberProblem: ProblemOf = value =>
  typeof value === 'number' && Number.isFinite(value) ? null : `${showValue(value)} is no number`;

/** `true` or `false`. */
export const booleanProblem: ProblemOf = value =>
  typeof value === 'boolean' ? null : `${showValue(value)} is neither true nor false`;

/** A duration such as `10s` within bounds in milliseconds. */
export function durationProblem({ min, max }: Bounds): ProblemOf {
  return value => {
    const ms = typeof value === 'string' ? parseDuration(value) : null;
    if (ms === null) return `${showValue(value)} is no duration: write it like 500ms, 10s, 5m, 1h or 1d`;
    if (ms < min) return `${showValue(value)} is too short: at least ${formatDuration(min)}`;
    return ms > max ? `${showValue(value)} is too long: at most ${formatDuration(max)}` : null;
  };
}

function range({ min, max }: Bounds): string {
  return max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
}
