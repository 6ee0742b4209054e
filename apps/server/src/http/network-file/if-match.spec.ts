import { expect, test } from 'vitest';
import { isMatchedBy, requireIfMatch } from './if-match.ts';

test.each([
  ['"sha256:aa"', true],
  ['W/"sha256:aa"', true],
  ['"x", "sha256:aa"', true],
  [' * ', true],
  ['sha256:aa', false],
  ['"sha256:ab"', false],
  ['"*"', false],
  ['', false],
])('If-Match: %s lets the text "sha256:aa" through: %s', (header, expected) => {
  expect(isMatchedBy(header)('sha256:aa')).toBe(expected);
});

test.each([undefined, '', '  '])('without one (%j) no whole text is replaced', header => {
  expect(() => requireIfMatch(header)).toThrow(expect.objectContaining({ code: 'IF_MATCH_REQUIRED' }) as Error);
});
