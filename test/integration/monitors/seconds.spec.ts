import { Clock, METRICS, type MetricName, type Reason } from '#config';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SecondColumns } from '#collector';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { allMetrics, chartData } from '../../support/agents/fake-agent.ts';
import {
  recorded,
  RECORDED_WINDOW,
  recordedReply,
  type RecordedVersion,
} from '../../support/agents/recorded-answers.ts';
import { startReplay, type Reply, type ReplayServer } from '../../support/agents/replay-server.ts';
import {
  startFakeAgents,
  startHostileAgents,
  truthOf,
  type HostileKind,
  type RunningAgents,
} from '../../support/hostile-agents.ts';
import { machineAt, never } from './machine.ts';

const limits = { timeoutMs: 3000, signal: never };
const at = (second: number): Date => new Date(second * 1000);
const nowSecond = (): number => Math.floor(Date.now() / 1000);
/** Not at a multiple of any step. */
const START = Math.floor(Date.now() / 600_000) * 600 - 1197;

let monitor: NetdataMonitor;
beforeEach(() => {
  monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
});
afterEach(() => monitor.close());

async function read(url: string, from: number, to: number): Promise<SecondColumns> {
  const reading = await monitor.readSeconds(machineAt(url), { from: at(from), to: at(to) }, limits);
  if (reading.reason !== null) throw new Error(`${reading.reason}: ${reading.detail}`);
  return reading.seconds;
}

/** The metrics of a fake agent's machine in the second that ends at `stamp`; it has no swap, and one disk. */
function truth(machine: number, stamp: number): Partial<Record<MetricName, number>> {
  const of = truthOf(machine, stamp);
  const disk = (100 * of.diskUsedGib) / (of.diskUsedGib + of.diskAvailGib);
  return {
    cpu: of.user + of.system + of.iowait,
    memory: (100 * of.usedMib) / of.totalMib,
    memoryUsed: of.usedMib * 1024 * 1024,
    disk,
    diskFullest: disk,
    diskRead: of.readKib * 1024,
    diskWrite: of.writeKib * 1024,
    netIn: of.inKilobits * 125,
    netOut: of.outKilobits * 125,
    load1: of.load1,
    uptime: stamp - 1_700_000_000,
  };
}

/** Everything that is not as in truth, as `metric second: value for value`. */
function differences({ from, metrics }: SecondColumns, machine: number): string[] {
  const first = from.getTime() / 1000 + 1;
  return Object.entries(metrics).flatMap(([name, column]) =>
    column.flatMap((value, place) => {
      const wanted = truth(machine, first + place)[name as MetricName] ?? Number.NaN;
      const isRight = value !== null && Math.abs(value - wanted) <= 1e-9 * Math.abs(wanted);
      return isRight ? [] : [`${name} ${first + place}: ${value} for ${wanted}`];
    }),
  );
}

