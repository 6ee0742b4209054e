import { showValue, textProblem, type ProblemOf } from '#config';
import { compilePattern } from './compile-pattern.ts';
import { PatternError } from './parse-pattern.ts';

const sourceProblem = textProblem(500);

/** A regular expression that can be looked for. */
export const patternProblem: ProblemOf = value => {
  const problem = sourceProblem(value);
  if (problem !== null) return problem;
  try {
    compilePattern(value as string);
    return null;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return `${showValue(value)} ${error.message}`;
  }
};
