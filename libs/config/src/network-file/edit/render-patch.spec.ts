import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from './line-diff.ts';
import { renderPatch } from './render-patch.ts';

test('a patch shows what changes and three lines around it', () => {
  const before = 'a\nb\nc\nversion: 1\nd\ne\nf\ng\nh\ni\nj\nk\n';
  const after = before.replace('version: 1', 'version: 2').replace('k\n', 'k\nmachine\n');
  expect(renderPatch(before, after, 'network.yml')).toBe(`--- a/network.yml
+++ b/network.yml
@@ -1,7 +1,7 @@
 a
 b
 c
-version: 1
+version: 2
 d
 e
 f
@@ -10,3 +10,4 @@
 i
 j
 k
+machine
`);
});

test('there is no patch from a text to itself', () => {
  expect(renderPatch('a\n', 'a\n', 'f')).toBe('');
});

/** Few different lines, so that many are the same; with and without a line break at the end. */
const document = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', '', '- c', '+d', '\\ e'), { maxLength: 40 }), fc.constantFrom('\n', ''))
  .map(([lines, end]) => (lines.length === 0 ? '' : lines.join('\n') + end));

test('git leads from the one text to the other by it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'distomon-patch-'));
  try {
    fc.assert(
      fc.property(document, document, (before, after) => {
        fc.pre(before !== '' && after !== '' && before !== after);
        writeFileSync(join(directory, 'network.yml'), before);
        const patch = renderPatch(before, after, 'network.yml');
        execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: directory, input: patch, stdio: 'pipe' });
        expect(readFileSync(join(directory, 'network.yml'), 'utf8')).toBe(after);
      }),
      { numRuns: 100 },
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('as few lines differ as there can be', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const same = diffLines(before, after).filter(({ kind }) => kind === 'same').length;
      expect(same).toBe(longestCommon(before, after));
    }),
  );
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const table = a.reduce(
    (row, line) => {
      const next = [0];
      for (const [j, other] of b.entries())
        next.push(line === other ? (row[j] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0));
      return next;
    },
    Array.from({ length: b.length + 1 }, () => 0),
  );
  return table.at(-1) ?? 0;
}

test('two long texts that have nothing in common are told soon', () => {
  const lines = (letter: string): string => Array.from({ length: 50_000 }, (_, i) => `${letter}${i}\n`).join('');
  expect(renderPatch(lines('a'), lines('b'), 'f').split('\n').length).toBe(100_000 + 3 + 1);
});

test('two long texts with many small differences are told soon too', () => {
  const lines = Array.from({ length: 400_000 }, (_, i) => (i % 2 === 0 ? '' : '#'));
  const changed = lines.map((line, i) => (i % 1_000 === 500 ? '# changed' : line));
  const patch = renderPatch(lines.join('\n'), changed.join('\n'), 'f');
  expect(patch.match(/^@@.*$/gm)?.at(-1)).toBe('@@ -399498,7 +399498,7 @@');
});
