import { AppError } from './app-error.ts';

/** One thing that is wrong with the configuration. No message ever holds a secret. */
export interface Problem {
  /** The path of the file, or `environment`. */
  readonly source: string;
  /** Counted from 1; `null` when the source has no lines. */
  readonly line: number | null;
  /** The variable, or the place in the file: `networks[0].directory`. Empty: the whole source. */
  readonly path: string;
  /** What is wrong, and what to write instead. */
  readonly message: string;
}

/** The configuration cannot be used. It names every problem at once, so that a person repairs them in one go. */
export class ConfigurationError extends AppError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('CONFIGURATION_INVALID', formatProblems(problems));
    this.problems = problems;
  }
}

/** More than a person reads; a broken file can have a problem at every byte. */
const SHOWN_PROBLEMS = 100;

/** The problems as text for a person: one a line, `nodeconf.yml:3 networks[0].directory: …`, and what to do. */
export function formatProblems(problems: readonly Problem[]): string {
  const hidden = problems.length - SHOWN_PROBLEMS;
  return [
    problems.length === 1 ? '1 problem in the configuration:' : `${problems.length} problems in the configuration:`,
    ...problems.slice(0, SHOWN_PROBLEMS).map(problem => `  ${formatProblem(problem)}`),
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
    'Nothing was changed. Correct what is listed and try again.',
  ].join('\n');
}

function formatProblem({ source, line, path, message }: Problem): string {
  const place = line === null ? source : `${source}:${line}`;
  return path === '' ? `${place}: ${message}` : `${place} ${path}: ${message}`;
}
