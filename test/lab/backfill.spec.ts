import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage, type CheckWindow, type MetricRow, type Storage } from '#storage';
import { ServerProcess } from '../support/server-process.ts';
import { createEmptyDatabase, databases, type DisposableDatabase } from '../support/services.ts';
import { startCluster, type Cluster, type LabAgent } from './cluster.ts';
import { expectedFromAgent } from './expected.ts';
import { until } from './host-command.ts';
import { rawChart, type Stretch } from './raw-seconds.ts';
import { differences, listedMachine, networkFile, nextWindow, untilSecond } from './stored-rows.ts';
import { StoredFacts, valuesOf } from './stored-facts.ts';

const NETWORK = 'gaps';
const SECONDS = 10;
/** After its end a window is asked for 7 s later and for 5 s, and the last read takes 10 s. */
const GIVEN_UP_WITHIN_MS = 30_000;
const FILLED_WITHIN_MS = 60_000;
/** Before that an agent that comes back may not have loaded what it kept. */
const CONCLUDED_WITHIN_MS = 90_000;

const CUT = 1;
const KILLED = 2;
const BEYOND = 3;
const HEALTHY = 4;
const SILENT = [CUT, KILLED, BEYOND];

describe('three windows in which machines could not be read, watched by two servers on one database', () => {
  let cluster: Cluster;
  let database: DisposableDatabase;
  let servers: ServerProcess[] = [];
  let storage: Storage;
  let facts: StoredFacts;
  let windows: Stretch[];
  /** As they stood before anything was there again. */
  const rowsBefore = new Map<number, MetricRow[]>();
  let checksBefore: CheckWindow[];
  let restoredAt: number;

  const agent = (index: number): LabAgent => cluster.agents[index - 1]!;
  const rowsOf = (index: number): Promise<MetricRow[]> =>
    facts.rows(agent(index).name, windows[0]!.start, windows.at(-1)!.start + SECONDS);
  const untilRows = (index: number, what: string, timeoutMs: number, are: (row: MetricRow) => boolean) =>
    until(`${agent(index).name} ${what}`, timeoutMs, async () => {
      const rows = await rowsOf(index);
      return rows.length === windows.length && rows.every(are) ? rows : null;
    });

  beforeAll(async () => {
    cluster = await startCluster({ name: 'gaps', subnet: '10.77.11', agents: 4 });
    database = await createEmptyDatabase(databases()[0]!.url);
    const settings = { WINDOW: `${SECONDS}s`, WINDOW_GRACE: '5s', DATABASE_URL: database.url };
    servers = await Promise.all([ServerProcess.create(settings), ServerProcess.create(settings)]);
    for (const server of servers) await server.network(networkFile(NETWORK, cluster.agents));
    await Promise.all(servers.map(server => server.start()));
    storage = await openStorage({ url: database.url, applicationName: 'lab' });
    facts = new StoredFacts(storage, NETWORK);
    await until('every machine to be up', 40_000, async () => {
      const listed = await Promise.all(cluster.agents.map(({ name }) => listedMachine(servers[0]!, NETWORK, name)));
      return listed.every(({ verdict }) => verdict.state === 'up') ? true : null;
    });

    const first = nextWindow(SECONDS, 3);
    windows = [0, 1, 2].map(at => ({ start: first.start + at * SECONDS, seconds: SECONDS }));
    await untilSecond(first.start - 2);
    await cluster.linkDown(agent(CUT));
    await cluster.linkDown(agent(BEYOND));
    await cluster.kill(agent(KILLED));
    await untilSecond(windows.at(-1)!.start + SECONDS);
    for (const index of SILENT)
      rowsBefore.set(index, await untilRows(index, 'to be stored', GIVEN_UP_WITHIN_MS, () => true));
    checksBefore = await facts.checks(agent(CUT).name, windows);

    await cluster.stop(agent(BEYOND));
    await cluster.forget(agent(BEYOND), 'seconds');
    await cluster.forget(agent(KILLED), 'everything');
    restoredAt = Date.now();
    for (const index of [CUT, BEYOND]) await cluster.linkUp(agent(index));
    for (const index of [KILLED, BEYOND]) await cluster.start(agent(index));
  }, 240_000);

  afterAll(async () => {
    await storage?.close();
    await Promise.all(servers.map(server => server.dispose()));
    await database?.drop();
    await cluster?.down();
  });

  it.each(SILENT)('machine %i has no values in them, and the reason why', index => {
    for (const row of rowsBefore.get(index)!) {
      expect(row).toMatchObject({ reachable: false, source: null, filledAt: null, conclusion: null, metrics: {} });
      expect(index === KILLED ? ['refused'] : ['timeout', 'unreachable']).toContain(row.reason);
    }
  });

  it('one whose cable was cut has all three within a minute, as exact as ever; that it was silent stays told', async () => {
    const rows = await untilRows(CUT, 'to be filled', FILLED_WITHIN_MS, ({ filledAt }) => filledAt !== null);
    console.info(`filled ${rows.map(({ filledAt }) => (filledAt!.getTime() - restoredAt) / 1000).join(', ')} s after`);
    for (const [at, row] of rows.entries()) {
      const { reachable, reason, collectedAt } = rowsBefore.get(CUT)![at]!;
      expect(row).toMatchObject({ reachable, reason, collectedAt, source: 'agent', conclusion: 'network' });
      expect(row.metrics.cpu?.samples).toBe(SECONDS);
      expect(differences(valuesOf(row), await expectedFromAgent(agent(CUT).url, windows[at]!), 1e-6)).toEqual([]);
    }
  });

  it('the uptime of that machine is what it was', async () => {
    expect(checksBefore.some(({ failures }) => failures > 0)).toBe(true);
    expect(await facts.checks(agent(CUT).name, windows)).toEqual(checksBefore);
  });

  it('the two servers together ask it for each of them once', async () => {
    const counts = await Promise.all(
      windows.map(async ({ start }) => {
        // as the product asks; the test's own questions are put in another order
        const pattern = new RegExp(`chart=system.cpu&after=${start + 1}&before=${start + SECONDS}&tier=0&format=`);
        return (await cluster.requestsTo(agent(CUT), pattern)).length;
      }),
    );
    expect(counts).toEqual([1, 1, 1]);
  });

  it.each([
    ['one that was killed, its memory with it,', KILLED],
    ['one that has averages of them, but not their seconds,', BEYOND],
  ])('%s has nothing of them, for good', async (_which, index) => {
    const rows = await untilRows(
      index,
      'to be done with',
      CONCLUDED_WITHIN_MS,
      ({ conclusion }) => conclusion !== null,
    );
    expect(rows).toEqual(rowsBefore.get(index)!.map(row => ({ ...row, conclusion: 'no_data' })));
  });

  it('those averages are really there', async () => {
    for (const window of windows) {
      const { points } = (await rawChart(agent(BEYOND).url, 'system.cpu', window, 1))!;
      expect(points.some(({ user }) => user != null)).toBe(true);
    }
  });

  it('a machine that was there all the time has its rows from then', async () => {
    for (const row of await rowsOf(HEALTHY))
      expect(row).toMatchObject({ reachable: true, reason: null, filledAt: null, conclusion: null });
  });

  it('nothing is left to be done', async () => {
    const count = () => storage.backfills.count(NETWORK, new Date(0));
    await until('no gap to be open', FILLED_WITHIN_MS, async () => ((await count()).open === 0 ? true : null));
    expect(await count()).toEqual({ open: 0, machines: 0 });
  });
});
