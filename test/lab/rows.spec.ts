import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clock, type MetricName } from '#config';
import { NetdataMonitor } from '../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { machineAt, never } from '../integration/monitors/machine.ts';
import { ServerProcess } from '../support/server-process.ts';
import { startCluster, type Cluster, type LabAgent } from './cluster.ts';
import { expectedFromAgent, expectedFromModel, instantOf, relativeError, type ExpectedRow } from './expected.ts';
import { rawChart, type Stretch } from './raw-seconds.ts';
import {
  differences,
  furthestFromModel,
  modelErrors,
  networkFile,
  nextWindow,
  storedRow,
  untilSecond,
  untilStored,
  type StoredRow,
} from './stored-rows.ts';

const NETWORK = 'rows';
const SECONDS = 60;
const RAW_TOLERANCE = 1e-6;
const MODEL_TOLERANCE = 0.005;
/** A window is asked for 7 s after its end; its row is there soon after. */
const STORED_WITHIN_MS = 30_000;
const INDEXES = [1, 2, 3, 4, 5];
const STOPPED = 3;

describe('the rows of five machines', () => {
  let cluster: Cluster;
  let server: ServerProcess;
  /** Nothing happens in this window. */
  let calm: Stretch;
  /** In this one, one agent is stopped for a while. */
  let interrupted: Stretch;
  let stoppedSeconds: number;
  let instants: Awaited<ReturnType<typeof instantOf>>[];
  const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });

  const agent = (index: number): LabAgent => cluster.agents[index - 1]!;
  const row = async (index: number, stretch: Stretch): Promise<StoredRow> => {
    const found = await storedRow(server, NETWORK, agent(index).name, stretch);
    expect(found, `${agent(index).name} has a row`).not.toBeNull();
    return found!;
  };
  const allStored = (stretch: Stretch): Promise<unknown> =>
    Promise.all(cluster.agents.map(({ name }) => untilStored(server, NETWORK, name, stretch, STORED_WITHIN_MS)));

  beforeAll(async () => {
    cluster = await startCluster({ name: 'rows', subnet: '10.77.3', agents: 5 });
    server = await ServerProcess.create({ WINDOW: `${SECONDS}s` });
    await server.network(networkFile(NETWORK, cluster.agents));
    await server.start();
    // An agent's first sample of the load comes up to five seconds after its start.
    calm = nextWindow(SECONDS, 6);
    interrupted = { start: calm.start + SECONDS, seconds: SECONDS };

    await untilSecond(calm.start + SECONDS + 0.8);
    instants = await Promise.all(cluster.agents.map(({ url }) => instantOf(url)));
    await untilSecond(calm.start + SECONDS + 7);
    await allStored(calm);

    const stopped = performance.now();
    await cluster.stop(agent(STOPPED));
    await untilSecond(interrupted.start + 35);
    await cluster.start(agent(STOPPED));
    stoppedSeconds = (performance.now() - stopped) / 1000;

    await untilSecond(interrupted.start + SECONDS + 7);
    await allStored(interrupted);
  }, 300_000);

  afterAll(async () => {
    await monitor.close();
    await server?.dispose();
    await cluster?.down();
  });

  it.each(INDEXES)(
    'machine %i: average, least, most and samples are those of every second at the agent',
    async index => {
      const stored = await row(index, calm);
      const expected = await expectedFromAgent(agent(index).url, calm);
      expect(differences(stored.metrics, expected, RAW_TOLERANCE)).toEqual([]);
    },
  );

  it.each(INDEXES)('machine %i: the row is complete', async index => {
    const stored = await row(index, calm);
    expect(stored).toMatchObject({ reachable: true, reason: null, samples: SECONDS });
  });

  it.each(INDEXES)('machine %i: the averages are those of the machine itself, whatever its agent says', async index => {
    const { load1: _stepsOfFiveSeconds, ...model } = expectedFromModel(index, calm);
    const stored = await row(index, calm);
    console.info(`machine ${index}: at most ${furthestFromModel(stored.metrics, model)}`);
    expect(modelErrors(stored.metrics, model, MODEL_TOLERANCE)).toEqual([]);
  });

  it.each(INDEXES)('machine %i: the values of the last instant of the window would be wrong', async index => {
    const { metrics } = await row(index, calm);
    const instant = instants[index - 1]!;
    const errors = (['cpu', 'netIn', 'diskRead'] as const).map(name =>
      relativeError(instant[name], metrics[name]!.avg),
    );
    expect(Math.max(...errors)).toBeGreaterThan(MODEL_TOLERANCE);
  });

  it.each(INDEXES)('machine %i: each second is the one at the agent, and together they are the row', async index => {
    const { start, seconds } = calm;
    const range = { from: new Date(start * 1000), to: new Date((start + seconds) * 1000) };
    const reading = await monitor.readSeconds(machineAt(agent(index).url), range, { timeoutMs: 3000, signal: never });
    if (reading.reason !== null) throw new Error(reading.detail);
    const { metrics } = reading.seconds;
    const { points } = (await rawChart(agent(index).url, 'system.cpu', calm))!;
    const cpu = points.map(point => Object.values(point).reduce<number>((sum, value) => sum + value!, 0));
    expect(metrics.cpu).toEqual(cpu.map(value => expect.closeTo(value, 6)));
    const stored = await row(index, calm);
    const together: ExpectedRow = Object.fromEntries(
      Object.entries(metrics).map(([name, column]) => {
        const values = column.map(value => value!);
        const avg = values.reduce((sum, value) => sum + value, 0) / seconds;
        // Each value of a slow chart stands at all of its seconds, so that it counts as often.
        const samples = stored.metrics[name as MetricName]?.samples;
        return [name, { avg, min: Math.min(...values), max: Math.max(...values), samples }];
      }),
    );
    expect(differences(stored.metrics, together, RAW_TOLERANCE)).toEqual([]);
  });

  it('no machine has the row of another', async () => {
    const averages = await Promise.all(INDEXES.map(async index => (await row(index, calm)).metrics.netIn!.avg));
    for (const [at, average] of averages.slice(1).entries()) expect(average / averages[at]!).toBeGreaterThan(1.05);
  });

  it('a machine without swap has no swap in its row, the others have', async () => {
    const rows = await Promise.all(INDEXES.map(index => row(index, calm)));
    expect(rows.map(({ metrics }) => 'swap' in metrics)).toEqual([false, true, true, true, true]);
  });

  it('an agent that was stopped for a part of the window leaves a row of the seconds that it saw', async () => {
    const stored = await row(STOPPED, interrupted);
    const expected = await expectedFromAgent(agent(STOPPED).url, interrupted);
    expect(differences(stored.metrics, expected, RAW_TOLERANCE)).toEqual([]);
    expect(stored.reachable).toBe(true);
    // It goes on for a moment after it is told to stop, and it has values some seconds after its start.
    expect(stored.samples).toBeGreaterThanOrEqual(Math.floor(SECONDS - stoppedSeconds - 3));
    expect(stored.samples).toBeLessThanOrEqual(Math.ceil(SECONDS - stoppedSeconds + 6));
  });

  it('an agent that was stopped changes nothing in the rows of the others', async () => {
    for (const index of INDEXES.filter(other => other !== STOPPED)) {
      const stored = await row(index, interrupted);
      const expected = await expectedFromAgent(agent(index).url, interrupted);
      expect(differences(stored.metrics, expected, RAW_TOLERANCE)).toEqual([]);
      expect(stored.samples).toBe(SECONDS);
    }
  });
});
