import { describe, expect, it } from 'vitest';
import type { BackfillTask, Storage } from '#storage';
import { databases } from '../../support/services.ts';
import {
  asAdministrator,
  filled,
  gap,
  later,
  machine,
  missed,
  networkOf,
  observation,
  row,
  T0,
  useStorage,
  versionOf,
  WINDOW_MS,
} from './fixtures.ts';

const MINUTE_MS = 60_000;

describe.each(databases())('the record of backfills on $name', ({ url }) => {
  const opened = useStorage(url);

  /** Takes at T0 plus so much, for ten minutes, of the machines that answered within the minute before. */
  const take = (network: string, ms = 0, atOnce = 99, storage = opened.storage): Promise<BackfillTask[]> =>
    storage.backfills.take(network, {
      now: later(ms),
      leaseUntil: later(ms + 10 * MINUTE_MS),
      answeredSince: later(ms - MINUTE_MS),
      atOnce,
    });
  const answer = (ids: readonly number[], ms = 0): Promise<number[]> =>
    opened.storage.observations.record(
      ids.map(id => observation(id, ms)),
      WINDOW_MS,
    );
  const idsOf = (tasks: readonly BackfillTask[]): number[] => tasks.map(({ machineId }) => machineId);
  /** How many are taken or due, of this machine. */
  const recorded = async (machineId: number): Promise<number> => {
    const rows = await asAdministrator(opened.database.url, 'select from backfill where machine_id = $1', [machineId]);
    return rows.length;
  };

  /** A network of machines that answer and of which nothing is to be asked. */
  async function settledNetwork(network: string, ...names: string[]): Promise<number[]> {
    const ids = await networkOf(opened.storage, network, names);
    await answer(ids);
    for (const task of await take(network)) await opened.storage.backfills.finish(task, { kind: 'done' });
    expect(await take(network)).toEqual([]);
    return ids;
  }

  it('a machine that is added is to be asked about its past as soon as it answers', async () => {
    const { storage } = opened;
    const [id, silent] = (await networkOf(storage, 'added', ['a', 'b'])) as [number, number];
    expect(await take('added')).toEqual([]);
    await answer([id]);
    await storage.observations.record([missed(silent, 0)], WINDOW_MS);
    const [task, ...others] = await take('added', 1_000);
    expect(task).toEqual({
      machineId: id,
      name: 'a',
      via: null,
      attempt: task?.attempt,
      marks: 1,
      failures: 0,
      pastReadAt: null,
      pastBefore: null,
      addedAt: T0,
      answersSince: later(250),
    });
    expect(others).toEqual([]);
    await storage.machines.pastAsked(id, later(-WINDOW_MS));
    await storage.machines.pastRead(id, later(2_000));
    const known = { pastReadAt: later(2_000), pastBefore: later(-WINDOW_MS) };
    expect(await storage.backfills.find(id, task!.attempt)).toEqual({ ...task, ...known });
  });

  it.each<[string, (id: number) => Promise<unknown>, boolean]>([
    ['has values of just now', id => answer([id], 2 * MINUTE_MS), true],
    ['had values, a minute ago', id => answer([id], MINUTE_MS - 251), false],
    [
      'had values, and does not answer now',
      async id => {
        await answer([id], MINUTE_MS);
        await opened.storage.observations.record([missed(id, 2 * MINUTE_MS)], WINDOW_MS);
      },
      false,
    ],
    [
      'is well in the eyes of a check',
      id =>
        opened.storage.observations.record(
          [observation(id, 2 * MINUTE_MS, { monitor: 'ssh', values: null })],
          WINDOW_MS,
        ),
      false,
    ],
  ])('a machine that %s is taken: %#', async (title, prepare, taken) => {
    const [id] = (await networkOf(opened.storage, title, ['a'])) as [number];
    await prepare(id);
    expect(idsOf(await take(title, 2 * MINUTE_MS))).toEqual(taken ? [id] : []);
  });

  it('a row without values marks its machine, one with values does not', async () => {
    const { metricRows } = opened.storage;
    const [a, b] = (await settledNetwork('rows', 'a', 'b')) as [number, number];
    await metricRows.write([gap(a, T0), gap(a, later(WINDOW_MS)), row(b, T0)]);
    const collected = WINDOW_MS + 607_000;
    await answer([a, b], collected - 1_000);
    expect(await take('rows', collected - 1)).toEqual([]);
    expect(await take('rows', collected)).toMatchObject([{ machineId: a, marks: 1 }]);
    expect(await recorded(b)).toBe(0);
  });

  it('a window that was missed marks its machines', async () => {
    const { windowTasks } = opened.storage;
    const [a, b] = (await settledNetwork('missed', 'a', 'b')) as [number, number];
    await windowTasks.plan([{ network: 'missed', windowStart: T0, shard: 0, via: null, machineIds: [a, b] }]);
    await opened.storage.metricRows.write([row(b, T0)]);
    expect(await windowTasks.closeMissed('missed', later(WINDOW_MS), T0, 9)).toEqual({ tasks: 1, rows: 1 });
    expect(idsOf(await take('missed'))).toEqual([a]);
  });

  it('who is done forgets the machine, unless there is more since', async () => {
    const { backfills, metricRows } = opened.storage;
    const [id] = (await settledNetwork('done', 'a')) as [number];
    await metricRows.write([gap(id, T0)]);
    await answer([id], 607_000);
    const [first] = await take('done', 607_000);
    await opened.other.metricRows.write([gap(id, later(-WINDOW_MS))]);
    await backfills.finish(first!, { kind: 'done' });
    const [second] = await take('done', 607_000);
    expect(second).toMatchObject({ marks: 2, failures: 0 });
    expect(second!.attempt).toBeGreaterThan(first!.attempt);
    await backfills.finish(second!, { kind: 'done' });
    expect(await recorded(id)).toBe(0);
  });

  it('gaps that are written while others are done are never forgotten', async () => {
    const { backfills } = opened.storage;
    const [id] = (await settledNetwork('race', 'a')) as [number];
    const starts = Array.from({ length: 60 }, (_, index) => later(-index * WINDOW_MS));
    let writing = true;
    const writer = (async () => {
      for (const start of starts) await opened.other.metricRows.write([gap(id, start)]);
    })().finally(() => (writing = false));
    const open = new Set<number>();
    const work = async (): Promise<number> => {
      await answer([id], 607_000);
      const [task] = await take('race', 607_000);
      if (task === undefined) return 0;
      const found = await backfills.gaps(id, new Date(0), 999);
      for (const { windowStart } of found) open.add(windowStart.getTime());
      await opened.storage.metricRows.conclude(
        id,
        found.map(({ windowStart }) => windowStart),
      );
      await backfills.finish(task, { kind: 'done' });
      return found.length;
    };
    while (writing) await work();
    await writer;
    while ((await work()) > 0);
    expect(open.size).toBe(starts.length);
    expect(await recorded(id)).toBe(0);
  });

  it('who has more is taken again at once, who failed when its time has come', async () => {
    const { backfills } = opened.storage;
    const [id] = (await networkOf(opened.storage, 'ends', ['a'])) as [number];
    await answer([id], 0);
    const next = async (ms: number): Promise<BackfillTask | undefined> => (await take('ends', ms))[0];
    await backfills.finish((await next(0))!, { kind: 'failed', notBefore: later(10_000) });
    expect(await next(9_999)).toBeUndefined();
    const second = await next(10_000);
    expect(second).toMatchObject({ failures: 1 });
    await backfills.finish(second!, { kind: 'failed', notBefore: later(30_000) });
    const third = await next(30_000);
    expect(third).toMatchObject({ failures: 2 });
    await backfills.finish(third!, { kind: 'more' });
    expect(await next(30_000)).toMatchObject({ failures: 0, marks: 1 });
  });

  it('at most so many are taken at a time, over all networks and from whatever process', async () => {
    const { backfills } = opened.storage;
    const busy = await asAdministrator(opened.database.url, 'delete from backfill returning machine_id');
    expect(busy.length).toBeGreaterThan(0);
    const names = Array.from({ length: 10 }, (_, index) => `m-${index}`);
    for (const network of ['limit-1', 'limit-2']) await answer(await networkOf(opened.storage, network, names));
    const takes = ['limit-1', 'limit-2'].flatMap(network =>
      [opened.storage, opened.other].map(storage => take(network, 0, 4, storage)),
    );
    const taken = (await Promise.all(takes)).flat();
    expect(new Set(idsOf(taken)).size).toBe(4);
    expect(new Set(taken.map(({ attempt }) => attempt)).size).toBe(4);
    expect(await take('limit-1', 0, 4)).toEqual([]);
    await backfills.finish(taken[0]!, { kind: 'done' });
    await backfills.finish(taken[1]!, { kind: 'failed', notBefore: later(1) });
    expect(await take('limit-2', 0, 4)).toHaveLength(2);
    expect(await take('limit-2', 0, 1)).toEqual([]);
  });

  it('a lease that ended frees the machine; its former holder changes nothing any more', async () => {
    const { backfills } = opened.storage;
    const [id] = (await networkOf(opened.storage, 'lease', ['a'])) as [number];
    await answer([id], 10 * MINUTE_MS);
    const [dead] = await take('lease', 10 * MINUTE_MS);
    await answer([id], 20 * MINUTE_MS);
    expect(await take('lease', 20 * MINUTE_MS - 1)).toEqual([]);
    const [heir] = await take('lease', 20 * MINUTE_MS);
    expect(idsOf([heir!])).toEqual([id]);
    expect(await backfills.find(id, dead!.attempt)).toBeNull();
    expect(await backfills.renew(dead!, later(999 * MINUTE_MS))).toBe(false);
    for (const kind of ['done', 'more'] as const) await backfills.finish(dead!, { kind });
    await backfills.finish(dead!, { kind: 'failed', notBefore: later(999 * MINUTE_MS) });
    expect(await backfills.find(id, heir!.attempt)).toEqual(heir);

    expect(await backfills.renew(heir!, later(40 * MINUTE_MS))).toBe(true);
    await answer([id], 35 * MINUTE_MS);
    expect(await take('lease', 35 * MINUTE_MS)).toEqual([]);
    await backfills.finish(heir!, { kind: 'more' });
    expect(await backfills.find(id, heir!.attempt)).toBeNull();
    expect(await backfills.renew(heir!, later(99 * MINUTE_MS))).toBe(false);
  });

  it('the number of an attempt is never used twice, also when the machine was forgotten meanwhile', async () => {
    const { backfills, metricRows } = opened.storage;
    const [id] = (await networkOf(opened.storage, 'attempts', ['a'])) as [number];
    const attempts: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const ms = round * WINDOW_MS + 607_000;
      await metricRows.write([gap(id, later(round * WINDOW_MS))]);
      await answer([id], ms);
      const [task] = await take('attempts', ms);
      attempts.push(task!.attempt);
      await backfills.finish(task!, { kind: 'done' });
      expect(await recorded(id)).toBe(0);
    }
    expect(new Set(attempts).size).toBe(3);
  });

  it('those come first whose last turn is the longest ago', async () => {
    const { backfills } = opened.storage;
    await asAdministrator(opened.database.url, 'update backfill set lease_until = null');
    const ids = await networkOf(opened.storage, 'order', ['a', 'b', 'c']);
    await answer(ids);
    const turns: number[] = [];
    for (let turn = 0; turn < 7; turn += 1) {
      const tasks = await take('order', 0, 1);
      turns.push(...idsOf(tasks));
      for (const task of tasks) await backfills.finish(task, { kind: 'more' });
    }
    expect(turns).toEqual([...ids, ...ids, ids[0]]);
  });

  describe('what the network file no longer names, or what has no agent', () => {
    const accept = (storage: Storage, version: number, names: string[], services: string[] = []): Promise<unknown> => {
      const given = versionOf(
        'file',
        version,
        names.map(name => machine(name)),
      );
      return storage.networks.acceptVersion({ ...given, at: later(version * MINUTE_MS), services });
    };

    it('is not taken; a machine that comes back reads its past again', async () => {
      const { storage } = opened;
      await accept(storage, 1, ['a', 'b'], ['shop']);
      const [a, b] = (await storage.machines.list('file')).map(({ machineId }) => machineId) as [number, number];
      const shop = await storage.machines.find('file', 'service', 'shop');
      await answer([a, b, shop!.machineId], MINUTE_MS);
      const tasks = await take('file', MINUTE_MS);
      expect(idsOf(tasks).sort((x, y) => x - y)).toEqual([a, b]);
      expect(await recorded(shop!.machineId)).toBe(0);
      await storage.machines.pastAsked(a, T0);
      await storage.machines.pastRead(a, later(MINUTE_MS));
      for (const task of tasks) await storage.backfills.finish(task, { kind: task.machineId === b ? 'more' : 'done' });
      await storage.metricRows.write([gap(a, T0), gap(b, T0)]);
      expect(await storage.backfills.count('file', new Date(0))).toEqual({ open: 2, machines: 2 });

      await accept(storage, 2, ['b', 'c'], ['shop']);
      const all = 99 * WINDOW_MS;
      await answer([a, b], all);
      const [taskOfB, ...others] = await take('file', all);
      expect(taskOfB).toMatchObject({ machineId: b });
      expect(others).toEqual([]);
      expect(await storage.backfills.count('file', new Date(0))).toEqual({ open: 1, machines: 1 });

      await accept(storage, 3, ['a', 'c'], ['shop']);
      expect(await storage.backfills.find(b, taskOfB!.attempt)).toBeNull();
      const [back] = await take('file', all);
      expect(back).toMatchObject({ machineId: a, pastReadAt: null, pastBefore: null, addedAt: later(3 * MINUTE_MS) });
    });

    it('a machine that comes back is asked again, also when nothing was left to be asked', async () => {
      const { storage } = opened;
      const [id] = (await settledNetwork('back', 'a')) as [number];
      await storage.networks.acceptVersion(versionOf('back', 2, []));
      await storage.networks.acceptVersion(versionOf('back', 3, [machine('a')]));
      expect(await take('back')).toMatchObject([{ machineId: id, marks: 1 }]);
    });

    it('a machine that stays keeps that its past was read', async () => {
      const { storage } = opened;
      const [id] = (await networkOf(storage, 'stays', ['a'])) as [number];
      await storage.machines.pastRead(id, T0);
      const changed = machine('a', { labels: { tier: 'db' } });
      await storage.networks.acceptVersion(versionOf('stays', 2, [changed, machine('b')]));
      await answer([id]);
      expect(await take('stays')).toMatchObject([{ machineId: id, pastReadAt: T0, marks: 1 }]);
    });
  });

  it('open gaps are found newest first, from a time on, up to a limit; others are none', async () => {
    const { backfills, metricRows } = opened.storage;
    const [id, other] = (await settledNetwork('gaps', 'a', 'b')) as [number, number];
    const starts = [0, 1, 2, 3, 4, 5].map(index => later(index * WINDOW_MS));
    const [, one, two, three, four, five] = starts as [Date, Date, Date, Date, Date, Date];
    await metricRows.write([
      ...starts.slice(0, 5).map(start => gap(id, start, 'dns')),
      row(id, five),
      gap(other, five),
    ]);
    await metricRows.fill([filled(id, three)]);
    await metricRows.conclude(id, [two]);
    const found = (since: Date, limit: number): Promise<Date[]> =>
      backfills.gaps(id, since, limit).then(gaps => gaps.map(({ windowStart }) => windowStart));
    expect(await backfills.gaps(id, four, 9)).toEqual([{ windowStart: four, reason: 'dns' }]);
    expect(await found(one, 9)).toEqual([four, one]);
    expect(await found(T0, 2)).toEqual([four, one]);
    expect(await backfills.count('gaps', new Date(0))).toEqual({ open: 4, machines: 2 });
    expect(await backfills.count('nothing', new Date(0))).toEqual({ open: 0, machines: 0 });
  });

  it.each([
    ['that start at the ends', 0, 3, [2, 0]],
    ['that start after an end that is no start', 0.5, 3.5, [3, 2]],
    ['of an empty range', 3, 3, []],
    ['of a reversed range', 3, 0, []],
  ])('finds the windows without a row, newest first, %s', async (title, from, to, missing) => {
    const { backfills, metricRows } = opened.storage;
    const id = 90_000 + title.length;
    await metricRows.write([gap(id, later(WINDOW_MS)), row(id, later(9 * WINDOW_MS)), row(id + 1_000, T0)]);
    expect(await backfills.windowsWithoutRow(id, later(from * WINDOW_MS), later(to * WINDOW_MS), WINDOW_MS)).toEqual(
      missing.map(index => later(index * WINDOW_MS)),
    );
  });
});
