import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { startCluster, type Cluster, type LabAgent } from './cluster.ts';
import { expectedFromAgent } from './expected.ts';
import { until } from './host-command.ts';
import type { Stretch } from './raw-seconds.ts';
import {
  differences,
  listedMachine,
  networkFile,
  nextWindow,
  untilSecond,
  untilStored,
  type StoredRow,
} from './stored-rows.ts';

const NETWORK = 'faults';
const SECONDS = 60;
/** The earliest moment at which a window may be asked for, after its end. */
const ASKABLE_AFTER_SECONDS = 7;
/** From then on: the grace of 30 s, and the last read that began within it. */
const GIVEN_UP_WITHIN_MS = 60_000;

/** Which agent has which fault; two have none. */
const KILLED = 1;
const FROZEN = 2;
const CUT = 3;
const SLOW = 4;
const LOSSY = 5;
const DENIED = 6;
const HEALTHY = [7, 8];

const LOST: readonly (readonly [string, number, readonly string[]])[] = [
  ['an agent that was killed', KILLED, ['refused']],
  ['a frozen agent', FROZEN, ['timeout']],
  ['an agent whose cable is cut', CUT, ['timeout', 'unreachable']],
  ['an agent five seconds away', SLOW, ['timeout']],
  ['an agent that does not have us on its list', DENIED, ['denied']],
];

describe('one window in which six of eight machines have a fault each', () => {
  let cluster: Cluster;
  let server: ServerProcess;
  let window: Stretch;
  const rows = new Map<number, StoredRow>();
  /** When the row was first seen, in epoch seconds. */
  const seenAt = new Map<number, number>();

  const agent = (index: number): LabAgent => cluster.agents[index - 1]!;
  const awaitRow = async (index: number): Promise<void> => {
    rows.set(index, await untilStored(server, NETWORK, agent(index).name, window, GIVEN_UP_WITHIN_MS));
    seenAt.set(index, Date.now() / 1000);
  };

  beforeAll(async () => {
    cluster = await startCluster({ name: 'faults', subnet: '10.77.4', agents: 8 });
    server = await ServerProcess.create({ WINDOW: `${SECONDS}s` });
    await server.network(networkFile(NETWORK, cluster.agents));
    await server.start();
    await until('every machine to be up', 40_000, async () => {
      const listed = await Promise.all(cluster.agents.map(({ name }) => listedMachine(server, NETWORK, name)));
      return listed.every(({ verdict }) => verdict.state === 'up') ? true : null;
    });
    await cluster.deny(agent(DENIED));

    window = nextWindow(SECONDS, 6);
    await untilSecond(window.start + SECONDS - 8);
    await cluster.kill(agent(KILLED));
    await cluster.freeze(agent(FROZEN));
    await cluster.linkDown(agent(CUT));
    await cluster.delay(agent(SLOW), 5000);
    await cluster.loss(agent(LOSSY), 30);

    await untilSecond(window.start + SECONDS + ASKABLE_AFTER_SECONDS);
    await Promise.all(cluster.agents.map(({ index }) => awaitRow(index)));
  }, 300_000);

  afterAll(async () => {
    await server?.dispose();
    await cluster?.down();
  });

  it.each(LOST)('%s: no values, and the reason why', (_what, index, reasons) => {
    const row = rows.get(index)!;
    expect(row).toMatchObject({ reachable: false, metrics: {} });
    expect(reasons).toContain(row.reason);
  });

  it('an agent on a line that loses a third: a complete row, or none and the reason why', async () => {
    const row = rows.get(LOSSY)!;
    expect(['complete', 'timeout']).toContain(row.reachable ? 'complete' : row.reason);
    await cluster.clear(agent(LOSSY));
    const expected = row.reachable ? await expectedFromAgent(agent(LOSSY).url, window) : {};
    expect(differences(row.metrics, expected, 1e-6)).toEqual([]);
  });

  it.each(HEALTHY)('machine %i without a fault: a complete row', async index => {
    const row = rows.get(index)!;
    expect(row).toMatchObject({ reachable: true, reason: null, samples: SECONDS });
    expect(differences(row.metrics, await expectedFromAgent(agent(index).url, window), 1e-6)).toEqual([]);
  });

  it.each(HEALTHY)('machine %i without a fault: its row does not wait for the others', index => {
    const askable = window.start + SECONDS + ASKABLE_AFTER_SECONDS;
    const lateSeconds = seenAt.get(index)! - askable;
    console.info(`machine ${index}: seen ${lateSeconds.toFixed(2)} s after it might be asked for`);
    expect(lateSeconds).toBeLessThan(5);
  });

  it('the list of machines tells the same about each of them', async () => {
    for (const [, index, reasons] of LOST) {
      const { verdict, latest } = await until(`${agent(index).name} to be down`, 60_000, async () => {
        const listed = await listedMachine(server, NETWORK, agent(index).name);
        return listed.verdict.state === 'down' ? listed : null;
      });
      expect(reasons).toContain(verdict.reason);
      expect(latest.reachable).toBe(false);
    }
    for (const index of HEALTHY) {
      expect((await listedMachine(server, NETWORK, agent(index).name)).verdict.state).toBe('up');
    }
  });

  it('every machine is up again, and has rows, when its fault is over', async () => {
    for (const { index } of cluster.agents) await cluster.clear(agent(index));
    const next = nextWindow(SECONDS, 6);
    await untilSecond(next.start + SECONDS + ASKABLE_AFTER_SECONDS);
    for (const { name } of cluster.agents) {
      const row = await untilStored(server, NETWORK, name, next, GIVEN_UP_WITHIN_MS);
      expect(row).toMatchObject({ reachable: true, samples: SECONDS });
      expect((await listedMachine(server, NETWORK, name)).verdict.state).toBe('up');
    }
  });
});
