import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import { asAdministrator, later, observation, row, T0, useStorage, WINDOW_MS } from './fixtures.ts';

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

  it('a partition is dropped only afterwards, and until then nobody who reads or writes has to wait', async () => {
    const { storage, other } = opened;
    await storage.metricRows.write([row(2, MAY), row(2, JUNE)]);
    const dump = await openDump();
    try {
      let dropping = true;
      const dropped = storage.partitions.dropOlderThan(JUNE).finally(() => (dropping = false));
      let uses = 0;
      for (; dropping; uses += 1) {
        await other.metricRows.write([row(2, later(uses * WINDOW_MS))]);
        expect((await other.metricRows.read(2, T0, later(uses * WINDOW_MS + 1))).length).toBe(uses + 1);
      }
      expect(uses).toBeGreaterThan(10);
      expect(await dropped).toEqual([]);
    } finally {
      await dump.end();
    }
    expect(await storage.partitions.dropOlderThan(JUNE)).toEqual(['check_window_2021_05', 'metric_row_2021_05']);
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
    expect(await storage.partitions.dropOlderThan(JUNE)).toContain('metric_row_2021_05');
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