describe('the seconds of a healthy agent', () => {
  let agents: RunningAgents;
  beforeAll(async () => {
    agents = await startFakeAgents({ count: 3 });
  });
  afterAll(() => agents.stop());
  const urlOf = (machine: number): string => agents.urls[machine] ?? '';

  test('are what its machine did in each of them, metric by metric, in the units of a row', async () => {
    const seconds = await read(urlOf(2), START, START + 97);
    const names = METRICS.map(({ name }) => name).filter(name => name !== 'swap');
    expect(seconds.from).toEqual(at(START));
    expect(Object.entries(seconds.metrics).map(([name, column]) => [name, column.length])).toEqual(
      names.map(name => [name, 97]),
    );
    expect(differences(seconds, 2)).toEqual([]);
  });

  test('a single one is one', async () => {
    const seconds = await read(urlOf(1), START, START + 1);
    expect(seconds.metrics.uptime).toEqual([START + 1 - 1_700_000_000]);
    expect(differences(seconds, 1)).toEqual([]);
  });

  test('of two hours are all there', async () => {
    const seconds = await read(urlOf(1), START - 7200, START);
    expect(seconds.metrics.cpu).toHaveLength(7200);
    expect(differences(seconds, 1)).toEqual([]);
  });

  test('end where its memory ends, two seconds ago', async () => {
    const from = nowSecond() - 60;
    const { metrics } = await read(urlOf(0), from, from + 3600);
    expect(metrics.cpu?.length).toBeGreaterThanOrEqual(57);
    expect(metrics.cpu?.length).toBeLessThan(70);
    expect(metrics.cpu).not.toContain(null);
    // Its load comes once in five seconds.
    const { length } = metrics.load1 ?? [];
    expect((metrics.load1 ?? []).indexOf(null) === -1 || metrics.load1!.indexOf(null) > length - 5).toBe(true);
  });

  test('that have not been yet are none', async () => {
    const range = { from: at(nowSecond() - 1), to: at(nowSecond() + 60) };
    const reading = await monitor.readSeconds(machineAt(urlOf(0)), range, limits);
    expect(reading).toEqual({ reason: 'no_data', detail: expect.stringContaining('clock') });
  });
});

const json = (body: unknown, headers: Reply['headers'] = {}): Reply => ({
  body: JSON.stringify(body),
  headers: { server: 'Netdata Embedded HTTP Server v1.37.1', ...headers },
});
const NO_METRICS: Reply = { status: 404, body: 'No metrics where matched to query.' };

interface Answer {
  dimension_ids: string[];
  result: { data: (number | null)[][] };
}

/** An agent whose answers about charts are changed on the way. `null`: 404. */
async function startChanged(change: (answer: Answer, chart: string) => Answer | null): Promise<ReplayServer> {
  return startReplay(url => {
    const state = { machine: 1, now: nowSecond(), staleSeconds: 0 };
    if (url.pathname.endsWith('/allmetrics')) return json(allMetrics(state));
    const [chart, after, before] = ['chart', 'after', 'before'].map(key => url.searchParams.get(key) ?? '');
    const answer = chartData(state, chart ?? '', Number(after), Number(before)) as Answer | null;
    const changed = answer === null ? null : change(answer, chart ?? '');
    return changed === null ? NO_METRICS : json(changed);
  });
}

