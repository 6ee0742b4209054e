import { isIP } from 'node:net';
import { closestName } from './closest-name.ts';
import type { ProblemOf } from './check.ts';
import { showValue } from './show.ts';

/** What may name a machine, a node, a network, a monitor, a rule, a directory or a process. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

const HOST_LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/** A name, or what is wrong with it. */
export const nameProblem: ProblemOf = value => {
  if (typeof value !== 'string') return mustBeText(value);
  if (NAME.test(value)) return null;
  return `${showValue(value)} is no name: use 1 to 63 letters, digits, ".", "_" and "-", and begin with a letter or digit`;
};

/** The name that is nearest to any text, such as the name of a host. */
export function nameFrom(text: string): string {
  const name = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63);
  return name === '' ? 'unnamed' : name;
}

/** Any text of at least one character on one line. */
export function textProblem(maxCharacters: number): ProblemOf {
  return value => {
    if (typeof value !== 'string') return mustBeText(value);
    if (value.trim() === '') return 'is empty';
    // oxlint-disable-next-line no-control-regex -- finding them is the point
    if (/[\u0000-\u001f\u007f]/.test(value)) return 'must be on one line, without control characters';
    return value.length <= maxCharacters ? null : `is longer than ${maxCharacters} characters`;
  };
}

/** A host name (RFC 1123 section 2.1, also with `_`) or an IP address, without a port. */
export const hostProblem: ProblemOf = value => {
  if (typeof value !== 'string') return mustBeText(value);
  if (isIP(value) !== 0 || isHostName(value)) return null;
  return `${showValue(value)} is neither a host name nor an IP address; a port or a path has keys of its own`;
};

/** What ends in a number is an address or nothing: 10.0.0.300 is no name. */
function isHostName(value: string): boolean {
  const labels = value.replace(/\.$/, '').split('.');
  return value.length <= 253 && labels.every(label => HOST_LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

/** One of a list of words; a near miss is answered with what was probably meant. */
export function oneOfProblem(words: readonly string[]): ProblemOf {
  return value => {
    if (typeof value === 'string' && words.includes(value)) return null;
    const meant = typeof value === 'string' ? closestName(value, words) : null;
    const question = meant === null ? '' : `; did you mean ${meant}?`;
    return `${showValue(value)} is none of ${words.join(', ')}${question}`;
  };
}

/** `sha256:` and 64 hexadecimal digits. */
export const hashProblem: ProblemOf = value =>
  typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value)
    ? null
    : `${showValue(value)} is no hash: write sha256: and 64 lower case hexadecimal digits`;

/** An instant in UTC (RFC 3339 section 5.6, with `Z`). */
export const instantProblem: ProblemOf = value =>
  typeof value === 'string' && isInstant(value)
    ? null
    : `${showValue(value)} is no time in UTC: write it like 2026-11-20T10:00:00Z`;

/** The way back proves that the date exists: JavaScript takes 30 February for 2 March. */
function isInstant(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text)) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === text.slice(0, 19);
}

/** The versions of distomon that may read a file: `>=1 <2`. */
export const versionRangeProblem: ProblemOf = value => {
  const comparator = /^(<|<=|>|>=|=)?\d{1,6}(\.\d{1,6}){0,2}$/;
  const fits =
    typeof value === 'string' &&
    value.trim() !== '' &&
    value
      .trim()
      .split(/\s+/)
      .every(part => comparator.test(part));
  return fits ? null : `${showValue(value)} is no range of versions: write it like ">=1 <2"`;
};

function mustBeText(value: unknown): string {
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  return scalar ? `must be text: write it in quotes, "${String(value)}"` : `must be text, not ${showValue(value)}`;
}
