import { describe, expect, it } from 'vitest';
import { BackfillPlanner, RollupRunner, WindowPlanner } from '#collector';
import { databases } from '../../support/services.ts';
import { asAdministrator, later, useStorage } from '../storage/fixtures.ts';
import { AskedNetwork, HOUR_MS } from './asked-network.ts';

const context = (signal = new AbortController().signal) => ({ id: 'test', try: 1, signal });

describe.each(databases())('hours and days, on $name', ({ url }) => {
  const opened = useStorage(url);

  /** Marks that many hours of one machine, as who changes rows does. */
  async function markHours(machineId: number, hours: number): Promise<void> {
    await asAdministrator(
      opened.database.url,
      `insert into rollup_dirty (period, machine_id, start_at, not_before)
       select 'hour', $1, $2::timestamptz + n * interval '1 hour', 'epoch' from generate_series(1, $3) n`,
      [machineId, later(-hours * HOUR_MS), hours],
    );
  }

  it('are made when rows have changed, once for all who plan in one tick, until nothing is left', async () => {
    const network = new AskedNetwork(opened.storage, 'made');
    await network.watchForLong(['db-1']);
    const planner = new WindowPlanner(network.parts, new BackfillPlanner(network.parts));
    await planner.handlers()['window.plan']({ tick: 1 }, context());
    expect(network.publisher.of('rollup.run')).toEqual([]);

    await markHours(network.id('db-1'), 4_500);
    for (let process = 1; process <= 2; process += 1) await planner.handlers()['window.plan']({ tick: 2 }, context());
    const jobs = network.publisher.published.filter(({ name }) => name === 'rollup.run');
    expect(jobs).toEqual(Array(2).fill({ name: 'rollup.run', id: 'rollup.run-2', payload: { at: 2 } }));
    await new RollupRunner(network.parts).handlers()['rollup.run']({ at: 2 }, context());
    expect(await opened.storage.rollups.isDue(network.clock.now())).toBe(false);
  });

  it('are left to the next process when this one stops', async () => {
    const network = new AskedNetwork(opened.storage, 'stopped');
    await network.watchForLong(['db-1']);
    await markHours(network.id('db-1'), 10);
    await new RollupRunner(network.parts).handlers()['rollup.run']({ at: 3 }, context(AbortSignal.abort()));
    expect(await opened.storage.rollups.isDue(network.clock.now())).toBe(true);
  });

  it('a tick queues the machines whose gaps it has just closed as missed', async () => {
    const network = new AskedNetwork(opened.storage, 'missed');
    await network.watchForLong(['db-1']);
    const planner = new WindowPlanner(network.parts, new BackfillPlanner(network.parts));
    await planner.handlers()['window.plan']({ tick: 4 }, context());
    network.clock.set(3 * HOUR_MS);
    await network.see('db-1', 'agents');
    await planner.handlers()['window.plan']({ tick: 5 }, context());
    await network.work();
    expect(network.asked().length).toBeGreaterThan(8);
    const rows = [...(await network.rows('db-1')).values()];
    for (const row of rows)
      expect(row).toMatchObject({ reason: 'unobserved', conclusion: 'distomon', source: 'agent' });
  });
});
