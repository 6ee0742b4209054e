import type { ProblemOf } from './check.ts';
import { showValue } from './show.ts';

const LABEL_KEY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;

/** A list of anything; what is in it has its own shape. */
export const listProblem: ProblemOf = value =>
  Array.isArray(value) ? null : `must be a list, not ${showValue(value)}`;

/** A list with something in it. */
export const nonEmptyListProblem: ProblemOf = value =>
  listProblem(value) ?? ((value as unknown[]).length === 0 ? 'must have at least one entry' : null);

/** A mapping; its keys have their own shape. */
export const mappingProblem: ProblemOf = value =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? null
    : `must be a mapping, not ${showValue(value)}`;

/** A list of which every entry is fine. */
export function listOfProblem(problemOf: ProblemOf): ProblemOf {
  return value => {
    if (!Array.isArray(value)) return listProblem(value);
    const problems = value.map(item => problemOf(item));
    return problems.find(problem => problem !== null) ?? null;
  };
}

/** Labels: a mapping of short texts to texts, such as `{ tier: db }`. */
export const labelsProblem: ProblemOf = value => {
  if (mappingProblem(value) !== null) return mappingProblem(value);
  for (const [key, text] of Object.entries(value as Record<string, unknown>)) {
    if (!LABEL_KEY.test(key))
      return `${showValue(key)} is no label: use 1 to 63 letters, digits, ".", "_", "/" and "-"`;
    if (typeof text !== 'string') return `the label ${key} must be text: write it in quotes, not ${showValue(text)}`;
    if (text === '' || text.length > 200) return `the label ${key} must have 1 to 200 characters`;
  }
  return null;
};
