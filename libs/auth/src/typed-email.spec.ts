import { expect, test } from 'vitest';
import { typedEmail } from './typed-email.ts';

test.each([
  ['a plain one', 'alice@example.org', 'alice@example.org'],
  ['one in capitals, with space around it', '  Alice@Example.ORG\n', 'alice@example.org'],
  ['nothing', '', ''],
  ['a NUL, which no column takes', 'a\0b', 'a\uFFFDb'],
  ['far too much', 'a'.repeat(60_000), 'a'.repeat(254)],
])('%s', (_, typed, expected) => {
  expect(typedEmail(typed)).toBe(expected);
});
