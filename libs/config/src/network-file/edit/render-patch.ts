import { diffLines, type DiffLine } from './line-diff.ts';

/** Lines around each difference, as everybody's tools have it. */
const CONTEXT = 3;
const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', removed: '-', added: '+' };

/**
 * What leads from one text to the other, as `git apply` and `patch -p1` take it: the unified format. Empty when both are the
 * same.
 *
 * @param path how the file is named in it
 */
export function renderPatch(before: string, after: string, path: string): string {
  if (before === after) return '';
  const lines = diffLines(linesOf(before), linesOf(after));
  const above: Above = { removed: 0, added: 0, lines: 0 };
  const hunks = hunksOf(lines).map(([from, to]) => renderHunk(lines, [from, to], above));
  return [`--- a/${path}`, `+++ b/${path}`, ...hunks].join('\n') + '\n';
}

/** A text without a line break at its end has a last line that differs from the same with one. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop();
  return last === undefined || last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

/** Which lines are shown together: [from, to). */
function hunksOf(lines: readonly DiffLine[]): [number, number][] {
  const hunks: [number, number][] = [];
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1)];
    const last = hunks.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  return hunks;
}

/** How many lines of each side, and of both together, stand above a hunk. It is counted on from one hunk to the next. */
interface Above {
  removed: number;
  added: number;
  lines: number;
}

function renderHunk(lines: readonly DiffLine[], [from, to]: readonly [number, number], above: Above): string {
  countOn(above, lines.slice(above.lines, from));
  const shown = lines.slice(from, to);
  const before = { ...above };
  countOn(above, shown);
  const place = (side: 'removed' | 'added'): string => {
    const count = above[side] - before[side];
    return `${before[side] + (count === 0 ? 0 : 1)},${count}`;
  };
  const head = `@@ -${place('removed')} +${place('added')} @@`;
  return [head, ...shown.map(({ kind, line }) => `${SIGNS[kind]}${line}`)].join('\n');
}

function countOn(above: Above, lines: readonly DiffLine[]): void {
  for (const { kind } of lines) {
    if (kind !== 'added') above.removed += 1;
    if (kind !== 'removed') above.added += 1;
  }
  above.lines += lines.length;
}
