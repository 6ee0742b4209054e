import { describe, expect, it } from 'vitest';
import type { Verdict, VerdictState } from '#storage';
import { databases } from '../../support/services.ts';
import { asAdministrator, later, missed, networkOf, observation, row, T0, useStorage, WINDOW_MS } from './fixtures.ts';

describe.each(databases())('on $name', ({ url }) => {
  const opened = useStorage(url);
  const at = (window: number): Date => later(window * WINDOW_MS);

  describe('what is asked about the past will not change', () => {
    /** A machine whose past was read, and a network that has planned these windows and is done with them. */
    async function settled(network: string, windows: readonly number[] = [0, 1, 2]): Promise<number> {
      const { storage } = opened;
      const [id] = (await networkOf(storage, network, ['a'])) as [number];
      await storage.machines.pastRead(id, T0);
      await storage.metricRows.write(windows.map(window => row(id, at(window))));
      while ((await storage.rollups.run(later(1e9))).more);
      const parts = { network, shard: 0, via: null, machineIds: [id] };
      for (const window of windows) await storage.windowTasks.plan([{ ...parts, windowStart: at(window) }]);
      await asAdministrator(opened.database.url, 'update window_task set state = $1 where network = $2', [
        'done',
        network,
      ]);
      return id;
    }
    const isSettled = (network: string, id: number, to = at(3), from = T0): Promise<boolean> =>
      opened.storage.series.isSettled(network, [id], { from, to }, WINDOW_MS);

    it('when every window is there and done', async () => {
      const id = await settled('all-done');
      expect(await isSettled('all-done', id)).toBe(true);
      expect(await isSettled('all-done', id, later(2 * WINDOW_MS + 1))).toBe(true);
    });

    it('but not while a window of the range was not planned yet', async () => {
      const id = await settled('not-planned');
      expect(await isSettled('not-planned', id, later(1, at(3)))).toBe(false);
      expect(await isSettled('elsewhere', id)).toBe(false);
    });

    it.each<[string, string, boolean]>([
      [
        'while a gap in it is open',
        `update metric_row set reachable = false, reason = 'timeout' where machine_id = $1`,
        false,
      ],
      [
        'when the gap came to a conclusion',
        `update metric_row set reachable = false, reason = 'timeout', conclusion = 'no_data' where machine_id = $1`,
        true,
      ],
      [
        'while an hour of it has to be made anew',
        `insert into rollup_dirty values ('hour', $1, '2026-11-20T10:00:00Z', 1, now())`,
        false,
      ],
      [
        'while its day has to be made anew',
        `insert into rollup_dirty values ('day', $1, '2026-11-20T10:00:00Z', 1, now())`,
        false,
      ],
      [
        'while another hour has to be made anew',
        `insert into rollup_dirty values ('hour', $1, '2026-11-20T11:00:00Z', 1, now())`,
        true,
      ],
      ["while the machine's past is not read", 'update machine set past_read_at = null where machine_id = $1', false],
      [
        'while somebody works on a window of it',
        `update window_task set state = 'running' where machine_ids = jsonb_build_array($1::integer) and window_start = '2026-11-20T10:10:00Z'`,
        false,
      ],
    ])('%s (%#)', async (what, change, expected) => {
      const network = `net-${what.length}-${expected}`;
      const id = await settled(network);
      await asAdministrator(opened.database.url, change, [id]);
      expect(await isSettled(network, id)).toBe(expected);
    });
  });

  describe('the times in which a verdict was in a state', () => {
    const HOUR_MS = 3_600_000;
    const range = { from: T0, to: later(10 * HOUR_MS) };

    /** A machine whose verdict became these, each at its hour after T0. */
    async function judged(name: string, states: readonly (readonly [VerdictState, number])[]): Promise<number> {
      const { storage } = opened;
      const [id] = (await networkOf(storage, name, ['a'])) as [number];
      let from: Verdict | null = null;
      for (const [state, hour] of states) {
        const to: Verdict = { machineId: id, state, reason: null, since: later(hour * HOUR_MS) };
        const change = { machineId: id, from, to, because: 'said so' };
        expect(await storage.verdicts.change(name, [id], () => [change])).toHaveLength(1);
        from = to;
      }
      return id;
    }
    const hoursIn = async (id: number): Promise<number[][]> => {
      const times = await opened.storage.series.timesIn(id, 'maintenance', range);
      return times.map(({ from, to }) => [from, to].map(instant => (instant.getTime() - T0.getTime()) / HOUR_MS));
    };

    const forgetBefore = (hour: number): Promise<unknown> =>
      asAdministrator(opened.database.url, 'delete from verdict_transition where at < $1', [later(hour * HOUR_MS)]);

    it.each<[string, [VerdictState, number][], number[][]]>([
      [
        'none',
        [
          ['up', -5],
          ['down', 3],
        ],
        [],
      ],
      [
        'one, and the time after it',
        [
          ['up', -5],
          ['maintenance', 2],
          ['up', 3],
        ],
        [[2, 3]],
      ],
      [
        'one that began before the range',
        [
          ['maintenance', -5],
          ['up', 3],
        ],
        [[0, 3]],
      ],
      [
        'one that goes on',
        [
          ['up', -5],
          ['maintenance', 9],
        ],
        [[9, 10]],
      ],
      ['one that goes on from before the range', [['maintenance', -5]], [[0, 10]]],
      [
        'two',
        [
          ['maintenance', 1],
          ['up', 2],
          ['maintenance', 3],
          ['down', 4],
        ],
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [
        'those of the range only',
        [
          ['maintenance', -5],
          ['up', -4],
          ['maintenance', 11],
        ],
        [],
      ],
    ])('%s', async (title, states, hours) => {
      expect(await hoursIn(await judged(`state-${title.length}`, states))).toEqual(hours);
    });

    it('is known from the first change that is kept, and from the verdict when none is', async () => {
      const id = await judged('forgotten', [
        ['maintenance', -5],
        ['up', 3],
        ['maintenance', 4],
      ]);
      await forgetBefore(2);
      expect(await hoursIn(id)).toEqual([
        [0, 3],
        [4, 10],
      ]);
      await forgetBefore(9);
      expect(await hoursIn(id)).toEqual([[0, 10]]);
    });

    it('is nothing of a machine that was never judged', async () => {
      const [id] = (await networkOf(opened.storage, 'never-judged', ['a'])) as [number];
      expect(await hoursIn(id)).toEqual([]);
    });
  });

  it('checks are counted in the windows that start within any of some stretches', async () => {
    const [a, b] = (await networkOf(opened.storage, 'counted', ['a', 'b'])) as [number, number];
    const probes = [0, 1, 2, 3, 4].flatMap(window => [
      observation(a, window * WINDOW_MS),
      missed(a, window * WINDOW_MS + 10_000),
      missed(a, window * WINDOW_MS, { observer: 'par-1' }),
      observation(a, window * WINDOW_MS, { monitor: 'ssh' }),
      missed(b, window * WINDOW_MS),
    ]);
    await opened.storage.observations.record(probes, WINDOW_MS);
    const stretches = [
      { from: at(0), to: at(1) },
      { from: at(2), to: at(4) },
    ];
    expect(await opened.storage.series.checksWithin(a, stretches)).toEqual([
      { monitor: 'netdata', probes: 9, failures: 6 },
      { monitor: 'ssh', probes: 3, failures: 0 },
    ]);
    expect(await opened.storage.series.checksWithin(a, [])).toEqual([]);
  });
});
