import { describe, expect, test } from 'vitest';
import type { MetricSummary, SeriesPoint } from '#storage';
import { chartCells, historyColumns, jsonRow, rowOfPoint, rowOfSeconds } from './present-history.ts';

const start = new Date('2026-11-20T10:00:00Z');
const TEN = 600_000;
const WISH = { metrics: ['memory', 'cpu'], parts: ['avg', 'max'] } as const;

function point(more: Partial<SeriesPoint> = {}): SeriesPoint {
  const nothing = { unreachable: 0, unobserved: 0, filled: 0, reason: null, filledAt: null, conclusion: null };
  return { machineId: 1, start, ...nothing, source: 'agent', samples: 600, values: '[1.5,null]', charts: [], ...more };
}

/** What a row says, by column. */
function said(level: 'rows' | 'hours', of: SeriesPoint): Record<string, unknown> {
  const cells = JSON.parse(jsonRow(rowOfPoint(of, { level, windowMs: TEN }))) as unknown[];
  const columns = historyColumns(level, { metrics: ['cpu'], parts: ['avg', 'max'] });
  expect(cells).toHaveLength(columns.length);
  return Object.fromEntries(columns.map((name, i) => [name, cells[i]]));
}

describe('a row', () => {
  test('of a window that was read', () => {
    expect(said('rows', point())).toEqual({
      time: '2026-11-20T10:00:00.000Z',
      reachable: true,
      reason: null,
      samples: 600,
      source: 'agent',
      filledAt: null,
      conclusion: null,
      unreachableMinutes: 0,
      unobservedMinutes: 0,
      'cpu.avg': 1.5,
      'cpu.max': null,
    });
  });

  test('of a window that was filled keeps both facts', () => {
    const filledAt = new Date('2026-11-20T11:00:00Z');
    const gap = point({ unreachable: 1, filled: 1, reason: 'timeout', conclusion: 'network', filledAt });
    expect(said('rows', gap)).toMatchObject({
      reachable: false,
      reason: 'timeout',
      filledAt: '2026-11-20T11:00:00.000Z',
      conclusion: 'network',
      unreachableMinutes: 10,
      unobservedMinutes: 0,
      'cpu.avg': 1.5,
    });
  });

  test('of a window that distomon did not observe does not say that the machine was unreachable', () => {
    const gap = point({ unobserved: 1, reason: 'unobserved', source: null, samples: null, values: '[null,null]' });
    expect(said('rows', gap)).toMatchObject({
      reachable: false,
      reason: 'unobserved',
      samples: null,
      unreachableMinutes: 0,
      unobservedMinutes: 10,
      'cpu.avg': null,
    });
  });

  test('of an hour counts its windows in minutes', () => {
    const hour = point({ unreachable: 2, unobserved: 1, filled: 3, reason: 'timeout', samples: 3_600 });
    expect(said('hours', hour)).toEqual({
      time: '2026-11-20T10:00:00.000Z',
      reachable: false,
      reason: 'timeout',
      samples: 3600,
      source: 'agent',
      unreachableMinutes: 20,
      unobservedMinutes: 10,
      filledMinutes: 30,
      'cpu.avg': 1.5,
      'cpu.max': null,
    });
  });

  test('of seconds says what it knows, and null of the rest', () => {
    const row = rowOfSeconds({ start, samples: 9, values: [0.25, null] }, 'host');
    expect(JSON.parse(jsonRow(row))).toEqual([
      '2026-11-20T10:00:00.000Z',
      null,
      null,
      9,
      'host',
      null,
      null,
      null,
      null,
      0.25,
      null,
    ]);
    expect(row.facts.length + 2).toBe(historyColumns('seconds', { metrics: ['cpu'], parts: ['avg', 'min'] }).length);
  });

  test('has its values digit by digit as they were stored', () => {
    const row = rowOfPoint(point({ values: '[0.1,1e+22,-2.5e-07]' }), { level: 'rows', windowMs: TEN });
    expect(jsonRow(row)).toMatch(/,0\.1,1e\+22,-2\.5e-07\]$/);
  });
});

describe('charts of a history', () => {
  const summary = (avg: number): MetricSummary => ({ avg, min: avg - 1, max: avg + 1, samples: 600, expected: 600 });
  const CHARTS = [
    { chart: 'net.eth0', dimensions: ['received', 'sent'] },
    { chart: 'a', dimensions: ['constructor'] },
  ];

  test('have columns of each dimension, after those of the metrics', () => {
    expect(historyColumns('rows', WISH, CHARTS).slice(9)).toEqual([
      'memory.avg',
      'memory.max',
      'cpu.avg',
      'cpu.max',
      'net.eth0.received.avg',
      'net.eth0.received.max',
      'net.eth0.sent.avg',
      'net.eth0.sent.max',
      'a.constructor.avg',
      'a.constructor.max',
    ]);
  });

  test('have null where a point has none', () => {
    const charts = [null, { received: summary(100) }, {}];
    const cells = chartCells(point({ charts }), ['none', 'net.eth0', 'a'], { charts: CHARTS, parts: ['avg', 'max'] });
    expect(cells).toEqual([100, 101, null, null, null, null]);
    const row = rowOfPoint(point(), { level: 'rows', windowMs: TEN }, cells);
    expect(jsonRow(row)).toMatch(/,1\.5,null,100,101,null,null,null,null\]$/);
  });
});
