import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { migrateStorage, openStorage, type CutOffs, type PastRetention, type Storage } from '#storage';
import { createOrm } from '../../../libs/storage/src/create-orm.ts';
import { createEmptyDatabase, databases, waitFor } from '../../support/services.ts';
import { asAdministrator, later, networkOf, NOTHING, observation, row, T0, useStorage, WINDOW_MS } from './fixtures.ts';

const NOW = later(2 * 86_400_000);
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const before = (rows: string, hours = rows, days = hours): CutOffs => ({
  rows: day(rows),
  hours: day(hours),
  days: day(days),
  events: null,
});
const namesOf = ({ partitions }: PastRetention): string[] => partitions.map(({ name }) => name);

async function rollUp({ rollups }: Storage): Promise<void> {
  while (await rollups.isDue(NOW)) await rollups.run(NOW);
}

describe.each(databases())('retention on $name', ({ url }) => {
  const opened = useStorage(url);
  const partitionNames = async (): Promise<string[]> =>
    (await opened.storage.partitions.list()).map(({ name }) => name);
  const query = <T extends object>(sql: string): Promise<T[]> => asAdministrator<T>(opened.database.url, sql);

  /** A row and a check in each of these windows, with all that is made of them. */
  async function store(...given: (readonly [machineId: number, starts: readonly Date[]])[]): Promise<void> {
    const { storage } = opened;
    const windows = given.flatMap(([machineId, starts]) => starts.map(start => ({ machineId, start })));
    await storage.metricRows.write(windows.map(({ machineId, start }) => row(machineId, start)));
    await storage.observations.record(
      windows.map(({ machineId, start }) => observation(machineId, 0, { dueAt: start })),
      WINDOW_MS,
    );
    await rollUp(storage);
    await storage.observations.sumDays(NOW);
  }

  it('a dry run says exactly what is then dropped, and drops nothing itself, while others read and write', async () => {
    const { storage, other } = opened;
    const [a] = (await networkOf(storage, 'alpha', ['a'])) as [number];
    const [b] = (await networkOf(storage, 'beta', ['b'])) as [number];
    const starts = ['2022-11-30', '2022-12-31', '2023-02-10', '2023-05-10'].map(day);
    await store([a, starts], [b, starts.slice(1)]);
    await query(`insert into verdict_transition (machine_id, to_state, because, at)
      select ${a}, 'up', 'x', at::timestamptz from unnest(array['2023-01-01Z', '2023-06-01Z']) as at`);
    await query(`insert into outbox (network, topic, machine_id, machine, to_state, because, at, handled_at)
      select 'alpha', 'verdict.changed', ${a}, 'a', 'up', 'x', '2023-01-01Z', handled::timestamptz
      from unnest(array['2023-01-01Z', '2023-06-01Z', null]) as handled`);
    await storage.use.measure(NOW);

    const cutOffs: CutOffs = { ...before('2023-03-15', '2023-01-01', '2023-01-01'), events: day('2023-06-01') };
    const there = await partitionNames();
    const due = await storage.retention.due(cutOffs);
    expect(due.partitions.map(({ name, resolution, rows, waitsFor }) => [name, resolution, rows, waitsFor])).toEqual([
      ['check_window_2022_11', 'checks', 1, null],
      ['check_window_2022_12', 'checks', 2, null],
      ['check_window_2023_02', 'checks', 2, null],
      ['metric_row_2022_11', 'rows', 1, null],
      ['metric_row_2022_12', 'rows', 2, null],
      ['metric_row_2023_02', 'rows', 2, null],
      ['rollup_day_2022', 'days', 3, null],
      ['rollup_hour_2022_11', 'hours', 1, null],
      ['rollup_hour_2022_12', 'hours', 2, null],
    ]);
    expect(due.partitions.every(({ bytes }) => bytes > 0)).toBe(true);
    expect(due.partitions[0]).toMatchObject({ from: day('2022-11-01'), to: day('2022-12-01') });
    expect(due.rows).toEqual([
      { table: 'check_day', resolution: 'checks', before: day('2023-03-15'), rows: 5 },
      { table: 'verdict_transition', resolution: 'events', before: day('2023-06-01'), rows: 1 },
      { table: 'outbox', resolution: 'events', before: day('2023-06-01'), rows: 1 },
    ]);
    expect(await partitionNames()).toEqual(there);

    let dropping = true;
    const dropped = storage.retention.drop(cutOffs).finally(() => (dropping = false));
    let uses = 0;
    for (; dropping; uses += 1) {
      await other.metricRows.write([row(b, later(uses * WINDOW_MS))]);
      expect(await other.metricRows.read(b, day('2023-05-01'), day('2023-06-01'))).toEqual([row(b, day('2023-05-10'))]);
    }
    expect(uses).toBeGreaterThan(0);
    expect(await dropped).toEqual({ gone: due, left: [] });
    expect(await partitionNames()).toEqual(expect.arrayContaining(there.filter(name => !namesOf(due).includes(name))));
    expect((await partitionNames()).filter(name => namesOf(due).includes(name))).toEqual([]);
    const stillMeasured = (await storage.use.read())?.tables.map(({ name }) => name) ?? [];
    expect(stillMeasured.filter(name => namesOf(due).includes(name))).toEqual([]);
    const again = await storage.retention.due(cutOffs);
    expect([namesOf(again), again.rows.map(({ rows }) => rows)]).toEqual([[], [0, 0, 0]]);
  });

  it('keeps hours and days of rows that are gone', async () => {
    const [id] = (await networkOf(opened.storage, 'outlived', ['o'])) as [number];
    await store([id, [day('2024-02-10'), later(WINDOW_MS, day('2024-02-10'))]]);
    await opened.storage.retention.drop({ ...NOTHING, rows: day('2024-03-01') });
    await rollUp(opened.storage);
    const windows = (table: string): Promise<object[]> =>
      query(`select windows from ${table} where machine_id = ${id}`);
    expect(await query(`select from metric_row where machine_id = ${id}`)).toEqual([]);
    expect([await windows('rollup_hour'), await windows('rollup_day')]).toEqual([[{ windows: 2 }], [{ windows: 2 }]]);
  });

  it('keeps everything of which it is said to be kept for ever', async () => {
    const [id] = (await networkOf(opened.storage, 'for-ever', ['f'])) as [number];
    await store([id, [day('2010-01-01')]]);
    expect(await opened.storage.retention.drop(NOTHING)).toEqual({ gone: { partitions: [], rows: [] }, left: [] });
    expect((await opened.storage.metricRows.read(id, day('2010-01-01'), day('2010-01-02'))).length).toBe(1);
  });

  it('rows wait until they have gone into their hours, and hours until they have gone into their days', async () => {
    const { storage } = opened;
    const [id] = (await networkOf(storage, 'waiting', ['w'])) as [number];
    await storage.metricRows.write([row(id, day('2009-08-01'))]);
    const cutOffs: CutOffs = { ...NOTHING, rows: day('2009-09-01'), hours: day('2009-09-01') };
    const first = await storage.retention.drop(cutOffs);
    expect([namesOf(first.gone), first.left.map(({ name, waitsFor }) => [name, waitsFor])]).toEqual([
      [],
      [['metric_row_2009_08', 'rollup']],
    ]);
    expect((await storage.retention.due(cutOffs)).partitions).toEqual(first.left);

    await storage.rollups.run(NOW, 1); // the hour alone
    const second = await storage.retention.drop(cutOffs);
    expect([namesOf(second.gone), second.left.map(({ name, waitsFor }) => [name, waitsFor])]).toEqual([
      ['metric_row_2009_08'],
      [['rollup_hour_2009_08', 'rollup']],
    ]);

    await rollUp(storage);
    expect(namesOf((await storage.retention.drop(cutOffs)).gone)).toEqual(['rollup_hour_2009_08']);
    expect(await query(`select windows from rollup_day where machine_id = ${id}`)).toEqual([{ windows: 1 }]);
  });

  it('checks wait until their days are summed', async () => {
    const { storage } = opened;
    const [id] = (await networkOf(storage, 'summed', ['s'])) as [number];
    await storage.observations.record([observation(id, 0, { dueAt: day('2026-12-01') })], WINDOW_MS);
    const drop = () => storage.retention.drop({ ...NOTHING, rows: day('2027-01-01') });
    await storage.observations.sumDays(day('2026-12-20'));
    const waiting = (await drop()).left.map(({ name, waitsFor }) => [name, waitsFor]);
    expect(waiting).toContainEqual(['check_window_2026_12', 'sums']);
    await storage.observations.sumDays(day('2027-01-02'));
    expect(namesOf((await drop()).gone)).toContain('check_window_2026_12');
  });

  it('forgets what there was to be made of what is gone, and nothing else', async () => {
    const { storage } = opened;
    const [id] = (await networkOf(storage, 'marks', ['m'])) as [number];
    await store([id, [day('2008-03-01'), day('2008-04-01')]]);
    const mark = (start: string): Promise<object[]> =>
      query(
        `insert into rollup_dirty (period, machine_id, start_at, not_before) values ('hour', ${id}, '${start}', now())`,
      );
    const detach = 'alter table metric_row detach partition metric_row_2008_03';
    // As if somebody had written to it in the very moment in which it left.
    await query(detach);
    await mark('2008-03-01T00:00:00Z');
    await mark('2008-04-01T00:00:00Z');
    expect(namesOf((await storage.retention.drop({ ...NOTHING, rows: day('2008-04-01') })).gone)).toContain(
      'metric_row_2008_03',
    );
    const left = await query(`select start_at from rollup_dirty where machine_id = ${id}`);
    expect(left).toEqual([{ start_at: day('2008-04-01') }]);
    await rollUp(storage);
  });

  it('forgets machines that have nothing to be asked for any more', async () => {
    const { storage } = opened;
    const names = ['idle', 'gap', 'new', 'taken', 'removed'];
    const ids = await networkOf(storage, 'asked', names);
    const idOf = new Map((await storage.machines.list('asked')).map(({ name, machineId }) => [name, machineId]));
    const of = (name: string): number => idOf.get(name) ?? 0;
    const lost = (name: string, start: Date) =>
      row(of(name), start, { reachable: false, reason: 'timeout', source: null, fullestMount: null, metrics: {} });
    await storage.metricRows.write([...names.map(name => lost(name, day('2007-01-01'))), lost('gap', T0)]);
    await rollUp(storage);
    await query(`update machine set past_read_at = now() where machine_id in (${ids.join(', ')}) and name <> 'new'`);
    await query(`update machine set removed_at = now(), past_read_at = null where machine_id = ${of('removed')}`);
    await query(`update backfill set lease_until = now() where machine_id = ${of('taken')}`);
    await storage.retention.drop({ ...NOTHING, rows: day('2007-02-01') });
    const left = await query<{ name: string }>(
      `select name from backfill join machine using (machine_id) where network = 'asked' order by name`,
    );
    expect(left.map(({ name }) => name)).toEqual(['gap', 'new', 'taken']);
  });

  it('does not forget a machine for which somebody makes a mark in that very moment', async () => {
    const { storage } = opened;
    const [id] = (await networkOf(storage, 'marked', ['m'])) as [number];
    await store([id, [day('2005-01-01')]]);
    await query(`update machine set past_read_at = now() where machine_id = ${id}`);
    const client = new Client({ connectionString: opened.database.url });
    await client.connect();
    try {
      await client.query('begin');
      await client.query(`update backfill set marks = marks + 1 where machine_id = ${id}`);
      const dropped = storage.retention.drop({ ...NOTHING, rows: day('2005-02-01') });
      await waitFor(async () => {
        const waiting = await query(`select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%delete from backfill%'`);
        return waiting.length > 0;
      });
      await client.query(`insert into metric_row (machine_id, window_start, reachable, reason, collected_at)
        values (${id}, '2026-11-20T10:00:00Z', false, 'timeout', now())`);
      await client.query('commit');
      expect(namesOf((await dropped).gone)).toContain('metric_row_2005_01');
    } finally {
      await client.end();
    }
    expect(await query(`select marks from backfill where machine_id = ${id}`)).toEqual([{ marks: 2 }]);
  });

  it('of two that drop at once each thing is dropped by one', async () => {
    const { storage, other } = opened;
    const [id] = (await networkOf(storage, 'twice', ['t'])) as [number];
    await store([id, [1, 2, 3, 4, 5].map(month => new Date(Date.UTC(2006, month)))]);
    const cutOffs = { ...NOTHING, rows: day('2006-12-01') };
    const due = await storage.retention.due(cutOffs);
    const outcomes = await Promise.all([storage.retention.drop(cutOffs), other.retention.drop(cutOffs)]);
    expect(outcomes.flatMap(({ gone }) => namesOf(gone)).toSorted()).toEqual(namesOf(due).toSorted());
    expect((await storage.retention.due(cutOffs)).partitions).toEqual([]);
  });
});

