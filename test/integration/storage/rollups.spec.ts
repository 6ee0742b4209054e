import { describe, expect, it } from 'vitest';
import type { MetricRow } from '#storage';
import { databases } from '../../support/services.ts';
import { asAdministrator, filled, gap, later, row, summary, T0, useStorage, WINDOW_MS } from './fixtures.ts';
import { rollupsOf, type Rollups, storedRollups, withoutRounding } from './rollup-model.ts';

const HOUR_MS = 3_600_000;
const MIDNIGHT = new Date('2026-11-21T00:00:00Z');
/** After everything. */
const FAR = new Date('2040-01-01T00:00:00Z');

describe.each(databases())('hours and days on $name', ({ url }) => {
  const opened = useStorage(url, 'Asia/Kolkata');
  let lastMachine = 0;
  const newMachine = (): number => (lastMachine += 1);

  async function runAll(now = FAR): Promise<void> {
    while ((await opened.storage.rollups.run(now)).more);
  }

  /** What is stored of a machine, and what its rows give. */
  async function both(id: number): Promise<{ stored: Rollups; model: Rollups }> {
    const model = rollupsOf(await opened.storage.metricRows.read(id, new Date(0), FAR));
    return { stored: withoutRounding(await storedRollups(opened.database.url, [id]), model), model };
  }

  it('an hour sums its windows: averages by samples, the least, the most, and what was not there', async () => {
    const id = newMachine();
    const charts = (requests: number, samples: number): MetricRow['charts'] => ({
      nginx: { requests: summary(requests, { samples }) },
    });
    const nothing = { avg: null, min: null, max: null, samples: 0, expected: 600 };
    await opened.storage.metricRows.write([
      row(id, T0, { metrics: { cpu: summary(10), swap: nothing }, charts: charts(1, 600) }),
      row(id, later(WINDOW_MS), { metrics: { cpu: summary(40, { samples: 300 }) }, charts: charts(4, 300) }),
      ...[2, 3].map(index => gap(id, later(index * WINDOW_MS), 'timeout')),
      gap(id, later(4 * WINDOW_MS), 'unobserved'),
    ]);
    await opened.storage.metricRows.fill([filled(id, later(2 * WINDOW_MS), { source: 'host', metrics: {} })]);
    await runAll();
    const mixed = (avg: number, min: number, max: number) => ({ avg, min, max, samples: 900, expected: 1_200 });
    const period = {
      machineId: id,
      windows: 5,
      unreachable: 2,
      unobserved: 1,
      filled: 1,
      reason: 'timeout',
      source: 'agent',
      metrics: { cpu: mixed(20, 9, 41), swap: nothing },
      charts: { nginx: { requests: mixed(2, 0, 5) } },
    };
    expect(await storedRollups(opened.database.url, [id])).toEqual({
      hours: [{ ...period, start: '2026-11-20T10:00:00.000Z' }],
      days: [{ ...period, start: '2026-11-20T00:00:00.000Z' }],
    });
  });

  it('the reason of a period is its most frequent one, of those the first by name; without any there is none', async () => {
    const [mixed, none] = [newMachine(), newMachine()];
    const reasons = ['timeout', 'dns', 'unobserved', 'unobserved', 'dns'] as const;
    await opened.storage.metricRows.write([
      ...reasons.map((reason, index) => gap(mixed, later(index * WINDOW_MS), reason)),
      row(none, T0),
    ]);
    await runAll();
    const { hours } = await storedRollups(opened.database.url, [mixed, none]);
    expect(hours.map(({ reason, source }) => [reason, source])).toEqual([
      ['dns', null],
      [null, 'agent'],
    ]);
  });

  it('a window belongs to the hour and the day of UTC in which it starts', async () => {
    const id = newMachine();
    const starts = ['2026-12-31T23:53:00Z', '2027-01-01T00:00:00Z', '2027-01-01T05:59:00Z'].map(at => new Date(at));
    await opened.storage.metricRows.write(starts.map(start => row(id, start)));
    await runAll();
    const { hours, days } = await storedRollups(opened.database.url, [id]);
    expect(hours.map(({ start }) => start)).toEqual(
      ['2026-12-31T23', '2027-01-01T00', '2027-01-01T05'].map(hour => `${hour}:00:00.000Z`),
    );
    expect(days.map(({ start, windows }) => [start, windows])).toEqual([
      ['2026-12-31T00:00:00.000Z', 1],
      ['2027-01-01T00:00:00.000Z', 2],
    ]);
  });

  it('numbers that an agent should not say harm no batch: the least and the most are kept, and the average lies between', async () => {
    const [large, small, others] = [newMachine(), newMachine(), newMachine()];
    const [most, least] = [Number.MAX_VALUE, 5e-324];
    const huge = { avg: most, min: most, max: most, samples: 600, expected: 600 };
    const tiny = { avg: least, min: least, max: least, samples: 1, expected: 600 };
    const zero = { avg: 0, min: 0, max: 0, samples: 599, expected: 600 };
    await opened.storage.metricRows.write([
      ...[0, 1].map(index =>
        row(large, later(index * WINDOW_MS), { metrics: { cpu: huge }, charts: { a: { b: huge } } }),
      ),
      row(small, T0, { metrics: { cpu: tiny }, charts: { a: { b: tiny } } }),
      row(small, later(WINDOW_MS), { metrics: { cpu: zero }, charts: { a: { b: zero } } }),
      row(others, T0),
    ]);
    await runAll();
    const { hours } = await storedRollups(opened.database.url, [large, small, others]);
    const hugeSum = { avg: most, min: most, max: most, samples: 1_200, expected: 1_200 };
    const tinySum = { avg: 0, min: 0, max: least, samples: 600, expected: 1_200 };
    expect(hours.map(({ metrics, charts }) => [metrics.cpu, charts['a']?.['b']])).toEqual([
      [hugeSum, hugeSum],
      [tinySum, tinySum],
      [summary(10), undefined],
    ]);
  });

  it('an average of equal values is that value, and never outside of what was measured', async () => {
    const id = newMachine();
    const same = { avg: 0.1, min: 0.1, max: 0.1, samples: 599, expected: 600 };
    const starts = Array.from({ length: 144 }, (_, index) => later(index * WINDOW_MS, MIDNIGHT));
    await opened.storage.metricRows.write(starts.map(start => row(id, start, { metrics: { cpu: same } })));
    await runAll();
    const { hours, days } = await storedRollups(opened.database.url, [id]);
    expect([...hours, ...days].map(({ metrics }) => metrics.cpu?.avg)).toEqual(Array.from({ length: 25 }, () => 0.1));
  });

  it('charts come and go, and have the names that agents give them', async () => {
    const id = newMachine();
    const charts = { ['__proto__']: { ['a.b c?']: summary(5) }, 'disk_space./': { avail: summary(-5) } };
    await opened.storage.metricRows.write([
      row(id, T0, { charts }),
      row(id, later(WINDOW_MS)),
      row(id, later(HOUR_MS)),
    ]);
    await runAll();
    const { stored } = await both(id);
    expect(stored.hours.map(hour => hour.charts)).toEqual([charts, {}]);
    expect(stored.days.map(day => day.charts)).toEqual([charts]);
  });

  it('a row that comes late, a fill and a conclusion change the hour and the day', async () => {
    const { metricRows } = opened.storage;
    const id = newMachine();
    const changes = [
      () => metricRows.write([row(id, T0), gap(id, later(WINDOW_MS)), gap(id, later(2 * WINDOW_MS))]),
      () => metricRows.write([row(id, later(-90 * 86_400_000)), row(id, later(3 * WINDOW_MS))]),
      () => metricRows.fill([filled(id, later(WINDOW_MS), { metrics: { cpu: summary(77) } })]),
      () => metricRows.fill([filled(id, later(5 * HOUR_MS))]),
      () => metricRows.conclude(id, [later(2 * WINDOW_MS)]),
    ];
    for (const change of changes) {
      await change();
      await runAll();
      const { stored, model } = await both(id);
      expect(stored).toEqual(model);
    }
  });

  it('an hour is made at once; a day once an hour until it is over, and then at once', async () => {
    const { metricRows, rollups } = opened.storage;
    const id = newMachine();
    await runAll();
    const write = (index: number): Promise<number> =>
      metricRows.write([row(id, later((index - 72) * WINDOW_MS, new Date('2026-11-21T12:00:00Z')))]);
    const made = async (now: Date): Promise<readonly [hours: number, days: number]> => {
      const { hours, days } = await rollups.run(now);
      return [hours, days];
    };
    await write(0);
    const [halfPastTwo, three] = [later(2.5 * HOUR_MS, MIDNIGHT), later(3 * HOUR_MS, MIDNIGHT)];
    expect(await rollups.isDue(halfPastTwo)).toBe(true);
    expect(await made(halfPastTwo)).toEqual([1, 0]);
    await write(1);
    expect(await made(later(1, halfPastTwo))).toEqual([1, 0]);
    expect(await rollups.isDue(later(-1, three))).toBe(false);
    expect(await rollups.isDue(three)).toBe(true);
    expect(await made(three)).toEqual([0, 1]);
    await write(2);
    expect(await made(later(24 * HOUR_MS - 1, MIDNIGHT))).toEqual([1, 0]);
    expect(await made(later(24 * HOUR_MS, MIDNIGHT))).toEqual([0, 1]);
    await write(3);
    expect(await made(later(24 * HOUR_MS, MIDNIGHT))).toEqual([1, 1]);
    expect(await rollups.isDue(FAR)).toBe(false);
    expect(await made(FAR)).toEqual([0, 0]);
    const { stored, model } = await both(id);
    expect(stored).toEqual(model);
  });

  it('after the clock was set back, a day waits no longer than until the next full hour of the new time', async () => {
    const { metricRows, rollups } = opened.storage;
    const id = newMachine();
    await runAll();
    await metricRows.write([row(id, MIDNIGHT)]);
    expect(await rollups.run(later(23.5 * HOUR_MS, MIDNIGHT))).toMatchObject({ hours: 1, days: 0 });
    await metricRows.write([row(id, later(WINDOW_MS, MIDNIGHT))]);
    expect(await rollups.run(later(11.5 * HOUR_MS, MIDNIGHT))).toMatchObject({ hours: 1, days: 0 });
    expect(await rollups.run(later(12 * HOUR_MS, MIDNIGHT))).toMatchObject({ hours: 0, days: 1 });
  });

  it('a batch takes as many as it may, oldest first, and says that there are more', async () => {
    const { metricRows, rollups } = opened.storage;
    const id = newMachine();
    await runAll();
    const hours = [4, 0, 3, 1, 2].map(index => later(index * HOUR_MS, MIDNIGHT));
    await metricRows.write(hours.map(start => row(id, start)));
    expect(await rollups.run(FAR, 2)).toEqual({ hours: 2, days: 0, more: true });
    const made = (await storedRollups(opened.database.url, [id])).hours.map(({ start }) => new Date(start));
    expect(made).toEqual([0, 1].map(index => later(index * HOUR_MS, MIDNIGHT)));
    expect(await rollups.run(FAR, 2)).toEqual({ hours: 2, days: 0, more: true });
    expect(await rollups.run(FAR, 3)).toEqual({ hours: 1, days: 1, more: false });
  });

  it('hours outlive their rows, also when one of them is made anew, and when a row comes late', async () => {
    const { metricRows } = opened.storage;
    const id = newMachine();
    const may = new Date('2023-05-10T00:00:00Z');
    await metricRows.write([row(id, may), row(id, later(WINDOW_MS, may))]);
    await runAll();
    const before = await storedRollups(opened.database.url, [id]);
    expect(before.hours).toHaveLength(1);
    await asAdministrator(opened.database.url, 'drop table metric_row_2023_05');
    await metricRows.conclude(id, [may]);
    await runAll();
    expect(await storedRollups(opened.database.url, [id])).toEqual(before);
    await opened.other.metricRows.write([row(id, later(2 * WINDOW_MS, may), { metrics: { cpu: summary(99) } })]);
    await runAll();
    expect(await storedRollups(opened.database.url, [id])).toEqual(before);
  });

  it('makes the partition of an hour that another process dropped', async () => {
    const { metricRows } = opened.storage;
    const id = newMachine();
    const july = new Date('2023-07-10T00:00:00Z');
    await metricRows.write([row(id, july)]);
    await runAll();
    await metricRows.write([row(id, later(WINDOW_MS, july))]);
    for (const table of ['rollup_hour_2023_07', 'rollup_day_2023'])
      await asAdministrator(opened.database.url, `drop table ${table}`);
    await runAll();
    const { stored, model } = await both(id);
    expect(stored).toEqual(model);
  });
});
