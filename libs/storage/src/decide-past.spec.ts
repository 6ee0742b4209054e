import { describe, expect, it } from 'vitest';
import { cutOffsOf, isPast, type Progress, waitsFor } from './decide-past.ts';
import type { PartitionedTable } from './partition-periods.ts';
import type { Partition } from './partitions.ts';
import type { CutOffs } from './retention.types.ts';

const DAY_MS = 86_400_000;
const NOTHING: CutOffs = { rows: null, hours: null, days: null, events: null };
const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
const ending = (parent: PartitionedTable, to: string, state: Partition['state'] = 'attached') => ({
  parent,
  state,
  to: at(to),
});

describe('cutOffsOf', () => {
  it('goes back from now by what is kept, and nowhere for what is kept for ever', () => {
    const retention = { rows: DAY_MS, hours: 2 * DAY_MS, days: null, events: 3 * DAY_MS };
    expect(cutOffsOf(retention, at('2026-11-20'))).toEqual({
      rows: at('2026-11-19'),
      hours: at('2026-11-18'),
      days: null,
      events: at('2026-11-17'),
    });
  });
});

describe('isPast', () => {
  it.each<[string, ReturnType<typeof ending>, Partial<CutOffs>, boolean]>([
    ['it ended at its cut-off', ending('metric_row', '2024-11-01'), { rows: at('2024-11-01') }, true],
    ['its cut-off lies within it', ending('metric_row', '2024-12-01'), { rows: at('2024-11-30') }, false],
    ['it follows another retention', ending('metric_row', '2024-11-01'), { hours: at('2026-01-01') }, false],
    ['checks follow the rows', ending('check_window', '2024-11-01'), { rows: at('2024-11-01') }, true],
    ['hours follow their own', ending('rollup_hour', '2024-11-01'), { hours: at('2024-11-01') }, true],
    ['days follow their own', ending('rollup_day', '2024-01-01'), { days: at('2024-01-01') }, true],
    ['a year that is not over', ending('rollup_day', '2025-01-01'), { days: at('2024-12-31') }, false],
    ['it is kept for ever', ending('rollup_day', '1970-01-01'), {}, false],
    ['it was being dropped already', ending('metric_row', '2026-12-01', 'detached'), {}, true],
    ['it is leaving already', ending('metric_row', '2026-12-01', 'leaving'), {}, true],
  ])('%s', (_why, partition, cutOffs, expected) => {
    expect(isPast(partition, { ...NOTHING, ...cutOffs })).toBe(expected);
  });
});

describe('waitsFor', () => {
  const progress: Progress = { hourDue: null, dayDue: null, checksSummedUntil: at('2026-11-20') };

  it.each<[string, ReturnType<typeof ending>, Partial<Progress>, ReturnType<typeof waitsFor>]>([
    ['nothing is to be made', ending('metric_row', '2024-11-01'), {}, null],
    ['an hour of its rows', ending('metric_row', '2024-11-01'), { hourDue: at('2024-10-31') }, 'rollup'],
    ['only an hour that came after', ending('metric_row', '2024-11-01'), { hourDue: at('2024-11-01') }, null],
    ['rows do not wait for days', ending('metric_row', '2024-11-01'), { dayDue: at('2024-10-31') }, null],
    ['a day of its hours', ending('rollup_hour', '2024-11-01'), { dayDue: at('2024-10-31') }, 'rollup'],
    ['hours wait for hours', ending('rollup_hour', '2024-11-01'), { hourDue: at('2024-10-31') }, 'rollup'],
    ['days that are to be made anew', ending('rollup_day', '2024-01-01'), { dayDue: at('2023-12-31') }, 'rollup'],
    ['checks do not wait for rows', ending('check_window', '2024-11-01'), { hourDue: at('2024-10-31') }, null],
    [
      'the last day of its checks',
      ending('check_window', '2024-11-01'),
      { checksSummedUntil: at('2024-10-31') },
      'sums',
    ],
    ['checks that are summed', ending('check_window', '2024-11-01'), { checksSummedUntil: at('2024-11-01') }, null],
    [
      'what nobody can read any more',
      ending('metric_row', '2024-11-01', 'detached'),
      { hourDue: at('2024-10-31') },
      null,
    ],
  ])('%s', (_why, partition, more, expected) => {
    expect(waitsFor(partition, { ...progress, ...more })).toBe(expected);
  });
});
