import { describe, expect, it } from 'vitest';
import type { Storage, WindowTask } from '#storage';
import { databases } from '../../support/services.ts';
import { later, row, T0, useStorage, WINDOW_MS } from './fixtures.ts';

const REQUEUE_MS = 60_000;
const ANY_NUMBER = 1_000;

describe.each(databases())('window tasks on $name', ({ url }) => {
  const opened = useStorage(url);

  function task(network: string, more: Partial<WindowTask> = {}): WindowTask {
    return {
      network,
      windowStart: T0,
      shard: 0,
      via: null,
      machineIds: [3, 1, 2],
      state: 'planned',
      attempt: 0,
      ...more,
    };
  }

  /** The task as it is when it was queued; `null` when somebody else did something with it first. */
  async function markQueued(
    given: WindowTask,
    notBefore: Date,
    at: Date,
    storage: Storage = opened.storage,
  ): Promise<WindowTask | null> {
    const [won] = await storage.windowTasks.markQueuedAll([given], () => notBefore, at);
    return won ?? null;
  }

  /** A task that was queued at T0, that many times. */
  async function queued(network: string, notBefore = T0, times = 1): Promise<WindowTask> {
    let current = task(network);
    await opened.storage.windowTasks.plan([current]);
    for (let time = 1; time <= times; time += 1) current = (await markQueued(current, notBefore, T0))!;
    return current;
  }

  it('planning twice adds nothing and changes nothing', async () => {
    const { windowTasks } = opened.storage;
    await windowTasks.plan([task('plan', { via: 'fra-1' }), task('plan', { shard: 1 })]);
    await windowTasks.plan([task('plan', { machineIds: [9] }), task('plan', { windowStart: later(WINDOW_MS) })]);
    expect(await windowTasks.unfinished('plan')).toEqual([
      task('plan', { via: 'fra-1' }),
      task('plan', { shard: 1 }),
      task('plan', { windowStart: later(WINDOW_MS) }),
    ]);
    expect(await windowTasks.countUnfinished('plan')).toBe(3);
  });

  it.each([
    ['the newest window', WINDOW_MS * 5, WINDOW_MS],
    ['the newest window, from its first instant', WINDOW_MS, WINDOW_MS],
    ['none of those planned before the clock was set back', WINDOW_MS - 1, 0],
    ['nothing when all of them lie ahead', -1, null],
  ])('last planned is %s', async (title, nowMs, expectedMs) => {
    const { windowTasks } = opened.storage;
    await windowTasks.plan([task(title), task(title, { windowStart: later(WINDOW_MS) })]);
    expect(await windowTasks.lastPlanned(title, later(nowMs))).toEqual(expectedMs === null ? null : later(expectedMs));
  });

  it('a window is planned whole by one of two planners that know of different machines', async () => {
    const plans = [
      [{ ...task('whole'), machineIds: [1, 2] }],
      [
        { ...task('whole'), machineIds: [1] },
        { ...task('whole'), shard: 1, machineIds: [2, 3] },
      ],
    ];
    await Promise.all([opened.storage, opened.other].map((storage, i) => storage.windowTasks.plan(plans[i] ?? [])));
    const planned = await opened.storage.windowTasks.unfinished('whole');
    const machines = planned.map(({ machineIds }) => machineIds);
    expect(plans.map(plan => plan.map(({ machineIds }) => machineIds))).toContainEqual(machines);
  });

  it('of two planners that queue the same task one wins, and the attempt rises', async () => {
    const planned = task('two-planners');
    await opened.storage.windowTasks.plan([planned]);
    const both = [opened.storage, opened.other].map(storage => markQueued(planned, T0, T0, storage));
    expect((await Promise.all(both)).filter(won => won !== null)).toEqual([
      { ...planned, state: 'queued', attempt: 1 },
    ]);
  });

  it('two planners that queue many tasks in opposite order win each of them once', async () => {
    const tasks = Array.from({ length: 500 }, (_, shard) => task('many', { shard }));
    await opened.storage.windowTasks.plan(tasks);
    const both = await Promise.all([
      opened.storage.windowTasks.markQueuedAll(tasks, () => T0, T0),
      opened.other.windowTasks.markQueuedAll(tasks.toReversed(), () => T0, T0),
    ]);
    const won = both.flat().toSorted((a, b) => a.shard - b.shard);
    expect(won).toEqual(tasks.map(planned => ({ ...planned, state: 'queued', attempt: 1 })));
  });

  it('of many tasks those are queued that are as they were seen, each for its own time', async () => {
    const { windowTasks } = opened.storage;
    const tasks = [0, 1, 2].map(shard => task('each', { shard }));
    await windowTasks.plan(tasks);
    await markQueued(tasks[1]!, T0, T0);
    const notBeforeOf = ({ shard }: WindowTask): Date => later(shard * WINDOW_MS);
    expect((await windowTasks.markQueuedAll(tasks, notBeforeOf, T0)).map(({ shard }) => shard)).toEqual([0, 2]);
    const lost = await windowTasks.due('each', later(2 * WINDOW_MS), REQUEUE_MS, ANY_NUMBER);
    expect(lost.map(({ shard }) => shard)).toEqual([0, 1]);
    expect(await windowTasks.markQueuedAll([], notBeforeOf, T0)).toEqual([]);
  });

  it('of two workers one gets the task', async () => {
    const key = await queued('two-workers');
    const both = [opened.storage, opened.other].map((storage, index) =>
      storage.windowTasks.claim(key, `worker-${index}`, later(1000), T0),
    );
    const claimed = (await Promise.all(both)).filter(won => won !== null);
    expect(claimed).toEqual([{ ...key, state: 'running' }]);
  });

  it('only a queued task can be claimed, by the job of its attempt or by a late one of an earlier attempt', async () => {
    const { windowTasks } = opened.storage;
    const planned = task('attempts');
    await windowTasks.plan([planned]);
    expect(await windowTasks.claim(planned, 'w', later(1000), T0)).toBeNull();
    const once = await markQueued(planned, T0, T0);
    expect(await markQueued(once!, T0, T0)).toMatchObject({ attempt: 2 });
    expect(await windowTasks.claim({ ...planned, attempt: 3 }, 'w', later(1000), T0)).toBeNull();
    expect(await windowTasks.claim({ ...planned, attempt: 1 }, 'late', later(1000), T0)).toMatchObject({ attempt: 2 });
    expect(await windowTasks.claim({ ...planned, attempt: 2 }, 'w', later(1000), T0)).toBeNull();
    expect(await windowTasks.finish({ ...planned, attempt: 2 }, 'late', later(500))).toBe(true);
  });

  it('a lease that expired frees the task; its former holder can neither renew nor finish', async () => {
    const { windowTasks } = opened.storage;
    const key = await queued('lease');
    await windowTasks.claim(key, 'dead', later(1000), T0);
    expect(await windowTasks.claim(key, 'heir', later(2000), later(1000))).toBeNull();
    expect(await windowTasks.claim(key, 'heir', later(2000), later(1001))).toMatchObject({ state: 'running' });
    expect(await windowTasks.renew(key, 'dead', later(9000))).toBe(false);
    expect(await windowTasks.finish(key, 'dead', later(1500))).toBe(false);
    expect(await windowTasks.renew(key, 'heir', later(5000))).toBe(true);
    expect(await windowTasks.claim(key, 'third', later(9000), later(2001))).toBeNull();
    expect(await windowTasks.finish(key, 'heir', later(3000))).toBe(true);
    expect(await windowTasks.finish(key, 'heir', later(3000))).toBe(false);
    expect(await windowTasks.unfinished('lease')).toEqual([]);
  });

  it('a worker that lives takes its task from no planner, one whose lease expired loses it to a new attempt', async () => {
    const { windowTasks } = opened.storage;
    const key = await queued('steal');
    const running = await windowTasks.claim(key, 'slow', later(1000), T0);
    expect(await markQueued(running!, later(500), later(500))).toBeNull();
    expect(await markQueued(running!, later(1001), later(1001))).toMatchObject({ state: 'queued', attempt: 2 });
    expect(await windowTasks.finish(key, 'slow', later(1002))).toBe(false);
    expect(await windowTasks.claim({ ...key, attempt: 2 }, 'next', later(9000), later(1002))).not.toBeNull();
    expect(await windowTasks.claim(key, 'slow', later(9000), later(1002))).toBeNull();
  });

  it.each<{ title: string; prepare: (network: string) => Promise<unknown>; nowMs: number; due: boolean }>([
    {
      title: 'planned: at once',
      prepare: network => opened.storage.windowTasks.plan([task(network)]),
      nowMs: 0,
      due: true,
    },
    {
      title: 'queued: not before its job had its time',
      prepare: network => queued(network),
      nowMs: REQUEUE_MS,
      due: false,
    },
    {
      title: 'queued: when its job did not begin',
      prepare: network => queued(network),
      nowMs: REQUEUE_MS + 1,
      due: true,
    },
    {
      title: 'queued for later: the time counts from then',
      prepare: network => queued(network, later(30_000)),
      nowMs: REQUEUE_MS + 1,
      due: false,
    },
    {
      title: 'queued a third time: not before three times its time',
      prepare: network => queued(network, T0, 3),
      nowMs: 3 * REQUEUE_MS,
      due: false,
    },
    {
      title: 'queued a third time: after three times its time',
      prepare: network => queued(network, T0, 3),
      nowMs: 3 * REQUEUE_MS + 1,
      due: true,
    },
    {
      title: 'queued very often: after ten times its time',
      prepare: network => queued(network, T0, 12),
      nowMs: 10 * REQUEUE_MS + 1,
      due: true,
    },
    {
      title: 'running: not while its lease holds',
      prepare: async network => opened.storage.windowTasks.claim(await queued(network), 'w', later(REQUEUE_MS * 5), T0),
      nowMs: REQUEUE_MS * 5,
      due: false,
    },
    {
      title: 'running: when its lease expired',
      prepare: async network => opened.storage.windowTasks.claim(await queued(network), 'w', later(1000), T0),
      nowMs: 1001,
      due: true,
    },
    {
      title: 'done: never',
      prepare: async network => {
        const key = await queued(network);
        await opened.storage.windowTasks.claim(key, 'w', later(1000), T0);
        return opened.storage.windowTasks.finish(key, 'w', T0);
      },
      nowMs: REQUEUE_MS * 99,
      due: false,
    },
  ])('due, $title', async ({ title, prepare, nowMs, due }) => {
    await prepare(title);
    const found = await opened.storage.windowTasks.due(title, later(nowMs), REQUEUE_MS, ANY_NUMBER);
    expect(found).toHaveLength(due ? 1 : 0);
  });

  it('due tasks come newest first, and no more than asked for', async () => {
    const { windowTasks } = opened.storage;
    const [old, middle, newest] = [0, 1, 2].map(index => task('limit', { windowStart: later(index * WINDOW_MS) }));
    await windowTasks.plan([middle!, newest!, old!]);
    expect(await windowTasks.due('limit', T0, REQUEUE_MS, 2)).toEqual([newest, middle]);
  });

  describe('closing what was missed', () => {
    const close = (network: string, storage = opened.storage, limit = ANY_NUMBER) =>
      storage.windowTasks.closeMissed(network, later(WINDOW_MS), later(5_000), limit);

    it('writes a row without values for each machine that has none, and ends the task', async () => {
      const { windowTasks, metricRows } = opened.storage;
      await windowTasks.plan([task('missed', { machineIds: [101, 102], via: 'fra-1' })]);
      const measured = row(101, T0);
      await metricRows.write([measured]);
      expect(await close('missed')).toEqual({ tasks: 1, rows: 1 });
      expect(await metricRows.read(101, T0, later(1))).toEqual([measured]);
      expect(await metricRows.read(102, T0, later(1))).toEqual([
        {
          machineId: 102,
          windowStart: T0,
          reachable: false,
          reason: 'unobserved',
          source: null,
          collectedAt: later(5_000),
          filledAt: null,
          conclusion: null,
          fullestMount: null,
          metrics: {},
          charts: {},
        },
      ]);
      expect(await windowTasks.countUnfinished('missed')).toBe(0);
      expect(await close('missed')).toEqual({ tasks: 0, rows: 0 });
    });

    it('takes the newest first, up to the limit, in whatever months they are', async () => {
      const { windowTasks, metricRows } = opened.storage;
      const starts = ['2022-05-31T23:50:00Z', '2022-06-01T00:00:00Z', '2022-07-01T00:00:00Z'].map(at => new Date(at));
      await windowTasks.plan(starts.map(windowStart => task('months', { windowStart, machineIds: [111] })));
      expect(await close('months', opened.storage, 2)).toEqual({ tasks: 2, rows: 2 });
      const written = await metricRows.read(111, new Date(0), T0);
      expect(written.map(({ windowStart }) => windowStart)).toEqual(starts.slice(1));
      expect((await windowTasks.unfinished('months')).map(({ windowStart }) => windowStart)).toEqual([starts[0]]);
    });

    it.each<[string, boolean, (network: string) => Promise<unknown>]>([
      ['is queued', true, network => queued(network)],
      [
        'has a worker that is dead',
        true,
        async network => opened.storage.windowTasks.claim(await queued(network), 'w', later(4_999), T0),
      ],
      [
        'has a worker that lives',
        false,
        async network => opened.storage.windowTasks.claim(await queued(network), 'w', later(5_000), T0),
      ],
      [
        'is of a window that can still be read',
        false,
        network => opened.storage.windowTasks.plan([task(network, { windowStart: later(WINDOW_MS) })]),
      ],
    ])('a task that %s: closed %s', async (title, closed, prepare) => {
      await prepare(title);
      expect(await close(title)).toMatchObject({ tasks: closed ? 1 : 0 });
      expect(await opened.storage.windowTasks.countUnfinished(title)).toBe(closed ? 0 : 1);
    });

    it('two that close at once write each row once, and a worker that comes late has lost its task', async () => {
      const { windowTasks } = opened.storage;
      const planned = task('close-race', { machineIds: [150, 151, 152] });
      const shards = Array.from({ length: 50 }, (_, index) =>
        task('close-race', { shard: index + 1, machineIds: [200 + index, 300 + index] }),
      );
      await windowTasks.plan([planned, ...shards]);
      const key = (await markQueued(planned, T0, T0))!;
      await windowTasks.claim(key, 'late', later(1), T0);
      const both = await Promise.all([close('close-race'), close('close-race', opened.other)]);
      expect(both[0].tasks + both[1].tasks).toBe(51);
      expect(both[0].rows + both[1].rows).toBe(103);
      expect(await windowTasks.finish(key, 'late', later(6_000))).toBe(false);
    });
  });

  it('forgets old windows that are done, but never the newest, nor what is unfinished', async () => {
    const { windowTasks } = opened.storage;
    const windows = [0, 1, 2].map(index => task('forget', { windowStart: later(index * WINDOW_MS) }));
    await windowTasks.plan(windows);
    for (const planned of [windows[0]!, windows[2]!]) {
      const key = (await markQueued(planned, T0, T0))!;
      await windowTasks.claim(key, 'w', later(1000), T0);
      expect(await windowTasks.finish(key, 'w', T0)).toBe(true);
    }
    await windowTasks.forget(later(99 * WINDOW_MS));
    expect(await windowTasks.lastPlanned('forget', later(99 * WINDOW_MS))).toEqual(windows[2]!.windowStart);
    expect(await windowTasks.unfinished('forget')).toEqual([windows[1]]);
    await windowTasks.plan([windows[0]!]);
    expect(await windowTasks.unfinished('forget')).toHaveLength(2);
  });
});
