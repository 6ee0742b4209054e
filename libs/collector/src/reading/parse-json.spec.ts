import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test.each([
  ['{"a":[1,2,{"b":null}]}', { a: [1, 2, { b: null }] }],
  ['"}}}}[[[["', '}}}}[[[['],
  ['{"a":"\\"[[["}', { a: '"[[[' }],
])('%s is parsed', (text, value) => {
  expect(parseJson(Buffer.from(text))).toEqual({ ok: true, value });
});

test.each([
  ['nothing', '', 'empty'],
  ['NaN', '{"a":NaN}', 'not JSON'],
  ['half an answer', '{"a":', 'not JSON'],
  ['17 levels', '['.repeat(17) + ']'.repeat(17), 'too deeply'],
  ['more than 100 000 objects', `[${'{},'.repeat(100_001)}0]`, 'too many parts'],
])('%s is a bad response', (_, text, why) => {
  const parsed = parseJson(Buffer.from(text));
  expect(parsed).toMatchObject({ ok: false, reason: 'bad_response', detail: expect.stringContaining(why) });
});
