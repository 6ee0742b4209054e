import { booleanProblem, nameProblem, oneOfProblem, parseDuration, textProblem, type ProblemOf } from '#config';
import type { PluginParameter } from '../plugin-description.ts';
import { isMapping, problemsOfKeys, type DeclarationProblem, type Mapping } from './declared.ts';
import { PARAMETER_TYPES, type ParameterType } from './parameter-types.ts';

/** Keys that every monitor has already. */
const TAKEN = ['name', 'kind', 'interval', 'timeout', 'on'];
const KEY = /^[a-z][A-Za-z0-9_]{0,39}$/;

const anything: ProblemOf = () => null;

const COMMON: Readonly<Record<string, ProblemOf>> = {
  type: oneOfProblem(Object.keys(PARAMETER_TYPES)),
  required: booleanProblem,
  default: anything,
  description: textProblem(500),
};

/** Reads what a plugin declares of one parameter. */
export function parseParameter(key: string, declared: unknown): PluginParameter | DeclarationProblem[] {
  const path = `parameters.${key}`;
  const wrong = (message: string): DeclarationProblem[] => [{ path, message }];
  const keyProblem = problemOfKey(key);
  if (keyProblem !== null) return wrong(keyProblem);
  if (!isMapping(declared)) return wrong("must be a mapping such as { type: 'url', required: true }");
  const type = typeOf(declared['type']);
  const problems = problemsOfKeys(declared, { ...COMMON, ...type?.keys }, path);
  if (declared['type'] === undefined) problems.push({ path: `${path}.type`, message: 'is missing' });
  if (type !== undefined && type.keys['of'] !== undefined && declared['of'] === undefined)
    problems.push({ path: `${path}.of`, message: 'is missing: the entries of a list have a type' });
  if (problems.length > 0 || type === undefined) return problems;
  const parameter = {
    key,
    required: declared['required'] === true,
    problemOf: type.ruleOf(declared),
    handOver: (written: unknown) => (type.handOver === undefined ? written : type.handOver(written, declared)),
    fallback: declared['default'] ?? undefined,
  };
  const conflicts = conflictsOf(declared, parameter, path);
  return conflicts.length > 0 ? conflicts : parameter;
}

function typeOf(name: unknown): ParameterType | undefined {
  return typeof name === 'string' && Object.hasOwn(PARAMETER_TYPES, name) ? PARAMETER_TYPES[name] : undefined;
}

function problemOfKey(key: string): string | null {
  if (TAKEN.includes(key)) return 'is a key that every monitor has; choose another name';
  if (KEY.test(key) && !(key in Object.prototype)) return null;
  return nameProblem(key) ?? 'is no key: use up to 40 letters, digits and "_", and begin with a small letter';
}

/** What is wrong between keys that are fine by themselves. */
function conflictsOf(
  declared: Mapping,
  { required, problemOf, fallback }: PluginParameter,
  path: string,
): DeclarationProblem[] {
  const { min, max } = declared;
  if (amountOf(min) > amountOf(max)) return [{ path: `${path}.min`, message: 'is more than max' }];
  if (fallback === undefined) return [];
  if (required) return [{ path, message: 'has required and default; keep one of them' }];
  const message = problemOf(fallback);
  return message === null ? [] : [{ path: `${path}.default`, message }];
}

/** NaN, which is never more than anything, for what is not there. */
function amountOf(limit: unknown): number {
  return typeof limit === 'string' ? (parseDuration(limit) ?? Number.NaN) : Number(limit ?? Number.NaN);
}
