import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { createEmptyDatabase, databases, redisUrl, type DisposableDatabase } from '../support/services.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { expectedFromAgent } from './expected.ts';
import type { Stretch } from './raw-seconds.ts';
import { differences, networkFile, nextWindow, storedRow, untilSecond, untilStored } from './stored-rows.ts';

const NETWORK = 'shared';
const SECONDS = 20;
const STORED_WITHIN_MS = 20_000;

const QUEUES = [
  { queues: 'in PostgreSQL', environment: (): Record<string, string> => ({}) },
  {
    queues: 'in Redis',
    environment: (): Record<string, string> => {
      const url = redisUrl();
      if (url === null) throw new Error('this test needs Redis');
      return { REDIS_URL: url };
    },
  },
];

/** The requests for a chart's window: its two ends are in no other window's. */
function readsOf({ start, seconds }: Stretch, requests: readonly string[]): string[] {
  return requests.filter(request => {
    const { searchParams } = new URL(request, 'http://agent');
    const isOfWindow =
      searchParams.get('after') === String(start + 1) && searchParams.get('before') === String(start + seconds);
    return isOfWindow && searchParams.get('chart') === 'system.cpu';
  });
}

function requestsOf(cluster: Cluster): Promise<string[][]> {
  return Promise.all(cluster.agents.map(agent => cluster.requestsTo(agent)));
}

describe.each(QUEUES)('two servers on one database, their queues $queues', ({ environment }) => {
  let cluster: Cluster;
  let database: DisposableDatabase;
  let servers: ServerProcess[] = [];
  let windows: Stretch[];
  /** What each agent was asked for, from the first window's beginning until all were stored: by the servers alone. */
  let requests: readonly (readonly string[])[];
  let watchedSeconds: number;

  beforeAll(async () => {
    cluster = await startCluster({ name: 'shared', subnet: '10.77.5', agents: 3 });
    database = await createEmptyDatabase(databases()[0]!.url);
    const settings = { WINDOW: `${SECONDS}s`, DATABASE_URL: database.url, ...environment() };
    servers = await Promise.all([ServerProcess.create(settings), ServerProcess.create(settings)]);
    for (const server of servers) await server.network(networkFile(NETWORK, cluster.agents));
    await Promise.all(servers.map(server => server.start()));

    const first = nextWindow(SECONDS, 6);
    windows = [0, 1, 2].map(at => ({ start: first.start + at * SECONDS, seconds: SECONDS }));
    await untilSecond(first.start);
    const before = await requestsOf(cluster);
    await untilSecond(windows.at(-1)!.start + SECONDS + 7);
    for (const { name } of cluster.agents) {
      for (const window of windows) await untilStored(servers[0]!, NETWORK, name, window, STORED_WITHIN_MS);
    }
    watchedSeconds = Date.now() / 1000 - first.start;
    requests = (await requestsOf(cluster)).map((all, at) => all.slice(before[at]!.length));
  }, 240_000);

  afterAll(async () => {
    await Promise.all(servers.map(server => server.dispose()));
    await database?.drop();
    await cluster?.down();
  });

  it('each window is read once from each agent', () => {
    const counts = requests.map(asked => windows.map(window => readsOf(window, asked).length));
    expect(counts).toEqual(requests.map(() => windows.map(() => 1)));
  });

  it('each agent is asked how it is every ten seconds, and before each window, but not by each server', () => {
    const probes = watchedSeconds / 10;
    for (const asked of requests) {
      const count = asked.filter(request => request.includes('/allmetrics')).length;
      // its time before it was watched is asked for as well
      const read = asked.filter(request => request.includes('chart=system.cpu&after=')).length;
      expect(read).toBeLessThan(windows.length + 4);
      expect(count).toBeGreaterThanOrEqual(probes - 1.5);
      expect(count).toBeLessThanOrEqual(probes + read + 1.5);
    }
  });

  it('both tell the same rows, and those are the rows of the agents', async () => {
    for (const { name, url } of cluster.agents) {
      for (const window of windows) {
        const [one, other] = await Promise.all(servers.map(server => storedRow(server, NETWORK, name, window)));
        expect(other).toEqual(one);
        expect(differences(one!.metrics, await expectedFromAgent(url, window), 1e-6)).toEqual([]);
      }
    }
  });
});
