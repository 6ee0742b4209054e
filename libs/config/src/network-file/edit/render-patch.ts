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
  const hunks = hunksOf(lines).map(([from, to]) => renderHunk(lines, from, to));
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

function renderHunk(lines: readonly DiffLine[], from: number, to: number): string {
  const [above, shown] = [lines.slice(0, from), lines.slice(from, to)];
  const place = (side: 'removed' | 'added'): string => {
    const count = countOf(shown, side);
    return `${countOf(above, side) + (count === 0 ? 0 : 1)},${count}`;
  };
  const head = `@@ -${place('removed')} +${place('added')} @@`;
  return [head, ...shown.map(({ kind, line }) => `${SIGNS[kind]}${line}`)].join('\n');
}

/** How many of these lines the former text has (`removed`), or the latter. */
function countOf(lines: readonly DiffLine[], side: 'removed' | 'added'): number {
  return lines.filter(({ kind }) => kind === 'same' || kind === side).length;
}
