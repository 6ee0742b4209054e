import { describe, expect, it } from 'vitest';
import type { Observation, VerdictChange, VoteLimit } from '#storage';
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
  const record = (...batch: Parameters<typeof opened.storage.observations.record>[0]): Promise<number[]> =>
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

  describe('what nobody could look at', () => {
    const blind = (machineId: number, dueMs: number, detail = 'the plugin threw'): Observation =>
      missed(machineId, dueMs, { reason: 'unobserved', detail });

    it('is neither a miss nor an answer: misses, since and values stay, the detail is told', async () => {
      const machineId = await newMachine('blind');
      const steps = [
        { given: observation(machineId, 10_000), misses: 0, since: 10_250 },
        { given: blind(machineId, 20_000), misses: 0, since: 10_250 },
        { given: observation(machineId, 30_000), misses: 0, since: 10_250 },
        { given: missed(machineId, 40_000), misses: 1, since: 40_250 },
        { given: blind(machineId, 50_000, 'it threw again'), misses: 1, since: 40_250 },
        { given: missed(machineId, 60_000), misses: 2, since: 40_250 },
        { given: blind(machineId, 70_000), misses: 2, since: 40_250 },
        { given: observation(machineId, 80_000), misses: 0, since: 80_250 },
      ];
      for (const { given, misses, since } of steps) {
        await record(given);
        const [latest] = await opened.storage.observations.latestOf([machineId]);
        expect(latest).toMatchObject({ reason: given.reason, detail: given.detail, observedAt: given.observedAt });
        expect(latest).toMatchObject({ misses, since: later(since), values: values(1) });
      }
      const [check] = await opened.storage.observations.checksOf(machineId, T0, later(WINDOW_MS));
      expect(check).toMatchObject({ probes: 5, failures: 2, reasons: { timeout: 2 } });
    });

    it.each([
      ['an answer', observation, 0],
      ['a miss', missed, 1],
    ])('has no since of its own: %s that comes after it is the first that was seen', async (title, seen, misses) => {
      const machineId = await newMachine(`blind first, then ${title}`);
      await record(blind(machineId, 10_000), blind(machineId, 20_000));
      const [first] = await opened.storage.observations.latestOf([machineId]);
      expect(first).toMatchObject({ reason: 'unobserved', misses: 0, since: later(20_250) });
      expect(await opened.storage.observations.checksOf(machineId, T0, later(WINDOW_MS))).toEqual([]);
      await record(seen(machineId, 30_000));
      const [then] = await opened.storage.observations.latestOf([machineId]);
      expect(then).toMatchObject({ misses, since: later(30_250) });
    });
  });

  describe('who was not seen of late', () => {
    const limit = (monitor: string, beforeMs: number): VoteLimit => ({ monitor, before: later(beforeMs) });
    const unseen = async (network: string, limits: readonly VoteLimit[], addedBefore = later(1)): Promise<string[]> => {
      const ids = await opened.storage.observations.unseenSince(network, limits, addedBefore);
      return (await opened.storage.machines.byIds(ids)).map(({ name }) => name).toSorted();
    };

    it('is found, and who never was, but not who was removed or has just been added', async () => {
      const ids = await networkOf(opened.storage, 'unseen', ['never', 'old', 'seen']);
      const [, old, seen] = ids as [number, number, number];
      await record(observation(old, 0), observation(seen, 10_000), observation(old, 5_000, { observer: 'par-1' }));
      expect(await unseen('unseen', [limit('netdata', 10_000)])).toEqual(['never', 'old']);
      expect(await unseen('unseen', [limit('netdata', 5_250)])).toEqual(['never']);
      expect(await unseen('unseen', [limit('netdata', 10_000)], T0)).toEqual([]);
      await opened.storage.networks.acceptVersion(versionOf('unseen', 2, [machine('seen')]));
      expect(await unseen('unseen', [limit('netdata', 99_000)])).toEqual(['seen']);
    });

    it('is told by the limit of each monitor, and by no monitor that is not in the file', async () => {
      const ids = await networkOf(opened.storage, 'limits', ['former', 'hourly', 'quick']);
      const [former, hourly, quick] = ids as [number, number, number];
      await record(
        observation(former, 50_000, { monitor: 'gone' }),
        observation(hourly, 10_000, { monitor: 'hourly' }),
        observation(quick, 10_000, { monitor: 'quick' }),
      );
      expect(await unseen('limits', [limit('hourly', 5_000), limit('quick', 40_000)])).toEqual(['former', 'quick']);
    });

    it('is told by those that speak: of a machine not by its checks, of a service by its own monitor', async () => {
      const { networks, machines } = opened.storage;
      await networks.acceptVersion({ ...versionOf('kinds', 1, [machine('db-1')]), services: ['shop', 'wiki'] });
      const [db, shop, wiki] = (await machines.listWatched('kinds')).map(({ machineId }) => machineId) as number[];
      await record(
        observation(db!, 50_000, { monitor: 'ssh' }),
        observation(shop!, 50_000, { monitor: 'shop' }),
        observation(wiki!, 10_000, { monitor: 'wiki' }),
      );
      const limits = [limit('netdata', 40_000), limit('shop', 40_000), limit('wiki', 40_000)];
      expect(await unseen('kinds', limits)).toEqual(['db-1', 'wiki']);
    });

    it('is not looked for again once that is known', async () => {
      const [id] = (await networkOf(opened.storage, 'known', ['a'])) as [number];
      const to = { machineId: id, state: 'unknown', reason: 'unobserved', since: T0 } as const;
      expect(await unseen('known', [limit('netdata', 0)])).toEqual(['a']);
      await opened.storage.verdicts.change('known', [id], () => [{ machineId: id, from: null, to, because: 'nobody' }]);
      expect(await unseen('known', [limit('netdata', 0)])).toEqual([]);
    });
  });

  it('says whose verdict may have to change: all but who is up and was reached, also when it is stored again', async () => {
    const names = ['down and reached', 'up and missed', 'up and reached', 'new'].map(name => name.replaceAll(' ', '-'));
    const ids = await networkOf(opened.storage, 'to-judge', names);
    const [reached, fresh, missing, fine] = ids as [number, number, number, number];
    const state = (id: number, to: 'up' | 'down'): VerdictChange => {
      return {
        machineId: id,
        from: null,
        to: { machineId: id, state: to, reason: null, since: T0 },
        because: 'a test',
      };
    };
    const changes = [state(reached, 'down'), state(missing, 'up'), state(fine, 'up')];
    await opened.storage.verdicts.change('to-judge', ids, () => changes);
    const seen = [observation(reached, 0), observation(fresh, 0), missed(missing, 0), observation(fine, 0)];
    for (const batch of [seen, seen, [...seen, ...ids.map(id => observation(id, 10_000))]])
      expect(await record(...batch)).toEqual([reached, fresh, missing].toSorted((a, b) => a - b));
    expect(await record(missed(fine, 20_000, { reason: 'unobserved' }))).toEqual([fine]);
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
