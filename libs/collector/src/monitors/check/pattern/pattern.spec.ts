import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from './compile-pattern.ts';
import { patternProblem } from './pattern-problem.ts';
import { searchText } from './search-text.ts';

const never = new AbortController().signal;

function isIn(source: string, text: string): Promise<boolean> {
  return searchText(compilePattern(source), text, never);
}

test.each([
  ['ok', 'all is ok', true],
  ['ok', 'all is well', false],
  ['', 'anything', true],
  ['^up$', 'db: down\nup\nweb: up', true],
  ['^up$', 'up and running', false],
  ['ready$', 'not yet\r\nready\r\n', true],
  ['a.c', 'a\nc', false],
  ['(?i)Ünder Construction', 'ÜNDER CONSTRUCTION', true],
  ['(?i)[a-c]+z', 'ABCZ', true],
  ['\\bcat\\b', 'concatenate', false],
  ['\\bcat\\b', 'the cat.', true],
  ['v[0-9]+\\.[0-9]{1,2}(?:-rc)?', 'v2.10-rc', true],
  ['{"ok":(true|1)}', '{"ok":true}', true],
  ['a{2,3}?b', 'ab', false],
  ['[]]', ']', false],
  ['[^]', '\n', true],
  ['\\x41\\u00e9', 'Aé', true],
  ['(a*)*b', 'aaac', false],
])('%j in %j: %s', async (source, text, found) => {
  expect(await isIn(source, text)).toBe(found);
});

/** Pieces of regular expressions that both sides know, put together at random. */
const leaf = fc.constantFrom(
  'a',
  'b',
  'B',
  '.',
  '[ab]',
  '[^a]',
  '[a-c\\d]',
  '\\w',
  '\\s',
  '^',
  '$',
  '\\b',
  '\\B',
  '',
  '\n',
  '-',
);
const expressions = fc.letrec<{ any: string }>(tie => ({
  any: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => a + b),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a}|${b})`),
    fc
      .tuple(tie('any'), fc.constantFrom('*', '+', '?', '*?', '{2}', '{1,3}', '{0,}'))
      .map(([a, times]) => `(?:${a})${times}`),
  ),
})).any;
const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', 'B', '1', ' ', '\n', '-', 'é'), maxLength: 12 });

test('it finds what JavaScript finds', async () => {
  await fc.assert(
    fc.asyncProperty(expressions, texts, fc.boolean(), async (source, text, ignoreCase) => {
      const expected = new RegExp(source, ignoreCase ? 'mi' : 'm').test(text);
      expect(await isIn(ignoreCase ? `(?i)${source}` : source, text)).toBe(expected);
    }),
    { numRuns: 5_000 },
  );
}, 60_000);

describe('what would keep JavaScript busy for years', () => {
  const LENGTH = 512 * 1024;
  test.each([
    ['(a+)+$', 'a'.repeat(LENGTH) + 'b'],
    ['(a|aa)+c', 'a'.repeat(LENGTH)],
    ['status.*ok', 'status'.repeat(LENGTH / 6)],
    ['(x+x+)+y', 'x'.repeat(LENGTH)],
    ['(a|b)*a(a|b){20}c', 'ab'.repeat(LENGTH / 2)],
  ])(
    '%s leaves room for others',
    async (source, text) => {
      let [turns, isOver] = [0, false];
      const takeTurn = (): void => void (isOver || (turns++, setImmediate(takeTurn)));
      takeTurn();
      expect(await isIn(source, text)).toBe(false);
      isOver = true;
      expect(turns).toBeGreaterThan(5);
    },
    60_000,
  );
});

test('a search that nobody waits for any more ends', async () => {
  const cut = new AbortController();
  const search = searchText(compilePattern('(a|b)*a(a|b){100}c'), 'ab'.repeat(1_000_000), cut.signal);
  cut.abort();
  expect(await search).toBe(false);
});

test.each([
  ['(', 'has a ( without its )'],
  ['a)', 'has a ) without its ('],
  ['[a', 'has a [ without its ]'],
  ['a\\', 'ends with a backslash'],
  ['*a', 'has nothing before * that it could repeat'],
  ['a**', 'repeats a repetition'],
  ['^*', 'repeats a place'],
  ['a{3,2}', 'repeats from 3 to 2 times'],
  ['a{1001}', 'repeats more than 1000 times'],
  ['a{99999999999999999999}', 'repeats more than 1000 times'],
  ['(a{400}){400}', 'is too large'],
  ['((((){1000}){1000}){1000}){1000}a{600}', 'is too large'],
  ['(?=a)', 'lookarounds cannot be used'],
  ['(?<!a)b', 'lookarounds cannot be used'],
  ['(a)\\1', 'has a \\1 that is not known here'],
  ['\\pL', 'has a \\p that is not known here'],
  ['\\x4', 'has a \\x without 2 hexadecimal digits'],
  ['[z-a]', 'has the range z-a, which is empty'],
  ['[a-\\d]', 'has a class such as \\d at an end of a range'],
  ['('.repeat(60) + ')'.repeat(60), 'has more than 50 brackets in brackets'],
])('%s is refused', (source, why) => {
  expect(patternProblem(source)).toContain(why);
});

test('what is no text is refused', () => {
  expect(patternProblem(5)).toBe('must be text: write it in quotes, "5"');
  expect(patternProblem('a'.repeat(501))).toBe('is longer than 500 characters');
});
