import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import {
  asAdministrator,
  later,
  missed,
  networkOf,
  NOTHING,
  observation,
  T0,
  useStorage,
  WINDOW_MS,
} from './fixtures.ts';

const DAY_MS = 86_400_000;
/** The day of T0, 10:00, and those before it. */
const day = (daysBefore: number, ms = 0): Date => later(ms - daysBefore * DAY_MS, new Date('2026-11-20T00:00:00Z'));

describe.each(databases())('a summary of checks on $name', ({ url }) => {
  const opened = useStorage(url);
  const record = (...batch: Parameters<typeof opened.storage.observations.record>[0]): Promise<number[]> =>
    opened.storage.observations.record(batch, WINDOW_MS);
  const newMachines = (network: string, ...names: string[]): Promise<number[]> =>
    networkOf(opened.storage, network, names);

  it('counts what all observers saw, by machine and monitor; of who was never looked at there is none', async () => {
    const [a, b, never] = (await newMachines('sums', 'a', 'b', 'never')) as [number, number, number];
    await record(
      observation(a, 0, { latencyMs: 10 }),
      missed(a, 10_000),
      observation(a, WINDOW_MS, { latencyMs: 40 }),
      observation(a, 0, { latencyMs: 100, observer: 'par-1' }),
      missed(a, 0, { monitor: 'ssh' }),
      observation(b, 0, { latencyMs: null }),
      missed(b, 10_000, { reason: 'unobserved' }),
    );
    const { observations } = opened.storage;
    expect(await observations.checkSummary([b, never, a], T0, later(2 * WINDOW_MS))).toEqual([
      { machineId: a, monitor: 'netdata', probes: 4, failures: 1, latencyMs: { avg: 50, min: 10, max: 100 } },
      { machineId: a, monitor: 'ssh', probes: 1, failures: 1, latencyMs: null },
      { machineId: b, monitor: 'netdata', probes: 1, failures: 0, latencyMs: null },
    ]);
    expect(await observations.checkSummary([], T0, later(WINDOW_MS))).toEqual([]);
  });

  it('takes the windows that start in the range, whole', async () => {
    const [id] = (await newMachines('range', 'a')) as [number];
    await record(...[0, WINDOW_MS, 2 * WINDOW_MS].map(dueMs => observation(id, dueMs)));
    const probes = async (fromMs: number, toMs: number): Promise<number | undefined> =>
      (await opened.storage.observations.checkSummary([id], later(fromMs), later(toMs)))[0]?.probes;
    expect([
      await probes(0, 2 * WINDOW_MS),
      await probes(1, 2 * WINDOW_MS + 1),
      await probes(1, WINDOW_MS),
      await probes(WINDOW_MS, WINDOW_MS),
    ]).toEqual([2, 2, undefined, undefined]);
  });

  it('is the same before and after the days that are over were summed', async () => {
    const [a, b] = (await newMachines('days', 'a', 'b')) as [number, number];
    // Every seven hours: some days have three, some four; in November and October; two observers.
    for (let at = day(30); at < later(0); at = later(7 * 3_600_000, at)) {
      const hours = Math.round((at.getTime() - day(30).getTime()) / 3_600_000);
      const dueMs = at.getTime() - T0.getTime();
      await record(
        observation(a, dueMs, { latencyMs: hours }),
        missed(a, dueMs, { observer: 'par-1' }),
        hours % 3 === 0 ? missed(b, dueMs) : observation(b, dueMs, { latencyMs: 1_000 - hours }),
      );
    }
    const month = [day(30), later(0)] as const;
    const ranges = [
      month,
      [day(29, 5), day(3, 5 * 3_600_000)],
      [day(1, 1), day(0, 3 * 3_600_000)],
      [day(10), day(9)],
      [day(3, 1), day(3, 2)],
    ] as const;
    const summary = ([from, to]: (typeof ranges)[number]): Promise<unknown> =>
      opened.storage.observations.checkSummary([a, b], from, to);
    const before = await Promise.all(ranges.map(summary));
    await Promise.all([opened.storage, opened.other].map(({ observations }) => observations.sumDays(later(0))));
    expect(await Promise.all(ranges.map(summary))).toEqual(before);
    // They do come from the summed days: of those before today nothing else is left.
    await asAdministrator(opened.database.url, "delete from check_window where window_start < '2026-11-20T00:00:00Z'");
    expect(await summary(month)).toEqual(before[0]);
    await opened.storage.observations.sumDays(later(DAY_MS));
    expect(await summary(month)).toEqual(before[0]);
  });

  it('a day is summed when nothing can be stored in it any more', async () => {
    const summed = async (): Promise<string[]> => {
      const rows = await asAdministrator<{ day: string }>(
        opened.database.url,
        `select distinct day::text from check_day where machine_id = ${id} order by 1`,
      );
      return rows.map(row => row.day);
    };
    const [id] = (await newMachines('late', 'a')) as [number];
    // After all that the other tests have summed.
    const tomorrow = (ms: number): Date => later(ms, day(-2));
    const at = (ms: number): number => tomorrow(ms).getTime() - T0.getTime();
    await record(observation(id, at(0)), observation(id, at(DAY_MS)));
    await opened.storage.observations.sumDays(tomorrow(DAY_MS + 6 * 3_600_000 - 1));
    expect(await summed()).toEqual([]);
    await opened.storage.observations.sumDays(tomorrow(DAY_MS + 6 * 3_600_000));
    expect(await summed()).toEqual(['2026-11-22']);
  });

  it('the sums of a day are kept until they are forgotten', async () => {
    const [id] = (await newMachines('old', 'a')) as [number];
    const days = (): Promise<{ day: string }[]> =>
      asAdministrator(opened.database.url, `select day::text from check_day where machine_id = ${id} order by 1`);
    await asAdministrator(
      opened.database.url,
      `insert into check_day (machine_id, monitor, observer, day, probes, failures, latency_count, latency_sum_ms)
       select ${id}, 'netdata', 'local', day, 1, 0, 0, 0 from unnest(array['2024-10-19', '2024-10-20']::date[]) as day`,
    );
    await opened.storage.retention.drop({ ...NOTHING, rows: new Date('2024-10-19T23:59:59Z') });
    expect(await days()).toEqual([{ day: '2024-10-19' }, { day: '2024-10-20' }]);
    await opened.storage.retention.drop({ ...NOTHING, rows: new Date('2024-10-20T00:00:00Z') });
    expect(await days()).toEqual([{ day: '2024-10-20' }]);
  });

  it('a day that was summed by a clock that went ahead is taken back, and counts what comes then', async () => {
    const [id] = (await newMachines('ahead', 'a')) as [number];
    const start = day(-10);
    const dueMs = start.getTime() - T0.getTime();
    await record(observation(id, dueMs));
    await opened.storage.observations.sumDays(day(-20));
    await record(observation(id, dueMs + 10_000));
    await opened.storage.observations.sumDays(day(-10, 10_000));
    const probes = async (): Promise<number | undefined> =>
      (await opened.storage.observations.checkSummary([id], start, day(-11)))[0]?.probes;
    expect(await probes()).toBe(2);
    await opened.storage.observations.sumDays(day(-20));
    expect(await probes()).toBe(2);
  });
});
