import { describe, expect, it } from 'vitest';
import { monthOf } from './partitions.ts';

describe('monthOf', () => {
  it.each([
    ['the first instant of a month', '2026-11-01T00:00:00.000Z', 0, ['2026_11', '2026-11-01', '2026-12-01']],
    ['the last instant of a month', '2026-11-30T23:59:59.999Z', 0, ['2026_11', '2026-11-01', '2026-12-01']],
    ['a december ends with the year', '2026-12-15T00:00:00.000Z', 0, ['2026_12', '2026-12-01', '2027-01-01']],
    ['two months later, over the year', '2026-12-31T12:00:00.000Z', 2, ['2027_02', '2027-02-01', '2027-03-01']],
    ['a month earlier, over the year', '2026-01-31T12:00:00.000Z', -1, ['2025_12', '2025-12-01', '2026-01-01']],
  ])('%s', (_title, at, later, [suffix, start, end]) => {
    const month = monthOf(new Date(at), later);
    expect(month).toEqual({ suffix, start: new Date(`${start}T00:00:00Z`), end: new Date(`${end}T00:00:00Z`) });
  });
});
