import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { expectedFromAgent, expectedFromModel } from './expected.ts';
import type { Stretch } from './raw-seconds.ts';
import { spikesAt } from './truth.ts';
import {
  differences,
  furthestFromModel,
  modelErrors,
  networkFile,
  nextWindow,
  untilSecond,
  untilStored,
  type StoredRow,
} from './stored-rows.ts';

const NETWORK = 'real';
/** What the agents and the server need to be ready. */
const START_SECONDS = 20;

/** No spike where the agent's interpolation would carry a part of it over the edge: see `truth.ts`. */
function hasCalmEdges({ start, seconds }: Stretch): boolean {
  return [start - 1, start, start + seconds - 1, start + seconds].every(second => !spikesAt(second));
}

/**
 * The window of ten minutes, unless its next beginning is a minute or more away: then the one of at most eleven that is
 * over first. Windows are aligned to the clock, so each length has its own beginnings.
 */
function chooseWindow(): Stretch {
  const ten = nextWindow(600, START_SECONDS);
  if (ten.start - Date.now() / 1000 < 60) return ten;
  const lengths = Array.from({ length: 61 }, (_, more) => 600 + more);
  const windows = lengths.map(seconds => nextWindow(seconds, START_SECONDS)).filter(hasCalmEdges);
  return windows.reduce((best, next) => (next.start + next.seconds < best.start + best.seconds ? next : best));
}

describe('a window of real length', () => {
  const window = chooseWindow();
  let cluster: Cluster;
  let server: ServerProcess;
  const rows = new Map<number, StoredRow>();

  beforeAll(async () => {
    cluster = await startCluster({ name: 'real', subnet: '10.77.9', agents: 5 });
    server = await ServerProcess.create({ WINDOW: `${window.seconds}s` });
    await server.network(networkFile(NETWORK, cluster.agents));
    await server.start();
    if (Date.now() / 1000 > window.start - 1) throw new Error('the start took longer than the window waited');
    await untilSecond(window.start + window.seconds + 7);
    for (const { index, name } of cluster.agents) {
      rows.set(index, await untilStored(server, NETWORK, name, window, 30_000));
    }
  }, 900_000);

  afterAll(async () => {
    await server?.dispose();
    await cluster?.down();
  });

  it.each([1, 2, 3, 4, 5])('machine %i: the row is that of all its seconds', async index => {
    const row = rows.get(index)!;
    expect(row).toMatchObject({ reachable: true, reason: null, samples: window.seconds });
    const expected = await expectedFromAgent(cluster.agents[index - 1]!.url, window);
    expect(differences(row.metrics, expected, 1e-6)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5])('machine %i: the averages are within a thousandth of the machine itself', index => {
    const { load1: _stepsOfFiveSeconds, ...model } = expectedFromModel(index, window);
    console.info(`machine ${index}: at most ${furthestFromModel(rows.get(index)!.metrics, model)}`);
    expect(modelErrors(rows.get(index)!.metrics, model, 0.001)).toEqual([]);
  });
});
