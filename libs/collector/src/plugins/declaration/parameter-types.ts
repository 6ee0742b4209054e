import {
  booleanProblem,
  durationProblem,
  integerProblem,
  listOfProblem,
  numberProblem,
  oneOfProblem,
  parseDuration,
  showValue,
  textProblem,
  type ProblemOf,
} from '#config';
import type { Mapping } from './declared.ts';
import { urlProblem } from './url-problem.ts';

const MAX_CHARACTERS = 2_000;
const MAX_ENTRIES = 100;
const YEAR_MS = 31_536_000_000;

/** A type of parameter. */
export interface ParameterType {
  /** What its declaration may say beside what every declaration may say. */
  readonly keys: Readonly<Record<string, ProblemOf>>;
  /** Makes of a declaration that is fine the rule for values. */
  readonly ruleOf: (declared: Mapping) => ProblemOf;
  readonly handOver?: (written: unknown, declared: Mapping) => unknown;
}

const characters = integerProblem({ min: 1, max: MAX_CHARACTERS });
const entries = integerProblem({ min: 0, max: MAX_ENTRIES });
const duration = durationProblem({ min: 0, max: YEAR_MS });
const wholeNumber: ProblemOf = value => (Number.isSafeInteger(value) ? null : `${showValue(value)} is no whole number`);

const scalars = {
  text: {
    keys: { oneOf: wordsProblem, min: characters, max: characters },
    ruleOf: ({ oneOf, min, max }) =>
      Array.isArray(oneOf)
        ? oneOfProblem(oneOf as string[])
        : first(textProblem(numberOr(max, MAX_CHARACTERS)), atLeast(numberOr(min, 1), 'characters', textLength)),
  },
  url: { keys: {}, ruleOf: () => urlProblem },
  integer: {
    keys: { oneOf: listOfProblem(wholeNumber), min: wholeNumber, max: wholeNumber },
    ruleOf: numberRule(wholeNumber),
  },
  number: {
    keys: { oneOf: listOfProblem(numberProblem), min: numberProblem, max: numberProblem },
    ruleOf: numberRule(numberProblem),
  },
  boolean: { keys: {}, ruleOf: () => booleanProblem },
  duration: {
    keys: { min: duration, max: duration },
    ruleOf: ({ min, max }) => durationProblem({ min: msOr(min, 0), max: msOr(max, YEAR_MS) }),
    handOver: written => msOr(written, 0),
  },
} satisfies Record<string, ParameterType>;

type ScalarName = keyof typeof scalars;
const SCALAR_NAMES = Object.keys(scalars) as ScalarName[];

const list: ParameterType = {
  keys: { of: ofProblem, min: entries, max: entries },
  ruleOf: ({ of, min, max }) =>
    first(
      listOfProblem(itemRuleOf(of)),
      atLeast(numberOr(min, 0), 'entries', listLength),
      atMost(numberOr(max, MAX_ENTRIES), 'entries', listLength),
    ),
  handOver: (written, { of }) => (of === 'duration' ? (written as unknown[]).map(item => msOr(item, 0)) : written),
};

/** Every type of parameter that a plugin can declare. */
export const PARAMETER_TYPES: Readonly<Record<string, ParameterType>> = { ...scalars, list };

function itemRuleOf(of: unknown): ProblemOf {
  if (Array.isArray(of)) return oneOfProblem(of as string[]);
  const type: ParameterType = scalars[of as ScalarName];
  return type.ruleOf({});
}

function ofProblem(value: unknown): string | null {
  return Array.isArray(value) ? wordsProblem(value) : oneOfProblem(SCALAR_NAMES)(value);
}

function wordsProblem(value: unknown): string | null {
  if (Array.isArray(value) && value.length === 0) return 'must have at least one entry';
  return listOfProblem(textProblem(200))(value);
}

function numberRule(isOne: ProblemOf): ParameterType['ruleOf'] {
  return ({ oneOf, min, max }) => {
    if (Array.isArray(oneOf))
      return value => (oneOf.includes(value) ? null : `${showValue(value)} is none of ${oneOf.join(', ')}`);
    return first(isOne, atLeast(numberOr(min, -Infinity)), atMost(numberOr(max, Infinity)));
  };
}

function first(...rules: readonly ProblemOf[]): ProblemOf {
  return value => {
    for (const rule of rules) {
      const problem = rule(value);
      if (problem !== null) return problem;
    }
    return null;
  };
}

type SizeOf = (value: unknown) => number;
const itself: SizeOf = value => value as number;
const textLength: SizeOf = value => (value as string).length;
const listLength: SizeOf = value => (value as unknown[]).length;

function atLeast(min: number, unit = '', sizeOf = itself): ProblemOf {
  return value => (sizeOf(value) >= min ? null : bound(value, `at least ${min}`, unit));
}

function atMost(max: number, unit = '', sizeOf = itself): ProblemOf {
  return value => (sizeOf(value) <= max ? null : bound(value, `at most ${max}`, unit));
}

function bound(value: unknown, limit: string, unit: string): string {
  return unit === '' ? `${showValue(value)} must be ${limit}` : `must have ${limit} ${unit}`;
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function msOr(value: unknown, otherwise: number): number {
  return typeof value === 'string' ? (parseDuration(value) ?? otherwise) : otherwise;
}
