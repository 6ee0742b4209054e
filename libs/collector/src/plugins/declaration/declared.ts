import { oneOfProblem, showValue, type ProblemOf } from '#config';

/** What is wrong with one place of a declaration. */
export interface DeclarationProblem {
  /** Such as `parameters.url.type`; empty: the whole. */
  readonly path: string;
  readonly message: string;
}

export type Mapping = Readonly<Record<string, unknown>>;

/** Whether it is a mapping of keys to values, as JSON has them. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Looks for keys that are not known, and at the values of those that are. */
export function problemsOfKeys(
  mapping: Mapping,
  rules: Readonly<Record<string, ProblemOf>>,
  path: string,
): DeclarationProblem[] {
  const known = oneOfProblem(Object.keys(rules));
  return Object.entries(mapping).flatMap(([key, value]) => {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) return [{ path, message: `the key ${known(key) ?? showValue(key)}` }];
    const message = value === null ? null : rule(value);
    return message === null ? [] : [{ path: path === '' ? key : `${path}.${key}`, message }];
  });
}
