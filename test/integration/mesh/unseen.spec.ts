import { describe, expect, it } from 'vitest';
import { type CollectorParts, ProbePlanner, WatchedMachines } from '#collector';
import { databases } from '../../support/services.ts';
import { useStorage } from '../storage/fixtures.ts';
import { WatchedNetwork } from './watched-network.ts';

const MACHINES = ['db-1', 'web-1'].map(
  name => `  - { name: ${name}, netdata: "http://${name}:19999", address: ${name} }`,
);
const body = (agents: string): string => `
machines:
${MACHINES.join('\n')}
monitors:
  - { name: ${agents}, kind: netdata, interval: 10s, timeout: 3s }
  - { name: ssh, kind: port, on: [db-1, web-1] }
  - { name: certificate, kind: port, interval: 1h }
`;
const SECOND = 1_000;
const HOUR = 3_600_000;

describe.each(databases())('what nobody looks at, on $name', ({ url }) => {
  const opened = useStorage(url);

  /** A network with a planner that has just started, and everything in it seen once. */
  async function watch(
    name: string,
  ): Promise<{ network: WatchedNetwork; unseenAt: (ms: number) => Promise<string[]> }> {
    const network = new WatchedNetwork(opened.storage, name);
    await network.accept(1, body('agents'));
    const { publisher, clock, networkFile } = network;
    const parts = {
      storage: opened.storage,
      publisher,
      clock,
      networkFile,
      networks: () => [name],
      paused: () => Promise.resolve(new Set<number>()),
    };
    const planner = new ProbePlanner(parts as unknown as CollectorParts, new WatchedMachines(opened.storage));
    const unseenAt = async (ms: number): Promise<string[]> => {
      clock.set(ms);
      publisher.published.length = 0;
      await planner.handlers()['probe.plan']({ tick: 0 }, undefined as never);
      const ids = publisher.of('verdict.evaluate').flatMap(({ machines }) => machines);
      return ['certificate', 'db-1', 'web-1'].filter(each => ids.includes(network.id(each)));
    };
    await network.see('db-1', 'agents');
    await network.see('web-1', 'agents');
    await network.see('certificate', 'certificate');
    await network.judge('db-1', 'web-1', 'certificate');
    return { network, unseenAt };
  }

  it('is judged again after three rounds of its own monitor; a check on it does not speak for it', async () => {
    const { network, unseenAt } = await watch('rounds');
    await unseenAt(0);
    network.clock.set(50 * SECOND);
    await network.see('web-1', 'agents');
    await network.see('db-1', 'ssh');
    expect(await unseenAt(70 * SECOND)).toEqual(['db-1']);
    expect(await unseenAt(90 * SECOND)).toEqual(['db-1', 'web-1']);
    await network.judge('db-1', 'web-1');
    expect((await network.verdict('db-1'))?.state).toBe('unknown');
    expect(await unseenAt(95 * SECOND)).toEqual([]);
    expect(await unseenAt(3 * HOUR)).toEqual([]);
    expect(await unseenAt(3 * HOUR + 10 * SECOND)).toEqual(['certificate']);
  });

  it('is not judged right after our own start, for then it was we who did not look', async () => {
    const { unseenAt } = await watch('start');
    expect(await unseenAt(1_000 * SECOND)).toEqual([]);
    expect(await unseenAt(1_062 * SECOND)).toEqual([]);
    expect(await unseenAt(1_063 * SECOND)).toEqual(['db-1', 'web-1']);
  });

  it('is not judged before a monitor that was renamed could look', async () => {
    const { network, unseenAt } = await watch('renamed');
    await unseenAt(0);
    network.clock.set(80 * SECOND);
    await network.see('db-1', 'agents');
    await network.see('web-1', 'agents');
    await network.accept(2, body('metrics'));
    expect(await unseenAt(85 * SECOND)).toEqual([]);
    await network.see('db-1', 'metrics');
    expect(await unseenAt(120 * SECOND)).toEqual([]);
    network.clock.set(140 * SECOND);
    await network.see('db-1', 'metrics');
    expect(await unseenAt(150 * SECOND)).toEqual(['web-1']);
  });
});
