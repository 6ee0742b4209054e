import {
  integerProblem,
  type MonitorParameters,
  type MonitorScope,
  type ParameterConflict,
  type ProblemOf,
} from '#config';

/** A port of TCP or UDP. */
export const portProblem = integerProblem({ min: 1, max: 65_535 });

/** Text that is sent as it is: it may have several lines. */
export function payloadProblem(maxCharacters: number): ProblemOf {
  return value => {
    if (typeof value !== 'string') return 'must be text: write it in quotes';
    if (value === '') return 'is empty';
    return value.length > maxCharacters ? `is longer than ${maxCharacters} characters` : null;
  };
}

/** One value, or a list of 1 to `max` of them. */
export function oneOrMoreProblem(problemOf: ProblemOf, max: number): ProblemOf {
  return value => {
    if (!Array.isArray(value)) return problemOf(value);
    if (value.length === 0) return 'is an empty list';
    if (value.length > max) return `has more than ${max} entries`;
    const problems = value.map(problemOf);
    const first = problems.findIndex(problem => problem !== null);
    return first < 0 ? null : `entry ${first + 1}: ${problems[first]}`;
  };
}

/** What was written as one value or as a list, as a list. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** A service says where it is; with `on`, each machine says it itself. */
export function findTargetConflicts(
  parameters: MonitorParameters,
  scope: MonitorScope,
  key: string,
): ParameterConflict[] {
  const isThere = parameters[key] !== undefined;
  if (scope === 'machines' && isThere)
    return [{ key, message: 'must be left out beside on: each machine is looked at by its own address' }];
  if (scope === 'service' && !isThere)
    return [{ key: null, message: `has no ${key}: say what to look at, or name machines with on` }];
  return [];
}
