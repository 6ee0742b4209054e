import { expect, test } from 'vitest';
import { excerptAround, excerptOf } from './excerpt.ts';

test.each([
  ['short', '“short”'],
  ['', '“”'],
  ['  two\r\n\tlines ', '“two lines”'],
  ['\u001b[31mred\u0000', '“[31mred”'],
  ['abc\u202Etxt.exe', '“abc txt.exe”'],
  ['half \ud83d', '“half”'],
  ['x'.repeat(81), `“${'x'.repeat(80)}…”`],
  ['x'.repeat(1_000_000), `“${'x'.repeat(80)}…”`],
])('%j is shown as %s', (text, shown) => {
  expect(excerptOf(text)).toBe(shown);
});

test('a place in a text is shown with what stands around it', () => {
  const text = `${'a'.repeat(100)} error ${'b'.repeat(100)}`;
  expect(excerptAround(text, text.indexOf('error'))).toMatch(/^“…a+ error b+…”$/);
  expect(excerptAround('error', 0)).toBe('“error”');
});
