import { describe, expect, it } from 'vitest';
import type { Group, ListPart } from './groups.ts';
import { offsetsOf, spanBetween } from './visible-span.ts';

const group: Group = {
  value: 'db',
  names: [],
  counts: { total: 0, up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 },
  worst: 'up',
};
const head: ListPart = { kind: 'head', key: 'head', group, isFolded: false };
const row: ListPart = { kind: 'rows', key: 'row', names: ['a'] };

/** 0, 20, 50, 80, 100, 130: a head of 20 px, two rows of 30, a head, a row. */
const offsets = offsetsOf([head, row, row, head, row], 20, 30);

describe('the parts in view', () => {
  it('begin where those before them end', () => {
    expect(offsets).toEqual([0, 20, 50, 80, 100, 130]);
  });

  it.each([
    ['all of them', -1_000, 1_000, [0, 5]],
    ['what is cut at the top and at the bottom', 40, 90, [1, 4]],
    ['not what only touches', 20, 80, [1, 3]],
    ['none while the list is below the window', -500, 0, [0, 0]],
    ['none when the list is above the window', 130, 600, [5, 5]],
    ['a single one', 101, 102, [4, 5]],
  ])('are %s', (_, fromPx, toPx, [first, end]) => {
    expect(spanBetween(offsets, fromPx, toPx)).toEqual({ first, end });
  });

  it('are none in an empty list', () => {
    expect(spanBetween(offsetsOf([], 20, 30), -100, 100)).toEqual({ first: 0, end: 0 });
  });
});
