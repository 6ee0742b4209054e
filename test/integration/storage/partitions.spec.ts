import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import { asAdministrator, dropBefore, later, observation, row, T0, useStorage, WINDOW_MS } from './fixtures.ts';

const MAY = new Date('2021-05-10T00:00:00Z');
const JUNE = new Date('2021-06-10T00:00:00Z');

describe.each(databases())('partitions on $name, while a dump is being made', ({ url }) => {
  const opened = useStorage(url);

  /** Reads both tables in a transaction that stays open, as pg_dump does. */
  async function openDump(): Promise<{ rows(): Promise<unknown[]>; end(): Promise<void> }> {
    const client = new Client({ connectionString: opened.database.url });
    await client.connect();
    await client.query('begin isolation level repeatable read');
    const rows = async (): Promise<unknown[]> => (await client.query('select machine_id from metric_row')).rows;
    await client.query('select from check_window');
    await rows();
    return { rows, end: () => client.end() };
  }

  it('a partition is made at once', async () => {
    const dump = await openDump();
    try {
      expect(await opened.storage.metricRows.write([row(1, MAY)])).toBe(1);
      await opened.storage.observations.record([observation(1, 0, { dueAt: MAY })], WINDOW_MS);
      expect(await dump.rows()).toEqual([]);
    } finally {
      await dump.end();
    }
    expect(await opened.other.metricRows.read(1, MAY, JUNE)).toEqual([row(1, MAY)]);
  });

  it('what is read stays until later, and until then nobody who reads or writes has to wait; what is not read goes', async () => {
    const { storage, other } = opened;
    await storage.metricRows.write([row(2, MAY), row(2, JUNE)]);
    await storage.partitions.whenReady([MAY], () => Promise.resolve());
    const dump = await openDump();
    try {
      let dropping = true;
      const dropped = dropBefore(storage, JUNE).finally(() => (dropping = false));
      let uses = 0;
      for (; dropping; uses += 1) {
        await other.metricRows.write([row(2, later(uses * WINDOW_MS))]);
        expect((await other.metricRows.read(2, T0, later(uses * WINDOW_MS + 1))).length).toBe(uses + 1);
      }
      expect(uses).toBeGreaterThan(10);
      expect(await dropped).toEqual(['rollup_hour_2021_05']);
    } finally {
      await dump.end();
    }
    expect(await dropBefore(storage, JUNE)).toEqual(['check_window_2021_05', 'metric_row_2021_05']);
    expect(await storage.metricRows.read(2, MAY, T0)).toEqual([row(2, JUNE)]);
  });

  it('what was detached when somebody was killed is dropped later, or makes room for a late row', async () => {
    const { storage } = opened;
    const detach = (): Promise<unknown> =>
      asAdministrator(opened.database.url, 'alter table metric_row detach partition metric_row_2021_05');
    await storage.metricRows.write([row(3, MAY)]);
    await detach();
    expect(await storage.metricRows.write([row(4, MAY)])).toBe(1);
    expect(await storage.metricRows.read(3, MAY, JUNE)).toEqual([]);
    await detach();
    expect(await dropBefore(storage, JUNE)).toContain('metric_row_2021_05');
  });

  it('a partition has the constraints of its table and no others', async () => {
    await opened.storage.metricRows.write([row(5, new Date('2021-08-10T00:00:00Z'))]);
    const constraintsOf = (table: string): Promise<object[]> =>
      asAdministrator(
        opened.database.url,
        `select pg_get_constraintdef(oid) as constraint from pg_constraint where conrelid = $1::regclass order by 1`,
        [table],
      );
    const own = await constraintsOf('metric_row_2021_08');
    expect(own).toEqual(await constraintsOf('metric_row'));
    expect(own.length).toBeGreaterThanOrEqual(2);
  });
});

describe.each(databases())('partitions on $name', ({ url }) => {
  const opened = useStorage(url);
  const named = async (pattern: RegExp): Promise<string[]> =>
    (await opened.storage.partitions.list()).map(({ name }) => name).filter(name => pattern.test(name));

  it('hold a month each, of days a year', async () => {
    const ends = ['2022-12-31T23:59:59.999Z', '2023-01-01T00:00:00Z', '2023-02-01T00:00:00Z'].map(at => new Date(at));
    await opened.storage.partitions.whenReady(ends, () => Promise.resolve());
    expect(await named(/rollup_hour_202[23]/)).toEqual(['2022_12', '2023_01', '2023_02'].map(m => `rollup_hour_${m}`));
    expect(await named(/rollup_day_202[23]/)).toEqual(['rollup_day_2022', 'rollup_day_2023']);
    const [year] = (await opened.storage.partitions.list()).filter(({ name }) => name === 'rollup_day_2022');
    expect(year).toMatchObject({
      parent: 'rollup_day',
      state: 'attached',
      from: new Date('2022-01-01T00:00:00Z'),
      to: new Date('2023-01-01T00:00:00Z'),
    });
    const bounds = await asAdministrator<{ bounds: string }>(
      opened.database.url,
      `select set_config('timezone', 'UTC', false), pg_get_expr(relpartbound, oid) as bounds from pg_class where relname = 'rollup_day_2022'`,
    );
    expect(bounds[0]?.bounds).toMatch(/FROM \('2022-01-01 00:00:00\+00'\) TO \('2023-01-01 00:00:00\+00'\)/);
  });

  it('are dropped by one of two that drop at once; the other finds nothing left to do, and does not fail', async () => {
    const starts = [1, 2, 3, 4].map(month => new Date(Date.UTC(2019, month)));
    await opened.storage.partitions.whenReady(starts, () => Promise.resolve());
    const until = new Date('2020-01-01T00:00:00Z');
    const wanted = await named(/_2019/);
    const dropped = await Promise.all([opened.storage, opened.other].map(storage => dropBefore(storage, until)));
    expect(dropped.flat().toSorted()).toEqual(wanted.toSorted());
    expect(await named(/_2019/)).toEqual([]);
  });
});
