import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { type MeasuredTable, type ResolutionUse, sumUse, sumUseByNetwork } from '#storage';
import { databases, waitFor } from '../../support/services.ts';
import {
  asAdministrator,
  dropBefore,
  later,
  networkOf,
  observation,
  row,
  T0,
  useStorage,
  WINDOW_MS,
} from './fixtures.ts';

const OCTOBER = new Date('2026-10-05T00:00:00Z');
const NOW = later(3_600_000);

describe.each(databases())('the use of storage on $name', ({ url }) => {
  const opened = useStorage(url);

  /** What is measured now. */
  async function measured(): Promise<readonly MeasuredTable[]> {
    await opened.storage.use.measure(NOW);
    return (await opened.other.use.read())?.tables ?? [];
  }
  const rowsOf = (uses: readonly ResolutionUse[] | undefined): Record<string, number> =>
    Object.fromEntries((uses ?? []).map(({ resolution, rows }) => [resolution, rows]));
  const useOf = async (network: string): Promise<readonly ResolutionUse[]> =>
    sumUseByNetwork(await measured()).get(network) ?? [];

  /** Adds a row for each of so many windows, and has PostgreSQL's statistics know of it: the session ends. */
  async function addWindows(machineId: number, from: Date, windows: number): Promise<void> {
    await opened.storage.partitions.whenReady([from], () => Promise.resolve());
    await asAdministrator(
      opened.database.url,
      `insert into metric_row (machine_id, window_start, reachable, collected_at)
       select $1, $2::timestamptz + n * interval '10 minutes', true, now() from generate_series(0, $3::integer - 1) as n`,
      [machineId, from, windows],
    );
  }

  /** By what it is seen that a table has changed since it was counted. */
  async function signatureOf(name: string): Promise<string> {
    await measured();
    const sql = 'select signature from storage_use where name = $1';
    return (await asAdministrator<{ signature: string }>(opened.database.url, sql, [name]))[0]?.signature ?? '';
  }

  it('is unknown before it is measured', async () => {
    expect(await opened.storage.use.read()).toBeNull();
  });

  it('is of an empty database nothing but the size of its tables', async () => {
    await opened.storage.partitions.ensure(T0);
    const tables = await measured();
    expect(sumUse(tables).map(({ rows, oldest }) => [rows, oldest])).toEqual(
      Array.from({ length: 5 }, () => [0, null]),
    );
    expect(sumUse(tables).every(({ bytes }) => bytes > 0)).toBe(true);
    expect(sumUseByNetwork(tables).size).toBe(0);
    const found = await opened.other.use.read();
    expect(found?.at).toEqual(NOW);
    expect(found?.databaseBytes).toBeGreaterThan(sumUse(tables).reduce((sum, { bytes }) => sum + bytes, 0));
  });

  it('is counted by network and resolution', async () => {
    const { storage } = opened;
    const [a1, a2] = (await networkOf(storage, 'alpha', ['a1', 'a2'])) as [number, number];
    const [b1] = (await networkOf(storage, 'beta', ['b1'])) as [number];
    await storage.metricRows.write([
      row(a1, OCTOBER),
      row(a1, T0),
      row(a2, T0),
      row(a2, later(WINDOW_MS)),
      row(b1, T0),
    ]);
    await storage.rollups.run(NOW);
    await storage.observations.record(
      [observation(a1, 0), observation(a1, WINDOW_MS), observation(b1, 0), observation(b1, 0, { monitor: 'ssh' })],
      WINDOW_MS,
    );
    await storage.observations.record([observation(a1, 0, { dueAt: OCTOBER })], WINDOW_MS);
    await storage.observations.sumDays(T0);
    const change = { machineId: a1, from: null, because: 'x' };
    await storage.verdicts.change('alpha', [a1], () => [
      { ...change, to: { machineId: a1, state: 'up', reason: null, since: T0 } },
    ]);

    const tables = await measured();
    const use = sumUseByNetwork(tables);
    // An event is a change of state and its announcement; days that go on are made once an hour.
    expect(rowsOf(use.get('alpha'))).toEqual({ rows: 4, hours: 3, days: 1, checks: 4, events: 2 });
    expect(rowsOf(use.get('beta'))).toEqual({ rows: 1, hours: 1, days: 0, checks: 2, events: 0 });
    expect(rowsOf(sumUse(tables))).toEqual({ rows: 5, hours: 4, days: 1, checks: 6, events: 2 });
    expect(use.get('alpha')?.[0]).toMatchObject({ oldest: OCTOBER, newest: later(WINDOW_MS) });
    expect(use.get('alpha')?.[3]).toMatchObject({ oldest: new Date('2026-10-05T00:00:00Z'), newest: later(WINDOW_MS) });
    expect(use.get('beta')?.[0]).toMatchObject({ oldest: T0, newest: T0 });
  });

  it('is, in bytes, the size of the tables with their indexes, shared out by rows', async () => {
    const [machineId] = (await networkOf(opened.storage, 'sized', ['s1'])) as [number];
    const month = new Date('2025-03-01T00:00:00Z');
    await addWindows(machineId, month, 4_000);
    const [share] = await useOf('sized');
    const [size] = await asAdministrator<{ bytes: string }>(
      opened.database.url,
      `select pg_total_relation_size('metric_row_2025_03') as bytes`,
    );
    expect(share).toMatchObject({ rows: 4_000, bytes: Number(size?.bytes) });
  });

  it('follows what is added to a table and what is deleted from it', async () => {
    const [machineId] = (await networkOf(opened.storage, 'growing', ['g1'])) as [number];
    const rows = async (): Promise<number | undefined> => (await useOf('growing'))[0]?.rows;
    await addWindows(machineId, new Date('2025-04-01T00:00:00Z'), 3);
    expect(await rows()).toBe(3);
    await addWindows(machineId, new Date('2025-04-02T00:00:00Z'), 2);
    await waitFor(async () => (await rows()) === 5);
    await asAdministrator(
      opened.database.url,
      `delete from metric_row where machine_id = ${machineId} and window_start < '2025-04-02Z'`,
    );
    await waitFor(async () => (await rows()) === 2);
  });

  it('is not counted again where nothing has changed', async () => {
    const [machineId] = (await networkOf(opened.storage, 'still', ['s1'])) as [number];
    await addWindows(machineId, new Date('2025-05-01T00:00:00Z'), 3);
    // The statistics come when the session that wrote has ended, a moment later.
    await waitFor(async () => (await signatureOf('metric_row_2025_05')).includes(':3:'));
    expect((await useOf('still'))[0]?.rows).toBe(3);
    // A figure that no count gives stays when nothing is counted.
    await asAdministrator(
      opened.database.url,
      `update storage_use set networks = jsonb_set(networks, '{still,rows}', '77') where name = 'metric_row_2025_05'`,
    );
    expect((await useOf('still'))[0]?.rows).toBe(77);
    await addWindows(machineId, new Date('2025-05-02T00:00:00Z'), 1);
    await waitFor(async () => (await useOf('still'))[0]?.rows === 4);
    expect(sumUse(await measured())[0]?.rows).toBeGreaterThanOrEqual(4);
  });

  it('knows nothing any more of a partition that is gone, and counts one anew that was made again', async () => {
    const [machineId] = (await networkOf(opened.storage, 'gone', ['x1'])) as [number];
    const [first, second] = [new Date('2019-06-01T00:00:00Z'), new Date('2019-06-02T00:00:00Z')];
    await addWindows(machineId, first, 3);
    await waitFor(async () => (await signatureOf('metric_row_2019_06')).includes(':3:'));
    expect((await useOf('gone'))[0]).toMatchObject({ rows: 3, oldest: first });
    await dropBefore(opened.storage, new Date('2019-07-01T00:00:00Z'));
    await addWindows(machineId, second, 3);
    expect((await useOf('gone'))[0]).toMatchObject({ rows: 3, oldest: second });
    await dropBefore(opened.storage, new Date('2019-07-01T00:00:00Z'));
    expect(await useOf('gone')).toEqual([]);
  });

  it('leaves out a partition that is dropped in that very moment', async () => {
    const [machineId] = (await networkOf(opened.storage, 'going', ['z1'])) as [number];
    await addWindows(machineId, new Date('2017-06-01T00:00:00Z'), 3);
    const client = new Client({ connectionString: opened.database.url });
    await client.connect();
    try {
      await client.query('begin');
      await client.query('drop table metric_row_2017_06');
      const measuring = measured();
      await waitFor(async () => {
        const sql = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        return (await asAdministrator(opened.database.url, sql)).length > 0;
      });
      await client.query('commit');
      expect((await measuring).map(({ name }) => name)).not.toContain('metric_row_2017_06');
    } finally {
      await client.end();
    }
  });

  it('is measured by several at once, while somebody writes and drops', async () => {
    const [machineId] = (await networkOf(opened.storage, 'busy', ['y1'])) as [number];
    const months = [1, 2, 3, 4, 5, 6].map(month => new Date(Date.UTC(2018, month)));
    for (const month of months) await addWindows(machineId, month, 50);
    await Promise.all([
      opened.storage.use.measure(NOW),
      opened.other.use.measure(NOW),
      dropBefore(opened.storage, new Date('2018-05-01T00:00:00Z')),
      opened.other.metricRows.write([row(machineId, later(0, new Date('2018-06-20T00:00:00Z')))]),
    ]);
    await waitFor(async () => (await useOf('busy'))[0]?.rows === 151);
    expect(sumUse(await measured())[0]?.rows).toBeGreaterThanOrEqual(151);
  });
});
