import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryTableName } from './history-tables.ts';
import { shareOut, sumUse, sumUseByNetwork } from './storage-use-sums.ts';
import type { MeasuredTable } from './storage-use.types.ts';

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);

function table(
  parent: HistoryTableName,
  bytes: number,
  rows: Readonly<Record<string, number>>,
  oldest = at('2026-11-01'),
  newest = at('2026-11-20'),
): MeasuredTable {
  const shares = Object.entries(rows).map(([network, count]) => [network, { rows: count, oldest, newest }] as const);
  return { name: `${parent}_1`, parent, period: null, bytes, networks: new Map(shares) };
}

const TABLES = [
  table('metric_row', 1_000, { acme: 3, beta: 1 }, at('2026-10-01'), at('2026-10-31')),
  table('metric_row', 500, { beta: 2 }),
  table('metric_row', 16, {}),
  table('rollup_hour', 100, { acme: 1 }),
  table('check_window', 300, { acme: 2, beta: 1 }),
  table('check_day', 60, { beta: 1 }, at('2026-09-01')),
  table('outbox', 7, { acme: 5 }),
];

describe('what all networks take', () => {
  it('is the sum of all tables of a resolution, also of those without a row', () => {
    expect(sumUse(TABLES)).toEqual([
      { resolution: 'rows', rows: 6, bytes: 1_516, oldest: at('2026-10-01'), newest: at('2026-11-20') },
      { resolution: 'hours', rows: 1, bytes: 100, oldest: at('2026-11-01'), newest: at('2026-11-20') },
      { resolution: 'days', rows: 0, bytes: 0, oldest: null, newest: null },
      { resolution: 'checks', rows: 4, bytes: 360, oldest: at('2026-09-01'), newest: at('2026-11-20') },
      { resolution: 'events', rows: 5, bytes: 7, oldest: at('2026-11-01'), newest: at('2026-11-20') },
    ]);
  });
});

describe('what each network takes', () => {
  it('is its part of each table by rows', () => {
    const use = sumUseByNetwork(TABLES);
    expect([...use.keys()]).toEqual(['acme', 'beta']);
    const figures = [...use.values()].map(uses => uses.map(({ rows, bytes }) => [rows, bytes]));
    expect(figures).toEqual([
      [
        [3, 750],
        [1, 100],
        [0, 0],
        [2, 200],
        [5, 7],
      ],
      [
        [3, 750],
        [0, 0],
        [0, 0],
        [2, 160],
        [0, 0],
      ],
    ]);
    expect(use.get('acme')?.[0]).toMatchObject({ oldest: at('2026-10-01'), newest: at('2026-10-31') });
  });

  it('is in whole bytes that sum up to those of the table', () => {
    const rows = fc.dictionary(fc.string(), fc.integer({ min: 1, max: 1e9 }), { minKeys: 1, maxKeys: 9 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 1e12 }), (given, bytes) => {
        const shares = [...shareOut(table('metric_row', bytes, given)).values()];
        expect(shares.every(share => Number.isInteger(share) && share >= 0)).toBe(true);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(bytes);
      }),
    );
  });
});
