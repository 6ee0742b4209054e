import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage, type MetricRow, type Storage } from '#storage';
import { asAdministrator } from '../integration/storage/fixtures.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createEmptyDatabase, databases, type DisposableDatabase } from '../support/services.ts';
import { startCluster, type Cluster, type LabAgent } from './cluster.ts';
import { expectedFromAgent } from './expected.ts';
import { until } from './host-command.ts';
import type { Stretch } from './raw-seconds.ts';
import { differences, networkFile, nextWindow, untilSecond } from './stored-rows.ts';
import { StoredFacts, valuesOf } from './stored-facts.ts';

const NETWORK = 'absence';
const SECONDS = 10;
/** A window is missed when even the next one is over and could be asked for. */
const MISSED_AFTER_SECONDS = SECONDS + 7;
const FILLED_WITHIN_MS = 60_000;

describe('time in which distomon did not look', () => {
  let cluster: Cluster;
  let database: DisposableDatabase;
  let server: ServerProcess;
  let storage: Storage;
  let facts: StoredFacts;
  /** distomon was not there. */
  let missed: Stretch[];
  /** When the agents had values. */
  let agentsSince: number;
  /** When the second one came into the file. */
  let addedAt: number;

  const agent = (index: number): LabAgent => cluster.agents[index - 1]!;
  const exact = async (index: number, row: MetricRow): Promise<void> => {
    const window = { start: row.windowStart.getTime() / 1000, seconds: SECONDS };
    expect(differences(valuesOf(row), await expectedFromAgent(agent(index).url, window), 1e-6)).toEqual([]);
  };

  beforeAll(async () => {
    cluster = await startCluster({ name: 'absence', subnet: '10.77.12', agents: 2 });
    agentsSince = Date.now() / 1000;
    database = await createEmptyDatabase(databases()[0]!.url);
    server = await ServerProcess.create({
      WINDOW: `${SECONDS}s`,
      WINDOW_GRACE: '5s',
      DATABASE_URL: database.url,
    });
    await server.network(networkFile(NETWORK, [agent(1)]));
    await server.start();
    storage = await openStorage({ url: database.url, applicationName: 'lab' });
    facts = new StoredFacts(storage, NETWORK);
    const seen = nextWindow(SECONDS, 0);
    await until('a row', 40_000, async () => ((await facts.row('n1', seen))?.reachable === true ? true : null));

    await server.stop();
    const first = nextWindow(SECONDS, 0);
    missed = [0, 1, 2].map(at => ({ start: first.start + at * SECONDS, seconds: SECONDS }));
    await untilSecond(missed.at(-1)!.start + SECONDS + MISSED_AFTER_SECONDS);
    await server.start();
  }, 240_000);

  afterAll(async () => {
    await storage?.close();
    await server?.dispose();
    await database?.drop();
    await cluster?.down();
  });

  it('windows that it missed are filled when it is back, and say that it was missing', async () => {
    const rows = await until('the missed windows to be filled', FILLED_WITHIN_MS, async () => {
      const found = await Promise.all(missed.map(window => facts.row('n1', window)));
      return found.every(row => row !== null && row.filledAt !== null) ? (found as MetricRow[]) : null;
    });
    for (const row of rows) {
      expect(row).toMatchObject({ reachable: false, reason: 'unobserved', source: 'agent', conclusion: 'distomon' });
      expect(row.metrics.cpu?.samples).toBe(SECONDS);
      await exact(1, row);
    }
  });

  it('nobody looked at the machine then, and so its uptime is not about it', async () => {
    expect(await facts.checks('n1', missed)).toEqual([]);
  });

  it('a machine that is added has the windows that its agent knows, without a restart', async () => {
    await server.network(networkFile(NETWORK, cluster.agents));
    addedAt = Date.now() / 1000;
    const from = Math.ceil(agentsSince / SECONDS) * SECONDS;
    const to = Math.floor(addedAt / SECONDS) * SECONDS;
    const windows = (to - from) / SECONDS;
    expect(windows).toBeGreaterThan(5);
    const rows = await until('its past', FILLED_WITHIN_MS, async () => {
      const listed = await storage.machines.list(NETWORK);
      const found = listed.length < 2 ? [] : await facts.rows('n2', from, to);
      return found.length === windows ? found : null;
    });
    console.info(`its last ${windows} windows were there after ${(Date.now() / 1000 - addedAt).toFixed(1)} s`);
    for (const row of rows) {
      expect(row).toMatchObject({ reachable: false, reason: 'unobserved', source: 'agent', conclusion: 'distomon' });
      expect(row.filledAt).toEqual(row.collectedAt);
      await exact(2, row);
    }
  });

  it('of the window in which its agent began it has the part that there is, and nothing of those before', async () => {
    const sql = `select 1 from machine where name = 'n2' and past_read_at is not null`;
    await until('its whole past to be asked for', FILLED_WITHIN_MS, async () =>
      (await asAdministrator(database.url, sql)).length > 0 ? true : null,
    );
    const began = await facts.rows('n2', 0, agentsSince);
    expect(began.length).toBeLessThanOrEqual(2);
    for (const row of began) await exact(2, row);
  });
});
