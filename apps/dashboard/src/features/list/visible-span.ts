import type { ListPart } from './groups.ts';

/** Parts of a list from `first` up to, and without, `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** Where each part begins, in px from the top of the list; one more at the end says how long all of it is. */
export function offsetsOf(parts: readonly ListPart[], headPx: number, rowPx: number): readonly number[] {
  const offsets = [0];
  let endPx = 0;
  for (const { kind } of parts) offsets.push((endPx += kind === 'head' ? headPx : rowPx));
  return offsets;
}

/** The parts of which something lies between two heights, both in px from the top of the list. */
export function spanBetween(offsets: readonly number[], fromPx: number, toPx: number): Span {
  const count = offsets.length - 1;
  const first = firstIndex(count, index => (offsets[index + 1] ?? 0) > fromPx);
  const end = firstIndex(count, index => (offsets[index] ?? 0) >= toPx);
  return { first, end: Math.max(first, end) };
}

/** The least index for which it is true, or `count`; it has to be true for all that follow. */
function firstIndex(count: number, isTrue: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
