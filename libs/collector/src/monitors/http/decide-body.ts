import { parseJson } from '../../reading/parse-json.ts';
import { excerptAround, excerptOf } from '../check/excerpt.ts';
import { searchText } from '../check/pattern/search-text.ts';
import type { Expectations, JsonExpectation } from './http-parameters.ts';
import { showPath, valueAt } from './json-path.ts';

/**
 * What is wrong with a body, as a sentence. `null`: nothing.
 *
 * @param over aborted when nobody waits for the answer any more
 */
export async function decideBody(
  body: Buffer,
  { text, notText, regex, json }: Expectations,
  over: AbortSignal,
): Promise<string | null> {
  const whole = body.toString('utf8');
  if (text !== null && !whole.includes(text)) return `${excerptOf(text)} is not in the answer${begins(whole)}.`;
  if (notText !== null && whole.includes(notText))
    return `The answer holds ${excerptOf(notText)}, which it must not: ${excerptAround(whole, whole.indexOf(notText))}.`;
  if (regex !== null && !(await searchText(regex, whole, over)))
    return `The answer does not match ${excerptOf(regex.source)}${begins(whole)}.`;
  return json.length === 0 ? null : decideJson(body, json, over);
}

async function decideJson(
  body: Buffer,
  expected: readonly JsonExpectation[],
  over: AbortSignal,
): Promise<string | null> {
  const parsed = parseJson(body);
  if (!parsed.ok) return parsed.detail;
  for (const one of expected) {
    const problem = await decideValue(valueAt(parsed.value, one.path), one, over);
    if (problem !== null) return problem;
  }
  return null;
}

async function decideValue(
  value: unknown,
  { path, equals, regex, above, below }: JsonExpectation,
  over: AbortSignal,
): Promise<string | null> {
  const where = showPath(path);
  if (value === undefined) return `There is no ${where} in the answer.`;
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = excerptOf(plain);
  if (equals !== undefined && value !== equals) return `${where} should be ${JSON.stringify(equals)}, but is ${shown}.`;
  if (regex !== undefined && !(await searchText(regex, plain, over)))
    return `${where} should match ${excerptOf(regex.source)}, but is ${shown}.`;
  if (above !== undefined && !(typeof value === 'number' && value > above))
    return `${where} should be above ${above}, but is ${shown}.`;
  if (below !== undefined && !(typeof value === 'number' && value < below))
    return `${where} should be below ${below}, but is ${shown}.`;
  return null;
}

function begins(text: string): string {
  return text === '' ? ', which is empty' : `, which begins with ${excerptOf(text)}`;
}
