import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateStorage, openStorage } from '#storage';
import { createOrm } from '../../../libs/storage/src/create-orm.ts';
import { createEmptyDatabase, databases, type DisposableDatabase } from '../../support/services.ts';
import { asAdministrator, later, machine, missed, observation, T0, values, versionOf, WINDOW_MS } from './fixtures.ts';
import { rollupsOf, storedRollups, withoutRounding } from './rollup-model.ts';

describe.each(databases())('migrations on $name', ({ url }) => {
  let database: DisposableDatabase;
  beforeAll(async () => {
    database = await createEmptyDatabase(url);
  });
  afterAll(() => database.drop());

  it('three processes that start at once all succeed, and each migration is applied once', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => migrateStorage(database.url)));
    expect(runs.flatMap(run => run.applied)).toEqual([
      'm0001-initial',
      'm0002-services',
      'm0003-history',
      'm0004-accounts',
      'm0005-events',
      'm0006-editing',
    ]);
  });

  it('a further start applies nothing', async () => {
    expect(await migrateStorage(database.url)).toEqual({ applied: [] });
  });
});

/** As the first schema had it: two machines, one of them gone, with everything that was kept of them. */
const FIRST_DATA = `
insert into machine (network, name, stable_id, netdata, host, via, labels, added_at, removed_at) values
  ('acme', 'db-1', 'x', 'http://db-1:19999', false, 'fra-1', '{"tier": "db"}', '2026-11-20T10:00:00Z', null),
  ('acme', 'old', null, null, true, null, '{}', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z');
insert into latest values
  (1, 'netdata', 'local', '2026-11-20T10:00:10Z', '2026-11-20T10:00:10.25Z', 'timeout', null, -1.5, '{"cpu": 1}',
   '2026-11-20T10:00:00.25Z', '/', 2, '2026-11-20T10:00:00.25Z');
create table check_window_2026_11 partition of check_window for values from ('2026-11-01Z') to ('2026-12-01Z');
insert into check_window values
  (1, 'netdata', 'local', '2026-11-20T10:00:00Z', 3, 2, '{"timeout": 2}', 1, 12.5, 12.5, 12.5);
insert into verdict values (1, 'up', null, '2026-11-20T10:00:00Z');
insert into outbox (network, topic, machine_id, machine, to_state, because, at) values
  ('acme', 'verdict.changed', 1, 'db-1', 'up', 'it answered', '2026-11-20T10:00:00Z');`;

async function migrateTo(migration: string, url: string): Promise<void> {
  const orm = createOrm({ url, maxConnections: 2, applicationName: 'test' });
  await orm.migrator.up({ to: migration });
  await orm.close(true);
}

describe.each(databases())('what was stored with the first schema, on $name', ({ url }) => {
  it('means the same with the last: machines, what was seen of them, verdicts, announcements', async () => {
    const database = await createEmptyDatabase(url);
    await migrateTo('m0001-initial', database.url);
    await asAdministrator(database.url, FIRST_DATA);
    expect(await migrateStorage(database.url)).toEqual({
      applied: ['m0002-services', 'm0003-history', 'm0004-accounts', 'm0005-events', 'm0006-editing'],
    });
    const storage = await openStorage({ url: database.url, applicationName: 'test' });

    const given = machine('db-1', { id: 'x', via: 'fra-1', labels: { tier: 'db' } });
    const stored = { ...given, machineId: 1, kind: 'machine', network: 'acme', addedAt: T0, agent: null };
    expect(await storage.machines.listWatched('acme')).toEqual([stored]);
    const seen = missed(1, 10_000, { clockOffsetMs: -1.5, values: { cpu: 1 } as never, fullestMount: '/' });
    expect(await storage.observations.latestOf([1])).toEqual([
      { ...seen, misses: 2, since: later(250), valuesAt: later(250) },
    ]);
    expect(await storage.observations.checkSummary([1], T0, later(WINDOW_MS))).toEqual([
      { machineId: 1, monitor: 'netdata', probes: 3, failures: 2, latencyMs: { avg: 12.5, min: 12.5, max: 12.5 } },
    ]);
    expect(await storage.verdicts.counts('acme')).toMatchObject({ up: 1, unknown: 0 });
    expect(await storage.verdicts.counts('acme', 'service')).toMatchObject({ up: 0, unknown: 0 });
    expect(await storage.outbox.after(0, 9)).toMatchObject([{ machine: 'db-1', kind: 'machine', to: 'up' }]);

    // And it goes on: the third miss, and the machine that had been removed is the one that comes back.
    await storage.observations.record([missed(1, 20_000, { values: values(2) })], WINDOW_MS);
    expect(await storage.observations.latestOf([1])).toMatchObject([{ misses: 3, since: later(250) }]);
    await storage.networks.acceptVersion({ ...versionOf('acme', 1, [given, machine('old')]), services: ['shop'] });
    const ids = (await storage.machines.listWatched('acme')).map(({ kind, name, machineId }) => [
      kind,
      name,
      machineId,
    ]);
    expect(ids).toEqual([
      ['machine', 'db-1', 1],
      ['machine', 'old', 2],
      ['service', 'shop', 3],
    ]);
    await storage.close();
    await database.drop();
  });
});

