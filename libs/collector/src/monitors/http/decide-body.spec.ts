import { expect, test } from 'vitest';
import { decideBody } from './decide-body.ts';
import { httpParametersOf } from './http-parameters.ts';

const never = new AbortController().signal;

test.each<[body: string, expected: object, problem: string | null]>([
  ['all is ok', { text: 'ok' }, null],
  ['', { text: 'ok' }, '“ok” is not in the answer, which is empty.'],
  ['no', { text: 'ok', not_text: 'no' }, '“ok” is not in the answer, which begins with “no”.'],
  ['an error', { not_text: 'error' }, 'The answer holds “error”, which it must not: “an error”.'],
  ['grün', { regex: '^gr.n$' }, null],
  ['rot', { regex: '^gr.n$' }, 'The answer does not match “^gr.n$”, which begins with “rot”.'],
  ['{"a":{"b":[1,"x"]}}', { json: { path: 'a.b[1]', equals: 'x' } }, null],
  ['{"a":{"b":[1,"x"]}}', { json: { path: 'a.b', regex: '"x"' } }, null],
  ['{"a":1}', { json: { path: 'a', above: 1 } }, 'a should be above 1, but is “1”.'],
  ['{"a":"1"}', { json: { path: 'a', above: 0 } }, 'a should be above 0, but is “1”.'],
  ['{"a":true}', { json: { path: 'a', regex: '^true$' } }, null],
  ['{"a":[1]}', { json: { path: 'a.length' } }, 'There is no a.length in the answer.'],
  ['{"a":"x"}', { json: { path: 'a[0]' } }, 'There is no a[0] in the answer.'],
  ['{}', { json: { path: '__proto__' } }, 'There is no __proto__ in the answer.'],
  ['{"__proto__":1}', { json: { path: '__proto__', equals: 1 } }, null],
  ['{', { json: { path: 'a' } }, 'The answer is not JSON.'],
])('%j with %j: %s', async (body, expected, problem) => {
  const { expected: expectations } = httpParametersOf({ url: 'http://a', ...expected });
  expect(await decideBody(Buffer.from(body), expectations, never)).toBe(problem);
});
