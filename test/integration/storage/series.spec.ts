import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '#config';
import { type MetricRow, openStorage, type SeriesPoint, type SeriesWish, type Storage } from '#storage';
import { createDatabase, databases, type DisposableDatabase } from '../../support/services.ts';
import { asAdministrator, later, row, summary, T0, WINDOW_MS } from './fixtures.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAY = new Date('2026-11-20T00:00:00Z');

const gap = (machineId: number, windowStart: Date, more: Partial<MetricRow> = {}): MetricRow =>
  row(machineId, windowStart, {
    reachable: false,
    reason: 'timeout',
    source: null,
    fullestMount: null,
    metrics: {},
    ...more,
  });

/** A storage whose sessions are in this time zone: nothing may depend on it. */
function useStorageIn(url: string, timeZone: string): { storage: Storage } {
  const opened = {} as { storage: Storage; database: DisposableDatabase };
  beforeAll(async () => {
    opened.database = await createDatabase(url);
    const name = new URL(opened.database.url).pathname.slice(1);
    await asAdministrator(opened.database.url, `alter database ${name} set timezone = '${timeZone}'`);
    opened.storage = await openStorage({ url: opened.database.url, applicationName: 'test' });
  });
  afterAll(async () => {
    await opened.storage.close();
    await opened.database.drop();
  });
  return opened;
}

const PLACES = databases().flatMap(database => ['UTC', 'Europe/Berlin'].map(timeZone => ({ ...database, timeZone })));

