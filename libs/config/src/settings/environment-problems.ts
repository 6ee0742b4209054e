import { basename } from 'node:path';
import type { Role, Settings } from '../settings.types.ts';
import type { ProblemOf } from '../validation/check.ts';
import { showValue } from '../validation/show.ts';
import { oneOfProblem } from '../validation/text-problems.ts';

const LOG_LEVELS = [
  'fatal',
  'error',
  'warn',
  'info',
  'debug',
  'trace',
  'silent',
] as const satisfies Settings['logLevel'][];
const ROLES = ['api', 'worker'] as const satisfies Role[];

/** What fits into the address of a UNIX socket on every system: 104 bytes on macOS, 108 on Linux, one is the NUL. */
const MAX_SOCKET_BYTES = 103;

export const logLevelProblem: ProblemOf = value => oneOfProblem(LOG_LEVELS)(String(value).toLowerCase());

/** The roles of a comma-separated text, each once. Unknown ones are still in it. */
export function splitRoles(text: string): string[] {
  return [...new Set(text.split(',').map(role => role.trim()))];
}

export const rolesProblem: ProblemOf = value => {
  const problems = splitRoles(String(value)).map(role => oneOfProblem(ROLES)(role));
  return problems.find(problem => problem !== null) ?? null;
};

/** The file lies in `DISTOMON_HOME/config`, so a path would only look as if it led elsewhere. */
export const fileNameProblem: ProblemOf = value => {
  const isName = typeof value === 'string' && basename(value) === value && value !== '.' && value !== '..';
  return isName && !value.includes('\0') ? null : `${showValue(value)} is no file name: write it without a directory`;
};

export const pathProblem: ProblemOf = value =>
  typeof value === 'string' && !value.includes('\0') ? null : `${showValue(value)} is no path`;

export const socketProblem: ProblemOf = value =>
  pathProblem(value) ??
  (Buffer.byteLength(String(value)) > MAX_SOCKET_BYTES
    ? `is longer than ${MAX_SOCKET_BYTES} bytes, which no UNIX socket can be: choose a shorter path`
    : null);

export const apiProcessesProblem: ProblemOf = value =>
  value === '1'
    ? null
    : `${showValue(value)} is not supported by this version: one api process is all it runs; leave it out or write 1`;
