/** A run of lines that both texts have, or that one of them has. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly line: string;
}

/** More differing lines than anybody reads one by one: all of the old is then shown before all of the new. */
const MAX_DIFFERENCES = 1_000;

/**
 * The lines of both texts in order: what is the same, what only the former has, what only the latter has. With as few
 * differences as there can be (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986).
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const head = commonCount(before, after);
  const rest = [before.slice(head), after.slice(head)] as const;
  const tail = commonCount(rest[0].toReversed(), rest[1].toReversed());
  const [old, now] = [rest[0].slice(0, rest[0].length - tail), rest[1].slice(0, rest[1].length - tail)];
  return [
    ...linesAs('same', before.slice(0, head)),
    ...(shortestWay(old, now) ?? [...linesAs('removed', old), ...linesAs('added', now)]),
    ...linesAs('same', before.slice(before.length - tail)),
  ];
}

function commonCount(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((line, index) => line !== b[index]);
  return differs === -1 ? a.length : differs;
}

function linesAs(kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] {
  return lines.map(line => ({ kind, line }));
}

/** How far each diagonal `x - y` has come, after each number of differences; `null`: there are too many. */
function shortestWay(old: readonly string[], now: readonly string[]): DiffLine[] | null {
  const trace: Map<number, number>[] = [];
  let reached = new Map([[1, 0]]);
  for (let differences = 0; differences <= MAX_DIFFERENCES; differences += 1) {
    trace.push(reached);
    const next = new Map(reached);
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      let x = startOf(reached, diagonal, differences);
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= old.length && x - diagonal >= now.length) return walkBack(trace, old, now);
    }
    reached = next;
  }
  return null;
}

function isDown(reached: ReadonlyMap<number, number>, diagonal: number, differences: number): boolean {
  if (diagonal === -differences) return true;
  return diagonal !== differences && at(reached, diagonal - 1) < at(reached, diagonal + 1);
}

function startOf(reached: ReadonlyMap<number, number>, diagonal: number, differences: number): number {
  return isDown(reached, diagonal, differences) ? at(reached, diagonal + 1) : at(reached, diagonal - 1) + 1;
}

function at(reached: ReadonlyMap<number, number>, diagonal: number): number {
  return reached.get(diagonal) ?? -1;
}

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  old: readonly string[],
  now: readonly string[],
): DiffLine[] {
  const lines: DiffLine[] = [];
  let [x, y] = [old.length, now.length];
  for (const [differences, reached] of [...trace.entries()].toReversed()) {
    const diagonal = x - y;
    const down = isDown(reached, diagonal, differences);
    const from = down ? diagonal + 1 : diagonal - 1;
    const fromX = Math.max(0, at(reached, from));
    const startX = down ? fromX : fromX + 1;
    for (; x > startX && differences > 0; x -= 1, y -= 1) lines.push({ kind: 'same', line: old[x - 1] ?? '' });
    if (differences === 0) {
      for (; x > 0; x -= 1) lines.push({ kind: 'same', line: old[x - 1] ?? '' });
      break;
    }
    lines.push(down ? { kind: 'added', line: now[y - 1] ?? '' } : { kind: 'removed', line: old[x - 1] ?? '' });
    [x, y] = [fromX, fromX - from];
  }
  return lines.toReversed();
}
