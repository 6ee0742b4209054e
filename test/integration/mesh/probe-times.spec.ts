import { expect, it, describe } from 'vitest';
import { type CollectorParts, ProbePlanner, WatchedMachines } from '#collector';
import { databases } from '../../support/services.ts';
import { useStorage } from '../storage/fixtures.ts';
import { WatchedNetwork } from './watched-network.ts';

const BODY = `
machines:
  - { name: db-1, netdata: "http://db-1:19999", address: db-1 }
monitors:
  - { name: often, kind: port, on: [db-1], interval: 6s, timeout: 1s }
  - { name: agents, kind: netdata, interval: 10s, timeout: 3s }
  - { name: rarely, kind: port, interval: 30s }
`;
const SECOND = 1_000;

describe.each(databases())('probes, planned every ten seconds, on $name', ({ url }) => {
  const opened = useStorage(url);

  it('are queued each once for each time at which they are due, those that are due between two plans with a delay', async () => {
    const network = new WatchedNetwork(opened.storage, 'times');
    await network.accept(1, BODY);
    const { publisher, clock, networkFile } = network;
    const parts = {
      storage: opened.storage,
      publisher,
      clock,
      networkFile,
      networks: () => [network.name],
      paused: () => Promise.resolve(new Set<number>()),
    };
    const planner = new ProbePlanner(parts as unknown as CollectorParts, new WatchedMachines(opened.storage));
    /** What a plan at that time queues: monitor, second at which it is due, seconds until then. */
    const planAt = async (ms: number): Promise<string[]> => {
      clock.set(ms);
      const start = clock.now().getTime() - ms;
      publisher.published.length = 0;
      await planner.handlers()['probe.plan']({ tick: 0 }, undefined as never);
      const delays = publisher.published.filter(({ name }) => name === 'probe.run').map(({ delayMs }) => delayMs);
      return publisher
        .of('probe.run')
        .map(({ monitor, due }, i) => `${monitor} at ${due - start / SECOND}, in ${(delays[i] ?? 0) / SECOND}`)
        .sort();
    };
    expect(await planAt(0)).toEqual(['agents at 0, in 0', 'often at 0, in 0', 'often at 6, in 6', 'rarely at 0, in 0']);
    expect(await planAt(SECOND)).toEqual([]);
    expect(await planAt(10 * SECOND)).toEqual(['agents at 10, in 0', 'often at 12, in 2', 'often at 18, in 8']);
    expect(await planAt(20 * SECOND)).toEqual(['agents at 20, in 0', 'often at 24, in 4']);
    const afterAPause = [
      'agents at 40, in 0',
      'often at 36, in 0',
      'often at 42, in 2',
      'often at 48, in 8',
      'rarely at 30, in 0',
    ];
    expect(await planAt(40 * SECOND)).toEqual(afterAPause);
    const afterTheClockWasSetBack = [
      'agents at 10, in 0',
      'often at 12, in 2',
      'often at 18, in 8',
      'often at 6, in 0',
      'rarely at 0, in 0',
    ];
    expect(await planAt(10 * SECOND)).toEqual(afterTheClockWasSetBack);
  });
});