describe('the seconds of an agent', () => {
  let agent: ReplayServer | null = null;
  afterEach(async () => {
    await agent?.close();
    agent = null;
  });
  const changed = async (change: (answer: Answer, chart: string) => Answer | null): Promise<string> => {
    agent = await startChanged(change);
    return agent.url;
  };
  const withRows = (answer: Answer, data: (number | null)[][]): Answer => ({ ...answer, result: { data } });
  const OLDEST = START + 20;

  test.each([
    ['nulls', (row: (number | null)[]) => [[row[0] ?? null, ...row.slice(1).map(() => null)]]],
    ['nothing', () => []],
  ])('that says %s of what it does not know any more are null, and the others are there', async (_, forgotten) => {
    const url = await changed(answer =>
      withRows(
        answer,
        answer.result.data.flatMap(row => ((row[0] ?? 0) > OLDEST ? [row] : forgotten(row))),
      ),
    );
    const { metrics } = await read(url, START, START + 60);
    for (const column of [metrics.cpu, metrics.netOut, metrics.disk]) {
      expect(column?.slice(0, 20)).toEqual(Array(20).fill(null));
      expect(column?.slice(20)).not.toContain(null);
      expect(column).toHaveLength(60);
    }
    expect(metrics.uptime?.slice(19, 22)).toEqual([null, OLDEST + 1 - 1_700_000_000, OLDEST + 2 - 1_700_000_000]);
  });

  test('that lost one chart more than the others in a crash are those of each chart', async () => {
    const url = await changed((answer, chart) =>
      chart === 'system.net'
        ? null
        : chart === 'system.ram'
          ? withRows(answer, answer.result.data.slice(0, 10))
          : answer,
    );
    const { metrics } = await read(url, START, START + 37);
    expect(Object.keys(metrics)).not.toContain('netIn');
    expect([metrics.cpu, metrics.memory].map(column => column?.filter(value => value === null).length)).toEqual([
      0, 27,
    ]);
  });

  test.each([
    ['has nothing of that time', () => null],
    [
      'has only nulls',
      (answer: Answer) =>
        withRows(
          answer,
          answer.result.data.map(([time]) => [time ?? 0, ...answer.dimension_ids.map(() => null)]),
        ),
    ],
    ['has no points', (answer: Answer) => withRows(answer, [])],
  ])('that %s are no_data', async (_, change) => {
    const range = { from: at(START), to: at(START + 60) };
    const reading = await monitor.readSeconds(machineAt(await changed(change)), range, limits);
    expect(reading).toMatchObject({ reason: 'no_data' });
  });

  test('with a slow chart stand at all the seconds that a value of it is about, and at no other', async () => {
    const url = await changed((answer, chart) => {
      if (chart !== 'system.load') return answer;
      const rows = answer.result.data.map(([time]) => [time ?? 0, (time ?? 0) - START, 1, 1]);
      return withRows(
        answer,
        rows.filter(([time]) => time !== START + 12),
      );
    });
    // Points at multiples of five: START + 2, + 7, (+ 12 is missing), + 17, + 22.
    const { metrics } = await read(url, START, START + 19);
    const [two, seven, none, seventeen] = [[2, 2], Array(5).fill(7), Array(5).fill(null), Array(5).fill(17)];
    expect(metrics.load1).toEqual([...two, ...seven, ...none, ...seventeen, 22, 22]);
  });

  test.each([
    ['v1.37.1', 0, true],
    ['v2.11.0', 0, false],
    ['v2.11.0', 0.001, true],
    [null, 0, false],
  ])('of the version %s whose net shows %f: the net was measured: %s', async (version, received, isMeasured) => {
    const url = await changed((answer, chart) =>
      chart === 'system.net'
        ? withRows(
            answer,
            answer.result.data.map(([time]) => [time ?? 0, received, 0]),
          )
        : answer,
    );
    const told =
      version === null
        ? null
        : { version, uid: null, os: null, cores: 1, memoryBytes: 1, rootChart: null, diskCharts: [] };
    const range = { from: at(START), to: at(START + 5) };
    const reading = await monitor.readSeconds({ ...machineAt(url), agent: told }, range, limits);
    if (reading.reason !== null) throw new Error(reading.detail);
    const expected = isMeasured ? Array(5).fill(received * 125) : undefined;
    expect([reading.seconds.metrics.netIn, reading.seconds.metrics.netOut]).toEqual([
      expected,
      isMeasured ? [0, 0, 0, 0, 0] : undefined,
    ]);
  });
});

describe.each([
  ['an hour behind', -3600, { reason: 'no_data' }],
  ['at its beginning', -1e9, { reason: 'no_data' }],
  // It cuts nothing, and what the agent cannot have it answers for another time.
  ['far ahead', 1e9, { reason: null }],
])('an agent whose clock is %s', (_, offset, expected) => {
  let agent: ReplayServer;
  beforeAll(async () => {
    agent = await startReplay(url => {
      const state = { machine: 1, now: nowSecond(), staleSeconds: 0 };
      const date = at(nowSecond() + offset).toUTCString();
      if (url.pathname.endsWith('/allmetrics')) return json(allMetrics(state), { date });
      const [chart, after, before] = ['chart', 'after', 'before'].map(key => url.searchParams.get(key) ?? '');
      return json(chartData(state, chart ?? '', Number(after), Number(before)), { date });
    });
  });
  afterAll(() => agent.close());

  test('is asked only for what it can have by its own clock', async () => {
    const range = { from: at(START), to: at(START + 60) };
    expect(await monitor.readSeconds(machineAt(agent.url), range, limits)).toMatchObject(expected);
    const asked = agent.requests.filter(path => path.includes('/data'));
    expect(asked.length > 0).toBe(expected.reason === null);
  });
});

