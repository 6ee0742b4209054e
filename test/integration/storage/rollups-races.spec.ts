import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { REASONS } from '#config';
import type { Storage } from '#storage';
import { databases, waitFor } from '../../support/services.ts';
import {
  asAdministrator,
  filled,
  gap,
  later,
  networkOf,
  observation,
  row,
  T0,
  useStorage,
  WINDOW_MS,
} from './fixtures.ts';
import { rollupsOf, storedRollups, withoutRounding } from './rollup-model.ts';

const HOUR_MS = 3_600_000;
const FAR = new Date('2040-01-01T00:00:00Z');
/** The start of the hour, and of the day, of T0. */
const DAY = new Date('2026-11-20T00:00:00Z');

describe.each(databases())('hours and days on $name, while others write', ({ url }) => {
  const opened = useStorage(url, 'Europe/Berlin');
  let lastMachine = 1_000;
  const newMachine = (): number => (lastMachine += 1);

  async function runAll({ rollups } = opened.storage): Promise<void> {
    while (await rollups.isDue(FAR)) await rollups.run(FAR);
  }

  async function expectTrue(ids: readonly number[]): Promise<void> {
    const rows = await Promise.all(ids.map(id => opened.storage.metricRows.read(id, new Date(0), FAR)));
    const model = rollupsOf(rows.flat());
    expect(withoutRounding(await storedRollups(opened.database.url, ids), model)).toEqual(model);
  }

  const windowsMade = async (id: number): Promise<number[]> =>
    (await storedRollups(opened.database.url, [id])).hours.map(({ windows }) => windows);

  /** Holds the mark of this machine and time in a transaction that stays open; also one that is not there yet. */
  async function holdMark(period: 'hour' | 'day', id: number, start: Date): Promise<{ release(): Promise<void> }> {
    const client = new Client({ connectionString: opened.database.url });
    await client.connect();
    await client.query('begin');
    await client.query(
      `insert into rollup_dirty as d (period, machine_id, start_at, not_before) values ($1, $2, $3, 'epoch')
       on conflict (period, start_at, machine_id) do update set marks = d.marks`,
      [period, id, start],
    );
    const release = async (): Promise<void> => {
      await client.query('commit');
      await client.end();
    };
    return { release };
  }

  /** Until so many of the storages' sessions wait for a lock. */
  const waiting = (sessions: number): Promise<void> =>
    waitFor(async () => {
      const sql = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      return (await asAdministrator(opened.database.url, sql)).length === sessions;
    });

  it('who has written and not yet committed is waited for by nobody, and his rows are in the next batch', async () => {
    const { storage, other } = opened;
    const id = newMachine();
    await storage.metricRows.write([row(id, T0)]);
    await asAdministrator(opened.database.url, 'insert into backfill (machine_id, not_before) values ($1, now())', [
      id,
    ]);
    const holder = new Client({ connectionString: opened.database.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('update backfill set marks = marks where machine_id = $1', [id]);
    const writing = other.metricRows.write([gap(id, later(WINDOW_MS))]);
    await waiting(1);
    // The row and the raised mark of the hour are there, and not committed.
    expect(await storage.rollups.run(FAR)).toEqual({ hours: 0, days: 0, more: false });
    await holder.query('commit');
    await holder.end();
    await writing;
    await runAll();
    expect(await windowsMade(id)).toEqual([2]);
  });

  it('a mark that is taken between a row and its mark is set again', async () => {
    const { storage, other } = opened;
    const id = newMachine();
    const next = later(HOUR_MS);
    await storage.metricRows.write([row(id, next)]);
    const held = await holdMark('hour', id, T0);
    const writing = other.metricRows.write([row(id, T0), row(id, later(WINDOW_MS, next))]);
    await waiting(1);
    // Both rows are there; the writer waits for the mark of the first hour and has none for the second.
    expect(await storage.rollups.run(FAR)).toMatchObject({ hours: 1 });
    expect(await windowsMade(id)).toEqual([1]);
    await held.release();
    await writing;
    await runAll();
    expect(await windowsMade(id)).toEqual([1, 2]);
    await expectTrue([id]);
  });

  it('who writes into an hour that is just being made waits, and marks it again', async () => {
    const { storage, other } = opened;
    const id = newMachine();
    await storage.metricRows.write([row(id, T0)]);
    const held = await holdMark('day', id, DAY);
    const running = storage.rollups.run(FAR);
    await waiting(1);
    // The hour is made and its mark is gone, and neither is committed.
    const writing = other.metricRows.write([row(id, later(WINDOW_MS))]);
    const filling = other.metricRows.fill([filled(id, later(2 * WINDOW_MS))]);
    await waiting(3);
    // Nobody waits for what is of no concern; and a second one makes nothing meanwhile.
    const another = newMachine();
    await other.metricRows.write([row(another, T0)]);
    expect(await other.rollups.run(FAR)).toEqual({ hours: 0, days: 0, more: false });
    await held.release();
    expect(await running).toMatchObject({ hours: 1 });
    await Promise.all([writing, filling]);
    expect(await windowsMade(id)).toEqual([1]);
    expect(await storage.rollups.isDue(FAR)).toBe(true);
    await runAll();
    expect(await windowsMade(id)).toEqual([3]);
    await expectTrue([id, another]);
  });

  it('a batch that fails has taken nothing', async () => {
    const { storage } = opened;
    const id = newMachine();
    await storage.metricRows.write([row(id, T0)]);
    await asAdministrator(
      opened.database.url,
      'alter table rollup_hour add constraint refused check (false) not valid',
    );
    await expect(storage.rollups.run(FAR)).rejects.toThrow('refused');
    await asAdministrator(opened.database.url, 'alter table rollup_hour drop constraint refused');
    await runAll();
    await expectTrue([id]);
  });

  it('many who write, fill, conclude, close, take and make at once, in opposite orders, neither fail nor lose anything', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `m-${index}`);
    const ids = await networkOf(opened.storage, 'many', names);
    const starts = Array.from({ length: 24 }, (_, index) => later(index * WINDOW_MS));
    const reasonOf = (index: number) => REASONS[index % REASONS.length]!;
    const keys = ids.flatMap(id => starts.map((start, index) => ({ id, start, index })));
    const share = (part: number) => keys.filter(({ id, index }) => (id + index) % 4 !== part);

    let working = true;
    const untilDone = async (work: () => Promise<unknown>): Promise<void> => {
      while (working) await work();
    };
    const workOf = (storage: Storage, part: number): Promise<unknown>[] => {
      const { metricRows, windowTasks } = storage;
      const mine = part % 2 === 0 ? share(part) : share(part).toReversed();
      return [
        metricRows.write(
          mine.map(({ id, start, index }) =>
            (id + index + part) % 3 === 0 ? gap(id, start, reasonOf(index)) : row(id, start),
          ),
        ),
        metricRows.fill(mine.filter(({ index }) => index % 2 === 0).map(({ id, start }) => filled(id, start))),
        ...ids.map(id =>
          metricRows.conclude(
            id,
            starts.filter((_, index) => (index + part) % 5 === 0),
          ),
        ),
        windowTasks.closeMissed('many', FAR, later(HOUR_MS), 7),
      ];
    };
    const { storage, other } = opened;
    await storage.windowTasks.plan(
      starts.map(windowStart => ({ network: 'many', windowStart, shard: 0, via: null, machineIds: ids.toReversed() })),
    );
    await storage.observations.record(
      ids.map(id => observation(id, 0)),
      WINDOW_MS,
    );
    const background = [storage, other].flatMap(one => [
      untilDone(() => one.rollups.run(FAR, 25)),
      untilDone(async () => {
        const options = { now: FAR, leaseUntil: FAR, answeredSince: new Date(0), atOnce: 9 };
        for (const task of await one.backfills.take('many', options))
          await one.backfills.finish(task, { kind: 'more' });
      }),
    ]);
    try {
      for (const round of [0, 1]) {
        const parts = [0, 1, 2, 3].flatMap(part => workOf(part % 2 === 0 ? storage : other, (part + round) % 4));
        await Promise.all(parts);
      }
    } finally {
      working = false;
      await Promise.all(background);
    }

    await runAll();
    await expectTrue(ids);
    const rows = await Promise.all(ids.map(id => storage.metricRows.read(id, T0, FAR)));
    expect(rows.map(ofOne => ofOne.length)).toEqual(ids.map(() => starts.length));
  });
});
