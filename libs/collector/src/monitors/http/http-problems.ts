import { mappingProblem, numberProblem, redactUrl, showValue, textProblem, type ProblemOf } from '#config';
import { oneOrMoreProblem } from '../check/parameter-problems.ts';
import { patternProblem } from '../check/pattern/pattern-problem.ts';
import { ADDRESS } from './http-parameters.ts';
import { jsonPathProblem } from './json-path.ts';

const MAX_HEADERS = 30;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const urlText = textProblem(2_000);
const valueText = textProblem(1_000);
export const bodyText = textProblem(500);

/** Headers that the connection itself or a secret of nodeconf.yml decides on. */
const NOT_YOURS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    authorization: 'is a secret: put it into nodeconf.yml and name it with auth',
    'proxy-authorization': 'is for proxies, which are not used',
    'accept-encoding': 'is always identity, so that the body can be read',
    'content-length': 'is counted by distomon',
    'transfer-encoding': 'is chosen by distomon',
    connection: 'is chosen by distomon',
    'keep-alive': 'is chosen by distomon',
    upgrade: 'is not supported',
    expect: 'is not supported',
    te: 'is not supported',
    trailer: 'is not supported',
  }),
);

/** The URL of a page; the host may be {@link ADDRESS}. It is not shown whole: a query can hold a token. */
export const urlProblem: ProblemOf = value => {
  const problem = urlText(value);
  if (problem !== null) return problem;
  const text = (value as string).replace(ADDRESS, 'address');
  if (!URL.canParse(text)) return 'is no URL: write it like https://shop.example/health';
  if (!/^https?:\/\//i.test(text)) return `${redactUrl(text)} begins neither with http:// nor with https://`;
  const { username, password, hash } = new URL(text);
  if (username !== '' || password !== '') return 'must not hold a user name or password: name a secret with auth';
  return hash !== '' || /[#\s]/.test(text) ? 'must have neither a "#" nor a blank' : null;
};

/** Headers that are sent: a mapping of names to texts. */
export const sendHeadersProblem: ProblemOf = value => {
  if (mappingProblem(value) !== null) return mappingProblem(value);
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length > MAX_HEADERS) return `has more than ${MAX_HEADERS} headers`;
  const problems = entries.map(([name, text]) => nameOfHeaderProblem(name) ?? sentValueProblem(name, text));
  return problems.find(problem => problem !== null) ?? null;
};

/** Headers that are expected: a mapping of names to a text that the value must contain, or to `{ regex: … }`. */
export const headerProblem: ProblemOf = value => {
  if (mappingProblem(value) !== null) return mappingProblem(value);
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length > MAX_HEADERS) return `has more than ${MAX_HEADERS} headers`;
  const problems = entries.map(([name, wanted]) => {
    if (!HEADER_NAME.test(name)) return 'has a key that is no name of a header';
    const problem = wantedValueProblem(wanted);
    return problem === null ? null : `${name}: ${problem}`;
  });
  return problems.find(problem => problem !== null) ?? null;
};

/** One expectation of a JSON body, or a list of them. */
export const jsonProblem: ProblemOf = oneOrMoreProblem(value => {
  if (mappingProblem(value) !== null) return mappingProblem(value);
  const entries = Object.entries(value as Record<string, unknown>);
  if (!entries.some(([key]) => key === 'path')) return 'has no path';
  const problems = entries.map(([key, wanted]) => {
    const problemOf = JSON_KEYS.get(key);
    if (problemOf === undefined)
      return `${showValue(key)} is not known here; known are ${[...JSON_KEYS.keys()].join(', ')}`;
    const problem = problemOf(wanted);
    return problem === null ? null : `${key} ${problem}`;
  });
  return problems.find(problem => problem !== null) ?? null;
}, 20);

const JSON_KEYS: ReadonlyMap<string, ProblemOf> = new Map(
  Object.entries({
    path: jsonPathProblem,
    equals: scalarProblem,
    regex: patternProblem,
    above: numberProblem,
    below: numberProblem,
  }),
);

function scalarProblem(value: unknown): string | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'number') return numberProblem(value);
  if (typeof value === 'string') return value.length > 500 ? 'is longer than 500 characters' : null;
  return 'must be text, a number, true, false or null';
}

function wantedValueProblem(wanted: unknown): string | null {
  if (mappingProblem(wanted) !== null) return valueText(wanted);
  const { regex, ...others } = wanted as Record<string, unknown>;
  if (regex === undefined || Object.keys(others).length > 0) return 'must be a text, or a mapping of regex alone';
  return patternProblem(regex);
}

function nameOfHeaderProblem(name: string): string | null {
  if (!HEADER_NAME.test(name)) return 'has a key that is no name of a header';
  const reserved = NOT_YOURS.get(name.toLowerCase());
  return reserved === undefined ? null : `${name} ${reserved}`;
}

function sentValueProblem(name: string, value: unknown): string | null {
  const problem = valueText(value);
  if (problem !== null) return `${name} ${problem}`;
  // RFC 9110 section 5.5: what is not ASCII is read differently by everybody.
  return /^[\x20-\x7e]+$/.test(value as string) ? null : `${name} must be ASCII`;
}
