import { describe, expect, test } from 'vitest';
import { METRICS } from '#config';
import { ProblemException } from '../problem/problem.ts';
import { boundColumns, decideMetricRequest, decideRequest, wishOf, withoutSeconds } from './history-request.ts';
import { rowsResolution } from './decide-resolution.ts';

const now = new Date('2026-11-20T10:07:00.500Z');
const retentionMs = { rows: null, hours: null, days: null, events: null };
const frame = { now, windowMs: 600_000, retentionMs, machines: 1, format: 'json' } as const;

describe('a request', () => {
  test('for nothing in particular is for everything of the last day', () => {
    expect(wishOf(decideRequest({}, frame))).toEqual({
      level: 'rows',
      from: new Date('2026-11-19T10:00:00Z'),
      to: now,
      metrics: METRICS.map(({ name }) => name),
      parts: ['avg', 'min', 'max'],
      charts: [],
    });
  });

  test('has the parts asked for, and samples beside them', () => {
    expect(decideRequest({ parts: ['max'], samples: 'all' }, frame).parts).toEqual(['max', 'samples', 'expected']);
  });

  test.each([
    ['one machine', {}, 1, '1s'],
    ['ten machines', {}, 10, '1s'],
    ['eleven machines', {}, 11, '10m'],
    ['charts, which are stored only', { charts: ['net.eth0'] }, 1, '10m'],
  ])('for ten minutes of %s', (_what, query, machines, resolution) => {
    expect(decideRequest({ from: '-10m', ...query }, { ...frame, machines }).resolution.name).toBe(resolution);
  });

  test('whose seconds cannot be had is one for the windows in which they lie', () => {
    const request = decideRequest({ from: '-5m' }, frame);
    expect(request.range.from.toISOString()).toBe('2026-11-20T10:02:00.000Z');
    const stored = withoutSeconds(request, rowsResolution(600_000));
    expect(stored.resolution.name).toBe('10m');
    expect(stored.range).toEqual({ from: new Date('2026-11-20T10:00:00Z'), to: now });
  });

  test('for one metric of all machines comes from what is stored, the averages unless asked otherwise', () => {
    const request = decideMetricRequest('cpu', { from: '-5m' }, { ...frame, machines: 100 });
    expect(request).toMatchObject({ metrics: ['cpu'], parts: ['avg'], resolution: { name: '10m' } });
    expect(decideMetricRequest('cpu', { parts: ['min', 'max'] }, frame).parts).toEqual(['min', 'max']);
    expect(decideMetricRequest('cpu', { from: '-30d' }, { ...frame, machines: 0 }).resolution.name).toBe('1h');
  });

  test('is refused when its charts have too many dimensions', () => {
    const request = decideRequest({ charts: ['a'], from: '-30d', resolution: '10m' }, frame);
    expect(() => boundColumns(request, 200)).not.toThrow();
    expect(() => boundColumns(request, 300)).toThrow(ProblemException);
  });
});