/** As the second schema had it: a machine with rows in two months, one of them without values, another machine, a service. */
const SECOND_DATA = `
insert into machine (network, kind, name, netdata, host, labels, added_at, removed_at) values
  ('acme', 'machine', 'db-1', 'http://db-1:19999', false, '{}', '2026-10-01T00:00:00Z', null),
  ('acme', 'machine', 'gone', 'http://gone:19999', false, '{}', '2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z'),
  ('acme', 'service', 'shop', null, false, '{}', '2026-10-01T00:00:00Z', null);
create table metric_row_2026_10 partition of metric_row for values from ('2026-10-01Z') to ('2026-11-01Z');
create table metric_row_2026_11 partition of metric_row for values from ('2026-11-01Z') to ('2026-12-01Z');
insert into metric_row (machine_id, window_start, reachable, reason, source, collected_at, cpu_percent_avg,
  cpu_percent_min, cpu_percent_max, cpu_percent_samples, cpu_percent_expected) values
  (1, '2026-10-31T23:50:00Z', true, null, 'agent', '2026-11-01T00:00:07Z', 10, 9, 11, 600, 600),
  (1, '2026-11-20T10:00:00Z', true, null, 'agent', '2026-11-20T10:10:07Z', 10, 9, 11, 600, 600),
  (1, '2026-11-20T10:10:00Z', true, null, 'agent', '2026-11-20T10:20:07Z', 40, 39, 41, 300, 600),
  (1, '2026-11-20T10:20:00Z', false, 'timeout', null, '2026-11-20T10:30:37Z', null, null, null, null, null);`;

describe.each(databases())('rows that were stored with the second schema, on $name', ({ url }) => {
  it('get their hours and days, and their gaps are asked for', async () => {
    const database = await createEmptyDatabase(url);
    await migrateTo('m0002-services', database.url);
    await asAdministrator(database.url, SECOND_DATA);
    expect(await migrateStorage(database.url)).toEqual({
      applied: ['m0003-history', 'm0004-accounts', 'm0005-events', 'm0006-editing'],
    });
    const storage = await openStorage({ url: database.url, applicationName: 'test' });

    const now = new Date(Date.now() + 86_400_000);
    const stored = await storage.metricRows.read(1, new Date(0), now);
    expect(stored.map(({ filledAt, conclusion }) => [filledAt, conclusion])).toEqual(stored.map(() => [null, null]));
    while ((await storage.rollups.run(now)).more);
    const model = rollupsOf(stored);
    expect(model.hours).toHaveLength(2);
    expect(withoutRounding(await storedRollups(database.url, [1]), model)).toEqual(model);

    await storage.observations.record(
      [1, 2, 3].map(id => observation(id, now.getTime() - T0.getTime())),
      WINDOW_MS,
    );
    const options = { now, leaseUntil: later(60_000, now), answeredSince: now, atOnce: 9 };
    const tasks = await storage.backfills.take('acme', options);
    expect(tasks).toMatchObject([{ machineId: 1, name: 'db-1', pastReadAt: null }]);
    expect(await storage.backfills.gaps(1, new Date(0), 9)).toEqual([
      { windowStart: later(2 * WINDOW_MS), reason: 'timeout' },
    ]);
    await storage.close();
    await database.drop();
  });
});
