import { describe, expect, it } from 'vitest';
import { METRICS, type MetricName } from '#config';
import type { MetricRow } from '#storage';
import { databases } from '../../support/services.ts';
import { dropBefore, later, row, summary, T0, useStorage, WINDOW_MS } from './fixtures.ts';

const BATCH = 10_000;

describe.each(databases())('metric rows on $name', ({ url, name }) => {
  const opened = useStorage(url);
  const read = (machineId: number, from = T0, to = later(99 * WINDOW_MS)): Promise<MetricRow[]> =>
    opened.storage.metricRows.read(machineId, from, to);

  it.each([
    ['every metric', Object.fromEntries(METRICS.map((metric, index) => [metric.name, summary(index + 0.1)]))],
    ['no metric', {}],
    [
      'doubles to the last bit',
      { cpu: { avg: 0.1 + 0.2, min: 5e-324, max: Number.MAX_VALUE, samples: 599, expected: 600 } },
    ],
    ['large integers', { memoryUsed: summary(2 ** 53 - 3) }],
    ['negative values', { netOut: summary(-1234.5678901234567) }],
    ['a metric without a sample', { swap: { avg: null, min: null, max: null, samples: 0, expected: 600 } }],
  ])('%s comes back exactly', async (title, metrics) => {
    const given = row(title.length + 1000, T0, { metrics: metrics as MetricRow['metrics'] });
    expect(await opened.storage.metricRows.write([given])).toBe(1);
    expect(await read(given.machineId)).toEqual([given]);
  });

  it('charts beside the metrics come back exactly, with the names that an agent gives them', async () => {
    const charts = {
      'nginx_local.requests': { requests: summary(0.1 + 0.2), 'a.b c?': summary(-5) },
      'disk_space./': {
        ['__proto__']: summary(1),
        avail: { avg: null, min: null, max: null, samples: 0, expected: 600 },
      },
    };
    const given = row(900, T0, { charts });
    await opened.storage.metricRows.write([given]);
    expect(await read(900)).toEqual([given]);
  });

  it('texts come back exactly, whatever they would mean in SQL', async () => {
    const texts = [`it's`, `\\`, `\\'; drop table metric_row; --`, `''`, '$$ ? ?? $1', 'a\n\t"b"', '\u{1F600}'];
    const given = texts.map((text, index) =>
      row(950 + index, T0, { fullestMount: text, charts: { [text]: { [text]: summary(1) } } }),
    );
    await opened.storage.metricRows.write(given);
    expect(await Promise.all(given.map(({ machineId }) => read(machineId)))).toEqual(given.map(one => [one]));
  });

  it('what PostgreSQL cannot store in the name of a chart, or as its value, harms no batch', async () => {
    const charts = { 'a\0': { '\ud800': summary(1, { avg: Number.NaN }) } };
    await opened.storage.metricRows.write([row(901, T0, { charts }), row(902, T0)]);
    const nothing = { avg: null, min: null, max: null, samples: 0, expected: 600 };
    expect((await read(901))[0]?.charts).toEqual({ 'a\uFFFD': { '\uFFFD': nothing } });
    expect(await read(902)).toHaveLength(1);
  });

  it('a row without values keeps its reason', async () => {
    const given = row(1, T0, { reachable: false, reason: 'timeout', source: null, fullestMount: null, metrics: {} });
    await opened.storage.metricRows.write([given]);
    expect(await read(1)).toEqual([given]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d never reaches the table',
    async value => {
      const machineId =
        2000 +
        [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].findIndex(other => Object.is(other, value));
      await opened.storage.metricRows.write([
        row(machineId, T0, { metrics: { cpu: summary(1, { max: value }), memory: summary(5) } }),
      ]);
      const nothing = { avg: null, min: null, max: null, samples: 0, expected: 600 };
      expect((await read(machineId))[0]?.metrics).toEqual({ cpu: nothing, memory: summary(5) });
    },
  );

  it('a row that is there stays as it is, and only new ones are counted', async () => {
    const first = row(3, T0);
    await opened.storage.metricRows.write([first]);
    const again = [row(3, T0, { metrics: {} }), row(3, later(WINDOW_MS))];
    expect(await opened.storage.metricRows.write(again)).toBe(1);
    expect(await opened.storage.metricRows.write(again)).toBe(0);
    expect((await read(3))[0]).toEqual(first);
  });

  it('two writers of the same rows write each once, in whatever order they come', async () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => row(4, later(index * WINDOW_MS)));
    await opened.storage.partitions.ensure(T0);
    await opened.other.partitions.ensure(T0);
    const both = await Promise.all([
      opened.storage.metricRows.write(rows),
      opened.other.metricRows.write(rows.toReversed()),
    ]);
    expect(both[0] + both[1]).toBe(1_500);
  });

  it('reads a range oldest first, its end excluded, up to a limit', async () => {
    const starts = [3, 1, 0, 2].map(index => later(index * WINDOW_MS));
    await opened.storage.metricRows.write(starts.map(start => row(5, start)));
    const sorted = starts.toSorted((a, b) => a.getTime() - b.getTime());
    expect((await read(5, sorted[1], sorted[3])).map(({ windowStart }) => windowStart)).toEqual(sorted.slice(1, 3));
    const limited = await opened.storage.metricRows.read(5, T0, later(99 * WINDOW_MS), 2);
    expect(limited.map(({ windowStart }) => windowStart)).toEqual(sorted.slice(0, 2));
  });

  it('says which machines have their row of a window', async () => {
    await opened.storage.metricRows.write([row(6, T0), row(7, later(WINDOW_MS)), row(8, T0)]);
    expect(await opened.storage.metricRows.written(T0, [6, 7, 9])).toEqual(new Set([6]));
    expect(await opened.storage.metricRows.written(T0, [])).toEqual(new Set());
  });

  it('takes a row of any month, past or future, also from several writers at once', async () => {
    const starts = ['2024-02-29T23:50:00Z', '2024-03-01T00:00:00Z', '2031-12-31T23:50:00Z', '2032-01-01T00:00:00Z'].map(
      at => new Date(at),
    );
    const writers = [opened.storage, opened.other].map((storage, index) =>
      storage.metricRows.write(starts.map(start => row(10 + index, start))),
    );
    expect(await Promise.all(writers)).toEqual([4, 4]);
    const all = await read(10, new Date('2020-01-01T00:00:00Z'), new Date('2040-01-01T00:00:00Z'));
    expect(all.map(({ windowStart }) => windowStart)).toEqual(starts);
  });

  it('drops whole months before the cutoff, and a late row of one makes it again', async () => {
    const [january, february] = [new Date('2023-01-15T00:00:00Z'), new Date('2023-02-15T00:00:00Z')];
    await opened.storage.metricRows.write([row(20, january), row(20, february)]);
    expect(await dropBefore(opened.other, february)).toEqual(['metric_row_2023_01']);
    const kept = await read(20, new Date('2023-01-01T00:00:00Z'), T0);
    expect(kept.map(({ windowStart }) => windowStart)).toEqual([february]);
    expect(await opened.storage.metricRows.write([row(20, january)])).toBe(1);
  });

  it('makes the months around now ahead, any number of times', async () => {
    await opened.storage.partitions.ensure(new Date('2028-01-10T00:00:00Z'));
    await opened.other.partitions.ensure(new Date('2028-01-10T00:00:00Z'));
    const dropped = await dropBefore(opened.storage, new Date('2028-12-01T00:00:00Z'));
    expect(dropped.filter(partition => /metric_row_(2027_12|2028)/.test(partition))).toEqual(
      ['2027_12', '2028_01', '2028_02', '2028_03'].map(month => `metric_row_${month}`),
    );
  });

  it(`writes ${BATCH} rows at once, all of them exactly`, async () => {
    const names = METRICS.map(metric => metric.name);
    const metricsOf = (seed: number): MetricRow['metrics'] =>
      Object.fromEntries(names.map((metric: MetricName, index) => [metric, summary(Math.sin(seed + index) * 1e6)]));
    const rows = Array.from({ length: BATCH }, (_, index) =>
      row(30_000 + (index % 100), later(Math.floor(index / 100) * WINDOW_MS), { metrics: metricsOf(index) }),
    );
    const began = performance.now();
    expect(await opened.storage.metricRows.write(rows)).toBe(BATCH);
    const seconds = (performance.now() - began) / 1000;
    console.log(`${name}: ${Math.round(BATCH / seconds)} rows/s`);
    const stored = await read(30_042, T0, later(1000 * WINDOW_MS));
    expect(stored).toEqual(rows.filter(({ machineId }) => machineId === 30_042));
  });
});
