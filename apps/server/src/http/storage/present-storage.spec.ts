import { describe, expect, test } from 'vitest';
import type { MeasuredStorage, MeasuredTable } from '#storage';
import { presentDryRun, presentStorage } from './present-storage.ts';

const DAY_MS = 86_400_000;
const RETENTION = { rows: 761 * DAY_MS, hours: 3_653 * DAY_MS, days: null, events: 761 * DAY_MS };
const at = (day: string): Date => new Date(`${day}T00:00:00Z`);

function month(name: string, from: string, to: string, rows: number): MeasuredTable {
  const networks = new Map(rows === 0 ? [] : [['acme', { rows, oldest: at(from), newest: at(from) }]]);
  return { name, parent: 'metric_row', period: { from: at(from), to: at(to) }, bytes: 10 * rows + 8, networks };
}

const MEASURED: MeasuredStorage = {
  at: at('2026-11-20'),
  databaseBytes: 999,
  tables: [
    month('metric_row_2026_11', '2026-11-01', '2026-12-01', 7),
    month('metric_row_2024_10', '2024-10-01', '2024-11-01', 3),
    {
      name: 'rollup_day_2024',
      parent: 'rollup_day',
      period: { from: at('2024-01-01'), to: at('2025-01-01') },
      bytes: 8,
      networks: new Map(),
    },
    { name: 'outbox', parent: 'outbox', period: null, bytes: 16, networks: new Map() },
  ],
};

describe('what is stored', () => {
  test('is said with when it was measured, how long it is kept, and what goes next', () => {
    const report = presentStorage(MEASURED, RETENTION);
    expect(report).toMatchObject({
      measuredAt: '2026-11-20T00:00:00.000Z',
      databaseBytes: 999,
      retention: { rows: '761d', hours: '3653d', days: null, events: '761d' },
    });
    const [rows, hours, days, checks, events] = report.resolutions;
    expect(rows).toEqual({
      resolution: 'rows',
      rows: 10,
      bytes: 116,
      oldest: '2024-10-01T00:00:00.000Z',
      newest: '2026-11-01T00:00:00.000Z',
      nextDrop: {
        partition: 'metric_row_2024_10',
        resolution: 'rows',
        from: '2024-10-01T00:00:00.000Z',
        to: '2024-11-01T00:00:00.000Z',
        rows: 3,
        bytes: 38,
        at: '2026-12-02T00:00:00.000Z',
      },
    });
    expect([hours, days, checks, events].map(part => part?.nextDrop)).toEqual([null, null, null, null]);
    expect(hours).toMatchObject({ resolution: 'hours', rows: 0, bytes: 0, oldest: null, newest: null });
    expect(report.networks).toMatchObject([
      { network: 'acme', resolutions: [{ resolution: 'rows', rows: 10, bytes: 116 }, {}, {}, {}, {}] },
    ]);
  });

  test('is not known before it is measured; how long it is kept is', () => {
    expect(presentStorage(null, RETENTION)).toEqual({
      measuredAt: null,
      databaseBytes: null,
      retention: { rows: '761d', hours: '3653d', days: null, events: '761d' },
      resolutions: [],
      networks: [],
    });
  });
});

describe('a dry run', () => {
  const partition = (name: string, rows: number | null, waitsFor: 'rollup' | null = null) =>
    ({
      name,
      resolution: 'rows',
      from: at('2024-10-01'),
      to: at('2024-11-01'),
      rows,
      bytes: 100,
      waitsFor,
    }) as const;

  test('says what would go, and what that is together', () => {
    const past = {
      partitions: [partition('metric_row_2024_09', 4), partition('metric_row_2024_10', 5, 'rollup')],
      rows: [{ table: 'outbox', resolution: 'events', before: at('2024-10-20'), rows: 2 } as const],
    };
    expect(presentDryRun(past, RETENTION, at('2026-11-20'))).toEqual({
      at: '2026-11-20T00:00:00.000Z',
      retention: { rows: '761d', hours: '3653d', days: null, events: '761d' },
      partitions: ['metric_row_2024_09', 'metric_row_2024_10'].map((name, index) => ({
        partition: name,
        resolution: 'rows',
        from: '2024-10-01T00:00:00.000Z',
        to: '2024-11-01T00:00:00.000Z',
        rows: 4 + index,
        bytes: 100,
        waitsFor: index === 0 ? null : 'rollup',
      })),
      deleted: [{ table: 'outbox', resolution: 'events', before: '2024-10-20T00:00:00.000Z', rows: 2 }],
      rows: 4,
      bytes: 100,
    });
  });

  test('does not say how many rows that is when some were never counted', () => {
    const past = { partitions: [partition('a', 4), partition('b', null)], rows: [] };
    expect(presentDryRun(past, RETENTION, at('2026-11-20'))).toMatchObject({ rows: null, bytes: 200 });
  });
});
