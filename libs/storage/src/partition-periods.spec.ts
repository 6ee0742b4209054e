import { describe, expect, it } from 'vitest';
import { monthOf, partitionNameOf, periodOf, periodOfName, type PartitionedTable } from './partition-periods.ts';

const from = (start: string, end: string) => ({
  from: new Date(`${start}T00:00:00Z`),
  to: new Date(`${end}T00:00:00Z`),
});

describe('monthOf', () => {
  it.each([
    ['the first instant of a month', '2026-11-01T00:00:00.000Z', 0, from('2026-11-01', '2026-12-01')],
    ['the last instant of a month', '2026-11-30T23:59:59.999Z', 0, from('2026-11-01', '2026-12-01')],
    ['a december ends with the year', '2026-12-15T00:00:00.000Z', 0, from('2026-12-01', '2027-01-01')],
    ['two months later, over the year', '2026-12-31T12:00:00.000Z', 2, from('2027-02-01', '2027-03-01')],
    ['a month earlier, over the year', '2026-01-31T12:00:00.000Z', -1, from('2025-12-01', '2026-01-01')],
  ])('%s', (_title, at, later, month) => {
    expect(monthOf(new Date(at), later)).toEqual(month);
  });
});

describe('a partition', () => {
  it.each<[PartitionedTable, string, string, ReturnType<typeof from>]>([
    ['metric_row', '2026-11-30T23:59:59.999Z', 'metric_row_2026_11', from('2026-11-01', '2026-12-01')],
    ['check_window', '2024-02-29T12:00:00Z', 'check_window_2024_02', from('2024-02-01', '2024-03-01')],
    ['rollup_hour', '2026-12-31T23:00:00Z', 'rollup_hour_2026_12', from('2026-12-01', '2027-01-01')],
    ['rollup_day', '2026-01-01T00:00:00Z', 'rollup_day_2026', from('2026-01-01', '2027-01-01')],
    ['rollup_day', '2024-12-31T23:59:59.999Z', 'rollup_day_2024', from('2024-01-01', '2025-01-01')],
  ])('of %s that holds %s is %s', (table, at, name, period) => {
    expect(partitionNameOf(table, new Date(at))).toBe(name);
    expect(periodOf(table, new Date(at))).toEqual(period);
    expect(periodOfName(table, name)).toEqual(period);
  });
});