describe.each(['v1', 'v2'] as const)('the recorded seconds of a real agent, %s', version => {
  let agent: ReplayServer;
  const first = RECORDED_WINDOW.start.getTime() / 1000;
  const sums = sumsOf(version);

  beforeAll(async () => {
    const date = at(first + 3600).toUTCString();
    agent = await startReplay(url => {
      const reply = recordedReply(version, url);
      return { ...reply, headers: { ...reply.headers, date } };
    });
  });
  afterAll(() => agent.close());

  test('are the sums of what it shows of its CPU, each at its second', async () => {
    const { from, metrics } = await read(agent.url, first, first + 600);
    expect([from, Object.keys(metrics)]).toEqual([at(first), ['cpu']]);
    expect(
      metrics.cpu?.map((value, place) => Math.abs(value! - (sums.get(first + 1 + place) ?? Number.NaN)) < 1e-9),
    ).toEqual(Array(600).fill(true));
  });

  test('are cut to what is wanted of them', async () => {
    const { from, metrics } = await read(agent.url, first + 3, first + 598);
    expect(from).toEqual(at(first + 3));
    expect(metrics.cpu).toHaveLength(595);
    expect(metrics.cpu?.[0]).toBeCloseTo(sums.get(first + 4) ?? Number.NaN, 9);
    expect(metrics.cpu?.at(-1)).toBeCloseTo(sums.get(first + 598) ?? Number.NaN, 9);
  });
});

/** By second, read apart from the product's own parser. */
function sumsOf(version: RecordedVersion): ReadonlyMap<number, number> {
  const { result } = JSON.parse(String(recorded(version, 'raw600.system.cpu'))) as { result: { data: number[][] } };
  return new Map(result.data.map(([time = 0, ...values]) => [time, values.reduce((sum, value) => sum + value, 0)]));
}

const HOSTILE: readonly (readonly [HostileKind, Reason])[] = [
  ['wrong window', 'bad_response'],
  ['points outside of the window', 'bad_response'],
  ['strings for numbers', 'bad_response'],
  ['1e308 for numbers', 'bad_response'],
  ['an array', 'bad_response'],
  ['cut json', 'bad_response'],
  ['deep json', 'bad_response'],
  ['huge body without length', 'too_large'],
  ['gzip bomb', 'bad_response'],
  ['reset after bytes', 'reset'],
  ['closed without a byte', 'denied'],
  ['403', 'denied'],
  ['404 no metrics', 'no_data'],
  ['503', 'no_data'],
  ['silence', 'timeout'],
  ['a byte every 200 ms', 'timeout'],
];

describe('agents that spoil the answers about their seconds', () => {
  let agents: RunningAgents;
  beforeAll(async () => {
    agents = await startHostileAgents(
      HOSTILE.map(([kind]) => kind),
      'data',
    );
  });
  afterAll(() => agents.stop());

  test.each(HOSTILE.map(([kind, reason], place) => ({ kind, reason, place })))(
    '$kind: $reason',
    async ({ reason, place }) => {
      const range = { from: at(START), to: at(START + 60) };
      const brief = { timeoutMs: 1000, signal: never };
      const reading = await monitor.readSeconds(machineAt(agents.urls[place] ?? ''), range, brief);
      expect(reading).toEqual({ reason, detail: expect.any(String) });
    },
  );
});

test('a machine without an agent has no seconds, and that is ours', async () => {
  const range = { from: at(START), to: at(START + 60) };
  const reading = await monitor.readSeconds({ ...machineAt(''), netdata: null }, range, limits);
  expect(reading).toMatchObject({ reason: 'unobserved' });
});
