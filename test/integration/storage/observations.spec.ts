import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import {
  asAdministrator,
  later,
  machine,
  missed,
  networkOf,
  observation,
  T0,
  useStorage,
  values,
  versionOf,
  WINDOW_MS,
} from './fixtures.ts';

describe.each(databases())('observations on $name', ({ url }) => {
  const opened = useStorage(url);
  const record = (...batch: Parameters<typeof opened.storage.observations.record>[0]): Promise<void> =>
    opened.storage.observations.record(batch, WINDOW_MS);

  async function newMachine(network: string): Promise<number> {
    const [machineId] = await networkOf(opened.storage, network, ['a']);
    return machineId!;
  }

  it('the last observation is kept as it was given', async () => {
    const machineId = await newMachine('kept');
    const given = observation(machineId, 10_000, {
      clockOffsetMs: -0.1,
      latencyMs: 0.1 + 0.2,
      values: { ...values(1 / 3), memoryUsed: 2 ** 53 - 1 },
    });
    await record(given);
    expect(await opened.storage.observations.latestOf([machineId])).toEqual([
      { ...given, misses: 0, since: given.observedAt, valuesAt: given.observedAt },
    ]);
  });

  it('misses are counted, since moves with a change only, values stay with their time', async () => {
    const machineId = await newMachine('misses');
    const steps = [
      { given: observation(machineId, 10_000), misses: 0, since: 10_250, valuesAt: 10_250 },
      { given: missed(machineId, 20_000), misses: 1, since: 20_250, valuesAt: 10_250 },
      { given: missed(machineId, 30_000, { reason: 'refused' }), misses: 2, since: 20_250, valuesAt: 10_250 },
      { given: observation(machineId, 40_000), misses: 0, since: 40_250, valuesAt: 40_250 },
      { given: observation(machineId, 50_000), misses: 0, since: 40_250, valuesAt: 50_250 },
    ];
    for (const { given, misses, since, valuesAt } of steps) {
      await record(given);
      const [latest] = await opened.storage.observations.latestOf([machineId]);
      expect(latest).toMatchObject({ reason: given.reason, misses, since: later(since), valuesAt: later(valuesAt) });
      expect(latest).toMatchObject({ values: values(1), fullestMount: '/' });
    }
  });

  it('a first observation without an answer is one miss without values', async () => {
    const machineId = await newMachine('first-miss');
    await record(missed(machineId, 0));
    const [latest] = await opened.storage.observations.latestOf([machineId]);
    expect(latest).toMatchObject({ misses: 1, values: null, valuesAt: null, fullestMount: null });
  });

  it('a job delivered twice counts once, and a late one changes nothing', async () => {
    const machineId = await newMachine('twice');
    const batch = [observation(machineId, 10_000), missed(machineId, 20_000)];
    await Promise.all([record(...batch), opened.other.observations.record(batch, WINDOW_MS)]);
    await record(...batch);
    await record(observation(machineId, 5_000));
    const [check] = await opened.storage.observations.checksOf(machineId, T0, later(WINDOW_MS));
    expect(check).toMatchObject({ probes: 2, failures: 1, reasons: { timeout: 1 } });
    expect((await opened.storage.observations.latestOf([machineId]))[0]).toMatchObject({
      misses: 1,
      dueAt: later(20_000),
    });
  });

  it.each([
    ['by more than a minute: the new observation is kept and counted', 60_001, true],
    ['by less: what is known stays', 60_000, false],
  ])('when the clock was set back %s', async (title, aheadMs, kept) => {
    const machineId = await newMachine(title);
    const present = observation(machineId, 0, { observedAt: T0, latencyMs: 7 });
    await record(observation(machineId, aheadMs, { latencyMs: 5 }));
    await record(present);
    const [latest] = await opened.storage.observations.latestOf([machineId]);
    expect(latest).toMatchObject(kept ? { dueAt: T0, latencyMs: 7 } : { dueAt: later(aheadMs), latencyMs: 5 });
    const [check] = await opened.storage.observations.checksOf(machineId, T0, later(WINDOW_MS));
    expect(check?.probes).toBe(kept ? 2 : 1);
  });

  it('the commit of what uptime is computed from waits for the disk', async () => {
    const machineId = await newMachine('durable');
    await asAdministrator(
      opened.database.url,
      `create table noted (synchronous_commit text);
       create function note() returns trigger language plpgsql as
         'begin insert into noted values (current_setting(''synchronous_commit'')); return null; end';
       create trigger note after insert on check_window for each statement execute function note()`,
    );
    await record(observation(machineId, 0));
    expect(await asAdministrator(opened.database.url, 'select distinct synchronous_commit from noted')).toEqual([
      { synchronous_commit: 'on' },
    ]);
  });

  it('forgets machines that were removed long ago and observers that have gone, and nothing that is looked at', async () => {
    const ids = await networkOf(opened.storage, 'forget', ['gone', 'stays']);
    const [gone, stays] = ids as [number, number];
    await record(observation(gone, 50_000), missed(stays, 50_000), observation(stays, 0, { observer: 'par-1' }));
    await opened.storage.networks.acceptVersion({ ...versionOf('forget', 2, [machine('stays')]), at: later(30_000) });
    await opened.storage.observations.forget(later(250));
    expect(await opened.storage.observations.latestOf(ids)).toHaveLength(3);
    await opened.storage.observations.forget(later(251));
    expect(await opened.storage.observations.latestOf(ids)).toHaveLength(2);
    await opened.storage.observations.forget(later(30_001));
    expect((await opened.storage.observations.latestOf(ids)).map(({ machineId }) => machineId)).toEqual([stays]);
  });

  it('counts each window on its own: probes, failures by reason, latency', async () => {
    const machineId = await newMachine('windows');
    await record(
      observation(machineId, 0, { latencyMs: 10 }),
      missed(machineId, 10_000),
      missed(machineId, 20_000, { reason: 'refused' }),
    );
    await record(missed(machineId, 30_000), observation(machineId, WINDOW_MS - 10_000, { latencyMs: 30 }));
    await record(observation(machineId, WINDOW_MS, { latencyMs: null }));
    const common = { machineId, monitor: 'netdata', observer: 'local' };
    expect(await opened.storage.observations.checksOf(machineId, T0, later(2 * WINDOW_MS))).toEqual([
      {
        ...common,
        windowStart: T0,
        probes: 5,
        failures: 3,
        reasons: { timeout: 2, refused: 1 },
        latencyMs: { avg: 20, min: 10, max: 30 },
      },
      { ...common, windowStart: later(WINDOW_MS), probes: 1, failures: 0, reasons: {}, latencyMs: null },
    ]);
    expect(await opened.storage.observations.checksOf(machineId, later(1), later(WINDOW_MS))).toEqual([]);
  });

  it('writers of interleaved batches neither wait for each other in a circle nor lose a machine', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `m${index}`);
    const ids = await networkOf(opened.storage, 'interleaved', names);
    const ticks = Array.from({ length: 40 }, (_, index) => index * 1_000);
    const writing = ticks.map((dueMs, index) => {
      const batch = ids.map(id => observation(id, dueMs));
      const storage = index % 2 === 0 ? opened.storage : opened.other;
      return storage.observations.record(index % 4 < 2 ? batch : batch.toReversed(), WINDOW_MS);
    });
    expect((await Promise.allSettled(writing)).filter(({ status }) => status === 'rejected')).toEqual([]);
    const latest = await opened.storage.observations.latestOf(ids);
    expect(latest.map(({ dueAt }) => dueAt)).toEqual(ids.map(() => later(39_000)));
    const [check] = await opened.storage.observations.checksOf(ids[0]!, T0, later(WINDOW_MS));
    // Those that came too late were not counted, the others were, each with its latency.
    expect(check?.probes).toBeGreaterThanOrEqual(1);
    expect(check?.latencyMs).toEqual({ avg: 12.5, min: 12.5, max: 12.5 });
  });

  it('two observers of the same machine are counted apart', async () => {
    const machineId = await newMachine('observers');
    await record(observation(machineId, 0, { observer: 'fra-1' }), missed(machineId, 0, { observer: 'par-1' }));
    const latest = await opened.storage.observations.latestOf([machineId]);
    expect(latest.map(({ observer, misses }) => [observer, misses])).toEqual([
      ['fra-1', 0],
      ['par-1', 1],
    ]);
  });

  it('finds who was not seen of late, or never, but not who was removed', async () => {
    const ids = await networkOf(opened.storage, 'unseen', ['never', 'old', 'seen']);
    const [never, old, seen] = ids as [number, number, number];
    await record(observation(old, 0), observation(seen, 10_000), observation(old, 5_000, { observer: 'par-1' }));
    expect(await opened.storage.observations.unseenSince('unseen', later(10_000))).toEqual(
      [never, old].sort((a, b) => a - b),
    );
    expect(await opened.storage.observations.unseenSince('unseen', later(5_250))).toEqual([never]);
  });

  it('values that are no numbers and odd characters harm no batch', async () => {
    const machineId = await newMachine('odd');
    await record(
      observation(machineId, 0, {
        latencyMs: Number.NaN,
        values: values(Number.POSITIVE_INFINITY),
        fullestMount: "/\0'?\ud800",
      }),
    );
    const [latest] = await opened.storage.observations.latestOf([machineId]);
    expect(latest).toMatchObject({ latencyMs: null, values: { cpu: null }, fullestMount: "/\uFFFD'?\uFFFD" });
  });
});
