/** A line that both have, or only one of them. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Where it stands, counted from 1: in the later text, or, removed, in the former. */
  readonly line: number;
}

/** Lines that are shown beside a change. */
const CONTEXT = 2;
/** Larger differences are shown as one: finding the common lines would take seconds. */
const MOST_CELLS = 4_000_000;

/** What differs between two texts, a list per place, each with some lines around it. */
export function diffLines(former: string, later: string): DiffLine[][] {
  const [a, b] = [former.split('\n'), later.split('\n')];
  const start = commonStart(a, b);
  const end = commonStart(a.slice(start).toReversed(), b.slice(start).toReversed());
  const middle = compare(a.slice(start, a.length - end), b.slice(start, b.length - end), start);
  const same = (from: number, to: number): DiffLine[] =>
    b.slice(from, to).map((text, index) => ({ kind: 'same', text, line: from + index + 1 }));
  return places([
    ...same(Math.max(0, start - CONTEXT), start),
    ...middle,
    ...same(b.length - end, Math.min(b.length, b.length - end + CONTEXT)),
  ]);
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

/** By the longest common subsequence of lines. @param offset how many lines stand before both */
function compare(a: readonly string[], b: readonly string[], offset: number): DiffLine[] {
  const isTooMuch = a.length * b.length > MOST_CELLS;
  const lengths = isTooMuch ? null : commonLengths(a, b);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (lengths !== null && left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left, line: offset + j + 1 });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || keepsMore(lengths, b.length, i, j))) {
      lines.push({ kind: 'removed', text: left, line: offset + i + 1 });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: right ?? '', line: offset + j + 1 });
      j += 1;
    }
  }
  return lines;
}

/** Whether leaving out the former line keeps at least as many common ones as leaving out the later. */
function keepsMore(lengths: Uint16Array | null, width: number, i: number, j: number): boolean {
  if (lengths === null) return true;
  return (lengths[(i + 1) * (width + 1) + j] ?? 0) >= (lengths[i * (width + 1) + j + 1] ?? 0);
}

/** How many lines the rests from i and j have in common, at i * (width + 1) + j. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      const isSame = a[i] === b[j];
      lengths[at] = isSame
        ? (lengths[at + width + 1] ?? 0) + 1
        : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  return lengths;
}

/** Leaves out what is far from any change, and parts the list there. */
function places(lines: readonly DiffLine[]): DiffLine[][] {
  const changes = lines.flatMap(({ kind }, index) => (kind === 'same' ? [] : [index]));
  const found: DiffLine[][] = [];
  let until = -1;
  for (const change of changes) {
    const from = Math.max(0, change - CONTEXT);
    const to = Math.min(lines.length, change + CONTEXT + 1);
    if (from > until || found.length === 0) found.push([]);
    found.at(-1)?.push(...lines.slice(Math.max(from, until), to));
    until = Math.max(until, to);
  }
  return found;
}
