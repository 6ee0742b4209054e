import { describe, expect, it } from 'vitest';
import { type Reason, REASONS } from '#config';
import type { Conclusion, MetricRow } from '#storage';
import { databases } from '../../support/services.ts';
import { filled, gap, later, row, summary, T0, useStorage, WINDOW_MS } from './fixtures.ts';

/** By the reason of a gap what it was, when its machine has values of that time. */
const CONCLUSIONS: Readonly<Record<Reason, Conclusion>> = {
  refused: 'network',
  timeout: 'network',
  unreachable: 'network',
  reset: 'network',
  dns: 'network',
  tls: 'agent',
  denied: 'agent',
  bad_response: 'agent',
  too_large: 'agent',
  stale: 'agent',
  no_data: 'agent',
  unobserved: 'distomon',
};

describe.each(databases())('gaps that are filled later, on $name', ({ url }) => {
  const opened = useStorage(url);
  let lastMachine = 0;
  const newMachine = (): number => (lastMachine += 1);
  const read = (machineId: number): Promise<MetricRow[]> =>
    opened.storage.metricRows.read(machineId, new Date(0), later(999 * WINDOW_MS));

  it.each(REASONS)('a window that was %s keeps that, gets its values, and the conclusion follows', async reason => {
    const { metricRows } = opened.storage;
    const id = newMachine();
    const noticed = gap(id, T0, reason);
    await metricRows.write([noticed]);
    const values = filled(id, T0, { source: 'host', metrics: { cpu: summary(0.1 + 0.2), netOut: summary(-5) } });
    expect(await metricRows.fill([values])).toBe(1);
    const { source, metrics, fullestMount, filledAt } = values;
    expect(await read(id)).toEqual([
      { ...noticed, source, metrics, fullestMount, filledAt, conclusion: CONCLUSIONS[reason] },
    ]);
  });

  it('charts are filled too', async () => {
    const id = newMachine();
    const charts = { 'nginx.requests': { requests: summary(7), ['a.b c?']: summary(-5) } };
    await opened.storage.metricRows.write([gap(id, T0)]);
    await opened.storage.metricRows.fill([filled(id, T0, { charts })]);
    expect((await read(id))[0]?.charts).toEqual(charts);
  });

  it('a window without a row gets one: distomon was not there', async () => {
    const id = newMachine();
    const starts = ['2024-02-29T23:50:00Z', '2024-03-01T00:00:00Z'].map(at => new Date(at));
    const values = starts.map(start => filled(id, start));
    expect(await opened.storage.metricRows.fill(values)).toBe(2);
    const unobserved = { reachable: false, reason: 'unobserved', conclusion: 'distomon' };
    expect(await read(id)).toEqual(values.map(one => ({ ...one, ...unobserved, collectedAt: one.filledAt })));
  });

  it('what is reachable, filled or concluded stays as it is', async () => {
    const { metricRows } = opened.storage;
    const id = newMachine();
    const [reachable, once, concluded] = [0, 1, 2].map(index => later(index * WINDOW_MS)) as [Date, Date, Date];
    await metricRows.write([row(id, reachable), gap(id, once), gap(id, concluded)]);
    await metricRows.fill([filled(id, once)]);
    expect(await metricRows.conclude(id, [concluded])).toBe(1);
    const before = await read(id);
    expect(before.map(({ conclusion }) => conclusion)).toEqual([null, 'network', 'no_data']);

    const others = [reachable, once, concluded].map(start => filled(id, start, { metrics: { cpu: summary(99) } }));
    expect(await metricRows.fill(others)).toBe(0);
    expect(await metricRows.conclude(id, [reachable, once, concluded, later(3 * WINDOW_MS)])).toBe(0);
    expect(await metricRows.write([gap(id, reachable), row(id, once), row(id, concluded)])).toBe(0);
    expect(await read(id)).toEqual(before);
  });

  it('a gap of which the machine has nothing stays without values', async () => {
    const { metricRows } = opened.storage;
    const [id, other] = [newMachine(), newMachine()];
    const gaps = [0, 1].map(index => gap(id, later(index * WINDOW_MS), 'stale'));
    await metricRows.write([...gaps, gap(other, T0)]);
    expect(await metricRows.conclude(id, [T0])).toBe(1);
    expect(await read(id)).toEqual([{ ...gaps[0], conclusion: 'no_data' }, gaps[1]]);
    expect(await read(other)).toEqual([gap(other, T0)]);
    expect(await metricRows.conclude(id, [])).toBe(0);
  });

  it('values that come twice at once are taken once, whole', async () => {
    const { storage, other } = opened;
    const id = newMachine();
    const starts = Array.from({ length: 300 }, (_, index) => later(index * WINDOW_MS));
    await storage.metricRows.write(starts.filter((_, index) => index % 3 === 0).map(start => gap(id, start)));
    const valuesOf = (cpu: number) =>
      starts.map(start => filled(id, start, { metrics: { cpu: summary(cpu), memory: summary(cpu) } }));
    const both = await Promise.all([
      storage.metricRows.fill(valuesOf(1)),
      other.metricRows.fill(valuesOf(2).toReversed()),
    ]);
    expect(both[0] + both[1]).toBe(300);
    const rows = await read(id);
    expect(rows).toHaveLength(300);
    for (const { metrics } of rows) expect(metrics.cpu).toEqual(metrics.memory);
  });

  it('rows that are written and filled at once come from one of them each, in whatever order they come', async () => {
    const { storage, other } = opened;
    const ids = Array.from({ length: 40 }, newMachine);
    const keys = ids.flatMap(id => [0, 1, 2, 3].map(index => [id, later(index * WINDOW_MS)] as const));
    const [written, fills] = await Promise.all([
      storage.metricRows.write(keys.map(([id, start]) => row(id, start))),
      other.metricRows.fill(keys.map(([id, start]) => filled(id, start)).toReversed()),
    ]);
    expect(written + fills).toBe(keys.length);
    const rows = (await Promise.all(ids.map(read))).flat();
    expect(rows.filter(({ reachable }) => reachable)).toHaveLength(written);
    expect(rows.filter(({ conclusion }) => conclusion === 'distomon')).toHaveLength(fills);
  });
});
