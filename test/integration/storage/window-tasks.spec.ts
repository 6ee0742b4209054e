import { describe, expect, it } from 'vitest';
import type { WindowTask } from '#storage';
import { databases } from '../../support/services.ts';
import { later, T0, useStorage, WINDOW_MS } from './fixtures.ts';

const REQUEUE_MS = 60_000;

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

  /** A task that was queued at T0. */
  async function queued(network: string, notBefore = T0): Promise<WindowTask> {
    const planned = task(network);
    await opened.storage.windowTasks.plan([planned]);
    const attempt = await opened.storage.windowTasks.markQueued(planned, notBefore, T0);
    return { ...planned, state: 'queued', attempt: attempt ?? -1 };
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
    expect(await windowTasks.lastPlanned('plan')).toEqual(later(WINDOW_MS));
    expect(await windowTasks.lastPlanned('nobody')).toBeNull();
  });

  it('of two planners that queue the same task one wins, and the attempt rises', async () => {
    const planned = task('two-planners');
    await opened.storage.windowTasks.plan([planned]);
    const both = [opened.storage, opened.other].map(storage => storage.windowTasks.markQueued(planned, T0, T0));
    expect((await Promise.all(both)).filter(attempt => attempt !== null)).toEqual([1]);
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
    await windowTasks.markQueued(planned, T0, T0);
    expect(await windowTasks.markQueued({ ...planned, state: 'queued', attempt: 1 }, T0, T0)).toBe(2);
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
    expect(await windowTasks.markQueued(running!, later(500), later(500))).toBeNull();
    expect(await windowTasks.markQueued(running!, later(1001), later(1001))).toBe(2);
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
    expect(await opened.storage.windowTasks.due(title, later(nowMs), REQUEUE_MS)).toHaveLength(due ? 1 : 0);
  });

  it('forgets old windows that are done, but never the newest, nor what is unfinished', async () => {
    const { windowTasks } = opened.storage;
    const windows = [0, 1, 2].map(index => task('forget', { windowStart: later(index * WINDOW_MS) }));
    await windowTasks.plan(windows);
    for (const planned of [windows[0]!, windows[2]!]) {
      const attempt = (await windowTasks.markQueued(planned, T0, T0))!;
      await windowTasks.claim({ ...planned, attempt }, 'w', later(1000), T0);
      expect(await windowTasks.finish({ ...planned, attempt }, 'w', T0)).toBe(true);
    }
    await windowTasks.forget(later(99 * WINDOW_MS));
    expect(await windowTasks.lastPlanned('forget')).toEqual(windows[2]!.windowStart);
    expect(await windowTasks.unfinished('forget')).toEqual([windows[1]]);
    await windowTasks.plan([windows[0]!]);
    expect(await windowTasks.unfinished('forget')).toHaveLength(2);
  });
});
