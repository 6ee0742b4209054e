import { showValue, textProblem, type ProblemOf } from '#config';
import { isObject } from '../../reading/shape.ts';

/** Keys of objects and positions in lists, from the outside to the inside. */
export type JsonPath = readonly (string | number)[];

const MAX_STEPS = 16;
const textOfPath = textProblem(300);

/** A path such as `status.db`, `items[0].state` or `[2]`. */
export const jsonPathProblem: ProblemOf = value => {
  const problem = textOfPath(value);
  if (problem !== null) return problem;
  const path = parseJsonPath(value as string);
  if (path === null) return `${showValue(value)} is no path: write it like status.db or items[0].state`;
  return path.length > MAX_STEPS ? `${showValue(value)} has more than ${MAX_STEPS} steps` : null;
};

/** `null`: the text is no path. */
export function parseJsonPath(text: string): JsonPath | null {
  const isPath = /^(?:[^.[\]]+|\[\d{1,9}\])(?:\.[^.[\]]+|\[\d{1,9}\])*$/.test(text);
  if (!isPath) return null;
  const steps = text.match(/[^.[\]]+|\[\d+\]/g) ?? [];
  return steps.map(step => (step.startsWith('[') ? Number(step.slice(1, -1)) : step));
}

/** The value at the path; `undefined`: there is none. Only what the document itself holds counts. */
export function valueAt(json: unknown, path: JsonPath): unknown {
  let value = json;
  for (const step of path) {
    if (typeof step === 'number') value = Array.isArray(value) ? (value as unknown[])[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

export function showPath(path: JsonPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}
