import { getMetadataStorage, validateSync } from 'class-validator';
import { closestName } from './closest-name.ts';
import { showValue } from './show.ts';

/** Where a value is: keys of mappings and positions in lists. */
export type Path = readonly (string | number)[];

/** Something wrong with a value, before it is known in which line it stands. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

/** Something wrong between values that are fine by themselves. */
export interface Conflict extends Finding {
  /** When anything in there is wrong by itself, the conflict may come from that alone and is not told. */
  readonly restsOn?: Path;
}

/** Said where a secret is expected: YAML reads `{ token:s3cret }` as one key without a value, which is not shown. */
export const KEY_WITHOUT_VALUE = 'holds a key without a value; between { and } a blank belongs behind each colon';

/** A class whose properties, with their class-validator decorators, mirror a mapping of a file. */
export interface Shape<T extends object> {
  new (): T;
  /** The properties that hold a mapping or a list of mappings, and what each of these looks like. */
  readonly nested?: Readonly<Record<string, Shape<object>>>;
  /** Keys that are reserved: they are described, and a later version understands them. */
  readonly reserved?: readonly string[];
  /**
   * The property that takes, unchecked, every key that the shape does not know, also one without a value. Without one,
   * such a key is wrong.
   */
  readonly rest?: string;
  /** It holds a secret. What stands in its place may be that secret, and is not shown. */
  readonly secret?: boolean;
}

/** A shape in which everything that was wrong, or not there, is left out. */
export type Checked<T> = T extends readonly (infer Item)[]
  ? readonly Checked<Item>[]
  : T extends Readonly<Record<string, string>>
    ? T
    : T extends object
      ? { readonly [K in keyof T]?: Checked<T[K]> | undefined }
      : T;

/**
 * Compares a plain value with a shape, to any depth, and finds everything that is wrong. When it finds nothing, `value`
 * is a whole `T`. It only descends into what the shapes declare, so the value may be as deep (or cyclic) as it likes.
 */
export function checkShape<T extends object>(
  shape: Shape<T>,
  plain: unknown,
  path: Path = [],
): { value: Checked<T>; findings: Finding[] } {
  const findings: Finding[] = [];
  const value = check(shape, plain, path, findings);
  return { value: value as Checked<T>, findings };
}

/** The keys that a shape knows, in the order in which they are declared. */
export function keysOf(shape: Shape<object>): readonly string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return [...new Set(rules.map(rule => rule.propertyName))];
}

function check(shape: Shape<object>, plain: unknown, path: Path, findings: Finding[]): object {
  const checked: Record<string, unknown> = Object.assign(new shape());
  if (!isMapping(plain)) {
    const found = shape.secret === true ? '' : `, not ${showValue(plain)}`;
    findings.push({ path, message: `must be a mapping of ${keysOf(shape).join(', ')}${found}` });
    return checked;
  }
  const known = keysOf(shape);
  const others = Object.keys(plain).filter(key => !known.includes(key));
  if (shape.rest === undefined) {
    for (const key of others) {
      const mayBeSecret = shape.secret === true && plain[key] === null;
      if (mayBeSecret) findings.push({ path, message: KEY_WITHOUT_VALUE });
      else findings.push({ path: [...path, key], message: unknownKey(key, known, shape.reserved) });
    }
  } else checked[shape.rest] = pick(plain, others);
  // Only known keys are copied: a key such as `__proto__` never reaches an assignment.
  for (const key of known) if (Object.hasOwn(plain, key) && plain[key] !== null) checked[key] = plain[key];
  for (const { property, constraints } of validateSync(checked)) {
    for (const message of Object.values(constraints ?? {})) findings.push({ path: [...path, property], message });
    delete checked[property];
  }
  for (const [key, inner] of Object.entries(shape.nested ?? {})) {
    if (checked[key] !== undefined) checked[key] = checkNested(inner, checked[key], [...path, key], findings);
  }
  return checked;
}

function checkNested(shape: Shape<object>, plain: unknown, path: Path, findings: Finding[]): unknown {
  if (!Array.isArray(plain)) return check(shape, plain, path, findings);
  return plain.map((item, index) => check(shape, item, [...path, index], findings));
}

/** Without a prototype: a key such as `__proto__` is one like any other. */
function pick(plain: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const picked = Object.create(null) as Record<string, unknown>;
  for (const key of keys) picked[key] = plain[key];
  return picked;
}

/** What to say of a key that is not known where it stands. */
export function unknownKey(key: string, known: readonly string[], reserved: readonly string[] = []): string {
  if (reserved.includes(key)) return 'is not supported by this version; leave it out';
  const meant = closestName(key, known);
  return meant === null
    ? `is not known here; known are ${known.join(', ')}`
    : `is not known here; did you mean ${meant}?`;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