describe.each(PLACES)('series on $name in $timeZone', ({ url, timeZone }) => {
  const opened = useStorageIn(url, timeZone);
  let machines = 5_000;
  const newMachine = (): number => (machines += 1);
  const wish = (more: Partial<SeriesWish> = {}): SeriesWish => ({
    level: 'rows',
    from: T0,
    to: later(DAY_MS),
    metrics: ['cpu'],
    parts: ['avg'],
    charts: [],
    ...more,
  });
  const write = (...rows: MetricRow[]): Promise<number> => opened.storage.metricRows.write(rows);
  const read = (machineIds: readonly number[], more: Partial<SeriesWish> = {}): Promise<SeriesPoint[]> =>
    opened.storage.series.read(machineIds, wish(more));
  const rollUp = async (): Promise<void> => {
    while ((await opened.storage.rollups.run(later(400 * DAY_MS))).more);
  };

  describe('points', () => {
    it('are those that start in the range, by machine and time', async () => {
      const [a, b] = [newMachine(), newMachine()];
      await write(...[3, 1, 0, 2].flatMap(window => [b, a].map(id => row(id, later(window * WINDOW_MS)))));
      const points = await read([b, a], { from: later(WINDOW_MS), to: later(3 * WINDOW_MS) });
      expect(points.map(({ machineId, start }) => [machineId, start.getTime()])).toEqual(
        [a, b].flatMap(id => [1, 2].map(window => [id, later(window * WINDOW_MS).getTime()])),
      );
      expect(await read([])).toEqual([]);
    });

    it('have their values in the order asked for, each as it was stored, to the last digit', async () => {
      const id = newMachine();
      const numbers = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -1234.5678901234567, 1e22, 2 ** 53 - 1];
      const metrics = Object.fromEntries(
        METRICS.map(({ name }, i) => [name, summary(numbers[i % numbers.length] ?? 0, { samples: i + 1 })]),
      ) as MetricRow['metrics'];
      await write(
        row(id, T0, { metrics: { ...metrics, swap: summary(0, { avg: null, min: null, max: null, samples: 0 }) } }),
      );
      const names = METRICS.map(({ name }) => name).toReversed();
      const [point] = await read([id], { metrics: names, parts: ['samples', 'avg'] });
      const expected = names.flatMap(name =>
        name === 'swap' ? [0, null] : [metrics[name]?.samples, metrics[name]?.avg],
      );
      expect(JSON.parse(point?.values ?? '')).toEqual(expected);
    });

    it('of rows say what is known of them', async () => {
      const id = newMachine();
      const filledAt = later(HOUR_MS);
      await write(
        row(id, T0, { metrics: { cpu: summary(1, { samples: 590 }), memory: summary(2, { samples: 580 }) } }),
        gap(id, later(WINDOW_MS)),
        gap(id, later(2 * WINDOW_MS), { reason: 'unobserved' }),
        gap(id, later(3 * WINDOW_MS), {
          filledAt,
          conclusion: 'network',
          source: 'agent',
          metrics: { cpu: summary(7) },
        }),
      );
      const [whole, unreachable, unobserved, filled] = await read([id]);
      const nothing = { unreachable: 0, unobserved: 0, filled: 0, reason: null, filledAt: null, conclusion: null };
      const of = (window: number): object => ({ machineId: id, start: later(window * WINDOW_MS), charts: [] });
      expect(whole).toEqual({ ...nothing, ...of(0), source: 'agent', samples: 580, values: '[1]' });
      const empty = { source: null, samples: null, values: '[null]' };
      expect(unreachable).toEqual({ ...nothing, ...of(1), ...empty, unreachable: 1, reason: 'timeout' });
      expect(unobserved).toEqual({ ...nothing, ...of(2), ...empty, unobserved: 1, reason: 'unobserved' });
      const both = { unreachable: 1, filled: 1, reason: 'timeout', conclusion: 'network', filledAt };
      expect(filled).toEqual({ ...of(3), ...both, unobserved: 0, source: 'agent', samples: null, values: '[7]' });
    });

    it('of hours and days are what their rows come to', async () => {
      const id = newMachine();
      const metrics = (avg: number): MetricRow['metrics'] => ({ cpu: summary(avg), memory: summary(50) });
      const at = (hour: number, window: number): Date => later(hour * HOUR_MS + window * WINDOW_MS, DAY);
      await write(
        ...[0, 1, 2, 3].map(window => row(id, at(10, window), { metrics: metrics(window) })),
        gap(id, at(10, 4)),
        gap(id, at(10, 5), { reason: 'unobserved' }),
        ...[0, 1, 2, 3, 4, 5].map(window => row(id, at(11, window), { metrics: metrics(10) })),
      );
      await rollUp();
      const parts = ['avg', 'min', 'max', 'samples', 'expected'] as const;
      const rolled = (level: 'hours' | 'days'): Promise<SeriesPoint[]> =>
        read([id], { level, parts, from: DAY, to: later(DAY_MS, DAY) });
      const common = { machineId: id, source: 'agent', filledAt: null, conclusion: null, charts: [] };
      const counts = { unreachable: 1, unobserved: 1, filled: 0, reason: 'timeout' };
      expect(await rolled('hours')).toEqual([
        { ...common, ...counts, start: at(10, 0), samples: 2400, values: '[1.5,-1,4,2400,2400]' },
        {
          ...common,
          start: at(11, 0),
          unreachable: 0,
          unobserved: 0,
          filled: 0,
          reason: null,
          samples: 3600,
          values: '[10,9,11,3600,3600]',
        },
      ]);
      expect(await rolled('days')).toEqual([
        { ...common, ...counts, start: DAY, samples: 6000, values: '[6.6,-1,11,6000,6000]' },
      ]);
    });

    it('come a page at a time, each once, whatever the size of a page', async () => {
      const id = newMachine();
      const starts = Array.from({ length: 7 }, (_, window) => later(window * WINDOW_MS));
      await write(...starts.map(start => row(id, start)), row(newMachine(), T0));
      for (const [size, pages] of [
        [3, [3, 3, 1]],
        [7, [7]],
        [8, [7]],
        [1, [1, 1, 1, 1, 1, 1, 1]],
      ] as const) {
        const seen: Date[][] = [];
        for await (const page of opened.storage.series.pages(id, wish(), size))
          seen.push(page.map(point => point.start));
        expect(seen.flat()).toEqual(starts);
        expect(seen.map(page => page.length)).toEqual(pages);
      }
      const none: unknown[] = [];
      for await (const page of opened.storage.series.pages(newMachine(), wish(), 3)) none.push(page);
      expect(none).toEqual([]);
    });

    it('hold no connection while the reader of pages takes his time', async () => {
      const id = newMachine();
      await write(...[0, 1, 2].map(window => row(id, later(window * WINDOW_MS))));
      const readers = Array.from({ length: 20 }, () => opened.storage.series.pages(id, wish(), 1));
      for (const reader of readers) expect((await reader.next()).value).toHaveLength(1);
      // Were each of them to hold one, this would wait for ever.
      expect(await read([id])).toHaveLength(3);
      await Promise.all(readers.map(reader => reader.return(undefined)));
    });
  });

  describe('charts', () => {
    it('are told with the dimensions that some point of the range has, in the order in which they appear', async () => {
      const id = newMachine();
      const at = (window: number): Date => later(window * WINDOW_MS);
      await write(
        row(id, at(0), { charts: { net: { before: summary(1) } } }),
        row(id, at(1), { charts: { net: { sent: summary(1), received: summary(2) }, disk: { used: summary(3) } } }),
        row(id, at(2), { charts: { net: { multicast: summary(4) } } }),
        row(id, at(3)),
      );
      const charts = ['nothing', 'disk', 'net', 'a\0b', "it's"];
      const range = { charts, from: at(1), to: at(9) };
      const found = await opened.storage.series.dimensions([id], wish(range));
      expect(found.map(({ chart }) => chart)).toEqual(['disk', 'net']);
      expect(found[1]?.dimensions.at(-1)).toBe('multicast');
      expect(found[1]?.dimensions.toSorted()).toEqual(['multicast', 'received', 'sent']);
      const points = await read([id], range);
      expect(points.map(point => point.charts)).toEqual([
        [null, { used: summary(3) }, { received: summary(2), sent: summary(1) }, null, null],
        [null, null, { multicast: summary(4) }, null, null],
        [null, null, null, null, null],
      ]);
    });

    it('of hours are there too', async () => {
      const id = newMachine();
      await write(
        row(id, T0, { charts: { net: { sent: summary(1) } } }),
        row(id, later(WINDOW_MS), { charts: { net: { sent: summary(3) } } }),
      );
      await rollUp();
      const level = { level: 'hours', charts: ['net'] } as const;
      expect(await opened.storage.series.dimensions([id], wish(level))).toEqual([
        { chart: 'net', dimensions: ['sent'] },
      ]);
      const sent = { avg: 2, min: 0, max: 4, samples: 1200, expected: 1200 };
      expect((await read([id], level)).map(({ charts }) => charts)).toEqual([[{ net: { sent } }.net]]);
    });

    it('nobody asks for cost nothing', async () => {
      expect(await opened.storage.series.dimensions([1], wish())).toEqual([]);
    });
  });

  describe('a table', () => {
    const at = (window: number): Date => later(window * WINDOW_MS);

    it('has a value of each machine at each time, and null where there is none', async () => {
      const [a, b, never] = [newMachine(), newMachine(), newMachine()];
      await write(
        ...[0, 1, 2, 3].map(window => row(a, at(window), { metrics: { cpu: summary(window + 0.5) } })),
        row(b, at(2), { metrics: { cpu: summary(7) } }),
        gap(b, at(1)),
      );
      const wanted = { level: 'rows', metric: 'cpu', parts: ['avg', 'max'], stepMs: WINDOW_MS } as const;
      const { times, columns } = await opened.storage.series.table([a, b, never], {
        ...wanted,
        first: at(1),
        last: at(3),
      });
      expect(times).toEqual([at(1), at(2), at(3)]);
      expect(Object.fromEntries(columns)).toEqual({
        [a]: { avg: '[1.5,2.5,3.5]', max: '[2.5,3.5,4.5]' },
        [b]: { avg: '[null,7,null]', max: '[null,8,null]' },
        [never]: { avg: '[null,null,null]', max: '[null,null,null]' },
      });
    });

    it('has hours and days, also where the clocks of people are changed', async () => {
      const id = newMachine();
      // Between the two the clocks of Europe went back: an hour of theirs is missing, and a day has 25.
      const [before, after] = ['2026-10-24T22:00:00Z', '2026-10-26T02:00:00Z'].map(text => new Date(text)) as [
        Date,
        Date,
      ];
      await write(row(id, before), row(id, after, { metrics: { cpu: summary(20) } }));
      await rollUp();
      const wanted = { metric: 'cpu', parts: ['avg'] } as const;
      const hours = { ...wanted, level: 'hours', first: before, last: after, stepMs: HOUR_MS } as const;
      const hourly = await opened.storage.series.table([id], hours);
      expect(hourly.times).toHaveLength(29);
      expect(JSON.parse(hourly.columns.get(id)?.avg ?? '')).toEqual([10, ...Array<null>(27).fill(null), 20]);
      const [first, last] = ['2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z'].map(text => new Date(text)) as [
        Date,
        Date,
      ];
      const daily = await opened.storage.series.table([id], { ...wanted, level: 'days', first, last, stepMs: DAY_MS });
      expect(daily.columns.get(id)?.avg).toBe('[10,null,20]');
    });

    it('of no machines is empty', async () => {
      const wanted = { level: 'rows', metric: 'cpu', parts: ['avg'], stepMs: WINDOW_MS } as const;
      expect((await opened.storage.series.table([], { ...wanted, first: T0, last: T0 })).columns.size).toBe(0);
    });
  });

  describe('gaps', () => {
    const at = (window: number): Date => later(window * WINDOW_MS);
    const filled = { filledAt: later(HOUR_MS), conclusion: 'network' } as const;

    it('are windows in a row with one reason and one outcome, newest first', async () => {
      const id = newMachine();
      await write(
        ...[0, 1].map(window => gap(id, at(window))),
        ...[2, 3].map(window => gap(id, at(window), { reason: 'refused' })),
        row(id, at(4)),
        gap(id, at(5), { reason: 'refused', ...filled }),
        gap(id, at(6), { reason: 'refused', ...filled, filledAt: later(2 * HOUR_MS) }),
        gap(id, at(7), { reason: 'refused', conclusion: 'no_data' }),
        gap(id, at(9), { reason: 'refused' }),
        gap(newMachine(), at(8)),
      );
      const range = { machineId: id, from: T0, to: later(DAY_MS), windowMs: WINDOW_MS };
      const found = await opened.storage.series.gaps(range, 99);
      const noticed = (window: number): Date => later(607_000, at(window));
      expect(found).toEqual([
        {
          from: at(9),
          to: at(10),
          windows: 1,
          reason: 'refused',
          noticedAt: noticed(9),
          filledAt: null,
          conclusion: null,
        },
        {
          from: at(7),
          to: at(8),
          windows: 1,
          reason: 'refused',
          noticedAt: noticed(7),
          filledAt: null,
          conclusion: 'no_data',
        },
        {
          from: at(5),
          to: at(7),
          windows: 2,
          reason: 'refused',
          noticedAt: noticed(5),
          filledAt: later(2 * HOUR_MS),
          conclusion: 'network',
        },
        {
          from: at(2),
          to: at(4),
          windows: 2,
          reason: 'refused',
          noticedAt: noticed(2),
          filledAt: null,
          conclusion: null,
        },
        {
          from: at(0),
          to: at(2),
          windows: 2,
          reason: 'timeout',
          noticedAt: noticed(0),
          filledAt: null,
          conclusion: null,
        },
      ]);
      expect(await opened.storage.series.gaps(range, 2)).toEqual(found.slice(0, 2));
      expect(await opened.storage.series.gaps({ ...range, to: at(7) }, 99)).toEqual(found.slice(2));
    });

    it('that were filled are others than those that were not, also when they take turns', async () => {
      const id = newMachine();
      const unfilled = { conclusion: 'network' } as const;
      await write(...[filled, unfilled, filled].map((outcome, window) => gap(id, at(window), outcome)));
      const range = { machineId: id, from: T0, to: later(DAY_MS), windowMs: WINDOW_MS };
      const found = await opened.storage.series.gaps(range, 99);
      expect(found.map(({ from, windows, filledAt }) => [from, windows, filledAt])).toEqual([
        [at(2), 1, filled.filledAt],
        [at(1), 1, null],
        [at(0), 1, filled.filledAt],
      ]);
    });

    it('are cut at the ends of the range', async () => {
      const id = newMachine();
      await write(...[0, 1, 2, 3].map(window => gap(id, at(window))));
      const [found] = await opened.storage.series.gaps(
        { machineId: id, from: at(1), to: at(3), windowMs: WINDOW_MS },
        9,
      );
      expect(found).toMatchObject({ from: at(1), to: at(3), windows: 2 });
    });

    it('over the change of the clocks are one', async () => {
      const id = newMachine();
      const from = new Date('2026-10-25T00:00:00Z');
      await write(...Array.from({ length: 12 }, (_, window) => gap(id, later(window * WINDOW_MS, from))));
      const found = await opened.storage.series.gaps({ machineId: id, from, to: T0, windowMs: WINDOW_MS }, 9);
      expect(found).toMatchObject([{ from, windows: 12 }]);
    });
  });
});
