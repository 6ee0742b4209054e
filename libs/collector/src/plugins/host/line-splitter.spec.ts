import { expect, test } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

function split(pieces: readonly string[], maxCharacters = 5): { line: string; isCut: boolean }[] {
  const lines: { line: string; isCut: boolean }[] = [];
  const splitter = new LineSplitter(maxCharacters, (line, isCut) => lines.push({ line, isCut }));
  for (const piece of pieces) splitter.push(piece);
  splitter.flush();
  return lines;
}

const whole = (...lines: string[]): { line: string; isCut: boolean }[] => lines.map(line => ({ line, isCut: false }));

test.each([
  { pieces: [], lines: [] },
  { pieces: ['a\nb\n'], lines: whole('a', 'b') },
  { pieces: ['a', 'b\n', '\nc'], lines: whole('ab', '', 'c') },
  { pieces: ['12345\n1'], lines: whole('12345', '1') },
  { pieces: ['12345', '\n'], lines: whole('12345') },
  { pieces: ['123456\n1\n'], lines: [{ line: '12345', isCut: true }, ...whole('1')] },
  { pieces: ['1234', '5678', '9'], lines: [{ line: '12345', isCut: true }] },
  { pieces: ['12345', '6', '\n', 'a\n'], lines: [{ line: '12345', isCut: true }, ...whole('a')] },
])('$pieces are the lines $lines', ({ pieces, lines }) => {
  expect(split(pieces)).toEqual(lines);
});

test('a text of any length without a line end takes no more than one line', () => {
  const lines = split(
    Array.from({ length: 1_000 }, () => 'x'.repeat(10_000)),
    100,
  );
  expect(lines).toEqual([{ line: 'x'.repeat(100), isCut: true }]);
});