/** As the second schema had it: a machine with three rows of one hour, three years ago, and one of another. */
const SECOND_DATA = `
insert into machine (network, name, netdata, host, labels, added_at) values
  ('acme', 'db-1', 'http://db-1:19999', false, '{}', '2023-02-01T00:00:00Z');
create table metric_row_2023_02 partition of metric_row for values from ('2023-02-01Z') to ('2023-03-01Z');
insert into metric_row (machine_id, window_start, reachable, reason, source, collected_at, cpu_percent_avg, cpu_percent_min, cpu_percent_max, cpu_percent_samples, cpu_percent_expected)
select 1, at::timestamptz, true, null, 'agent', at::timestamptz, 10, 9, 11, 600, 600
from unnest(array['2023-02-28T10:00:00Z', '2023-02-28T10:10:00Z', '2023-02-28T10:20:00Z', '2023-02-28T23:50:00Z']) as at;`;

describe.each(databases())('retention of what was stored with the second schema, on $name', ({ url }) => {
  it('drops no row before it is in its hour and its day, whose partitions are made on demand', async () => {
    const database = await createEmptyDatabase(url);
    const orm = createOrm({ url: database.url, maxConnections: 2, applicationName: 'test' });
    await orm.migrator.up({ to: 'm0002-services' });
    await orm.close(true);
    await asAdministrator(database.url, SECOND_DATA);
    await migrateStorage(database.url);
    const storage = await openStorage({ url: database.url, applicationName: 'test' });
    const cutOffs = { ...NOTHING, rows: day('2024-10-20') };

    const first = await storage.retention.drop(cutOffs);
    expect(first.left).toMatchObject([{ name: 'metric_row_2023_02', waitsFor: 'rollup', rows: null }]);
    await storage.use.measure(NOW);
    expect((await storage.retention.due(cutOffs)).partitions).toMatchObject([{ name: 'metric_row_2023_02', rows: 4 }]);

    await rollUp(storage);
    expect(namesOf((await storage.retention.drop(cutOffs)).gone)).toEqual(['metric_row_2023_02']);
    const names = (await storage.partitions.list()).map(({ name }) => name);
    expect(names).toEqual(['rollup_day_2023', 'rollup_hour_2023_02']);
    const windows = (table: string): Promise<object[]> =>
      asAdministrator(database.url, `select windows, cpu_percent_samples as samples from ${table} order by start_at`);
    expect(await windows('rollup_hour')).toEqual([
      { windows: 3, samples: 1_800 },
      { windows: 1, samples: 600 },
    ]);
    expect(await windows('rollup_day')).toEqual([{ windows: 4, samples: 2_400 }]);
    await storage.close();
    await database.drop();
  });
});
