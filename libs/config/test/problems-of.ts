import { ConfigurationError, type Problem } from '../src/problem.ts';

/** The problems that `read` throws; none when it returns. Any other error is thrown on. */
export function problemsOf(read: () => unknown): readonly Problem[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

/** Like {@link problemsOf}, each as `3 networks[0].directory: is missing`. */
export function problemLinesOf(read: () => unknown): string[] {
  return problemsOf(read).map(({ line, path, message }) => `${line === null ? '' : `${line} `}${path}: ${message}`);
}
