import { Clock } from '#config';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { WindowReading } from '../../../libs/collector/src/monitors/monitor.ts';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { allMetrics, chartData } from '../../support/agents/fake-agent.ts';
import { startReplay, type Reply, type ReplayServer } from '../../support/agents/replay-server.ts';
import { machineAt, never } from './machine.ts';

const limits = { timeoutMs: 2000, signal: never };
const START = Math.floor(Date.now() / 60_000) * 60 - 120;
const window = { start: new Date(START * 1000), lengthMs: 60_000 };

type Dimensions = Readonly<Record<string, number | null>>;
interface FakeChart {
  readonly step: number;
  readonly of: (second: number) => Dimensions;
  /** How long ago its last value was. */
  readonly ageSeconds?: number;
}

/** What the agent has beside the charts of a row. */
const CHARTS = new Map<string, FakeChart>(
  Object.entries({
    'nginx.requests': { step: 1, of: second => ({ requests: second % 10, failed: -(second % 3) }) },
    // Its plugin looks once in ten seconds.
    'sensors.temp': { step: 10, of: second => ({ 'Core 0': 40 + (second % 20), 'Core 1': null }), ageSeconds: 6 },
    'net.wan/0:1-ü+&%#': { step: 1, of: () => ({ received: 5, sent: -7 }) },
    'mem.available': { step: 1, of: () => ({ MemAvailable: 512 }) },
    'stopped.chart': { step: 1, of: () => ({ last: 99 }), ageSeconds: 12 },
    'spoilt.chart': { step: 1, of: () => ({ much: 1e300 }) },
    'proto.chart': {
      step: 1,
      of: () =>
        Object.fromEntries([
          ['__proto__', 3],
          ['nul\u0000', 4],
        ]),
    },
    'wide.chart': { step: 1, of: () => Object.fromEntries(Array.from({ length: 990 }, (_, at) => [`d${at}`, at])) },
  }),
);

const json = (body: unknown): Reply => ({
  body: JSON.stringify(body),
  headers: { server: 'Netdata Embedded HTTP Server v1.37.1' },
});
const noChart: Reply = { status: 404, body: 'No metrics where matched to query.' };

function liveChart(id: string, { of, ageSeconds = 0 }: FakeChart, now: number): unknown {
  const dimensions = Object.entries(of(now)).map(([name, value]) => [name, { name, value }]);
  const shape = { name: id, family: 'x', context: 'x', units: 'x', last_updated: now - ageSeconds };
  return { ...shape, dimensions: Object.fromEntries(dimensions) };
}

function windowOf({ step, of }: FakeChart, after: number, before: number): unknown {
  const first = step === 1 ? after : (Math.floor(after / step) + 1) * step;
  const last = Math.floor(before / step) * step;
  const ids = Object.keys(of(0));
  const data = [];
  for (let at = last; at >= first; at -= step) data.push([at, ...Object.values(of(at))]);
  return { view_update_every: step, after: first, before: last, dimension_ids: ids, result: { data } };
}

/** How many requests for the window of a chart fail before one succeeds. */
const failures = new Map<string, number>();
let agent: ReplayServer;
let monitor: NetdataMonitor;

beforeAll(async () => {
  agent = await startReplay(url => {
    const now = Math.floor(Date.now() / 1000);
    const state = { machine: 3, now, staleSeconds: 0 };
    const query = url.searchParams;
    const chart = query.get('chart') ?? '';
    if (url.pathname.endsWith('/info')) return json({ version: 'v1.37.1' });
    if (url.pathname.endsWith('/chart'))
      return chart === 'system.cpu' ? json({ update_every: 1 }) : json({ update_every: CHARTS.get(chart)?.step });
    if (url.pathname.endsWith('/allmetrics')) {
      const asked = new Set((query.get('filter') ?? '').split(' '));
      const beside = [...CHARTS].filter(([id]) => asked.has(id));
      const live = beside.map(([id, own]) => [id, liveChart(id, own, now)] as const);
      return json({ ...(allMetrics(state) as object), ...Object.fromEntries(live) });
    }
    const [after, before] = [Number(query.get('after')), Number(query.get('before'))];
    const left = failures.get(chart) ?? 0;
    failures.set(chart, left - 1);
    if (left > 0) return { status: 500, body: 'oops' };
    const beside = CHARTS.get(chart);
    if (beside !== undefined) return json(windowOf(beside, after, before));
    const own = chart === 'constructor' ? null : chartData(state, chart, after, before);
    return own === null ? noChart : json(own);
  });
});
afterAll(() => agent.close());
beforeEach(() => {
  failures.clear();
  monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
});
afterEach(() => monitor.close());

const machineWith = (charts: readonly string[]) => ({ ...machineAt(agent.url), charts });
const asksFor = (part: string): string[] =>
  agent.requests.map(path => decodeURIComponent(path)).filter(path => path.includes(part));
const readWindow = async (charts: readonly string[]): Promise<WindowReading & { reason: null }> => {
  const reading = await monitor.readWindow(machineWith(charts), window, limits);
  if (reading.reason !== null) throw new Error(reading.detail);
  return reading;
};

test('a probe asks for them in its one request', async () => {
  const before = agent.requests.length;
  const { reason, measures, detail, values } = await monitor.probe(
    machineWith(['nginx.requests', 'mem.available']),
    limits,
  );
  expect(agent.requests.slice(before).filter(path => path.includes('allmetrics'))).toHaveLength(1);
  expect([reason, detail, values?.load1]).toEqual([null, null, 0.8]);
  expect(Object.keys(measures ?? {})).toEqual([
    'nginx.requests.requests',
    'nginx.requests.failed',
    'mem.available.avail',
  ]);
  expect(measures?.['nginx.requests.failed']).toBeLessThanOrEqual(0);
});

test('a live read asks for the charts of a row only', async () => {
  const before = agent.requests.length;
  expect(await monitor.live(machineWith(['nginx.requests']), limits)).not.toBeNull();
  expect(agent.requests.slice(before).filter(path => path.includes('nginx'))).toEqual([]);
});

test('a window has each dimension as the agent has it: own ids, own signs, every second counted', async () => {
  const { charts, metrics } = await readWindow(['nginx.requests', 'sensors.temp', 'mem.available']);
  const seconds = Array.from({ length: 60 }, (_, at) => START + 1 + at);
  const failed = seconds.map(second => -(second % 3));
  expect(charts['nginx.requests']?.['failed']).toEqual({
    avg: failed.reduce((sum, value) => sum + value, 0) / 60,
    min: -2,
    max: 0,
    samples: 60,
    expected: 60,
  });
  expect(charts['nginx.requests']?.['requests']).toMatchObject({ min: 0, max: 9, samples: 60 });
  expect(charts['sensors.temp']).toMatchObject({
    'Core 0': { samples: 6, expected: 6 },
    'Core 1': { avg: null, min: null, max: null, samples: 0, expected: 6 },
  });
  expect(charts['mem.available']).toMatchObject({ avail: { avg: 512, samples: 60 } });
  expect(metrics.cpu).toMatchObject({ samples: 60 });
});

test('a chart of a row may be asked for by itself as well, and is read once', async () => {
  const before = agent.requests.length;
  const { charts, metrics } = await readWindow(['system.io']);
  expect(agent.requests.slice(before).filter(path => path.includes('chart=system.io'))).toHaveLength(1);
  expect(charts['system.io']?.['out']?.avg).toBeCloseTo(-(metrics.diskWrite?.avg ?? 0) / 1024, 9);
});

test('a chart that has another id in another version is read there and kept by the name in the file', async () => {
  const { charts } = await readWindow(['disk_space./', 'disk_space._']);
  expect(charts['disk_space./']?.['used']).toMatchObject({ avg: 33, samples: 60 });
  expect(charts['disk_space._']).toEqual(charts['disk_space./']);
});

test('odd characters of an id arrive as they are written', async () => {
  const id = 'net.wan/0:1-ü+&%#';
  expect((await monitor.probe(machineWith([id]), limits)).measures).toEqual({
    [`${id}.received`]: 5,
    [`${id}.sent`]: -7,
  });
  expect((await readWindow([id])).charts[id]).toMatchObject({ sent: { avg: -7 } });
});

test.each([
  'nginx.*',
  '*',
  'a b',
  '!system.cpu',
  'nginx.requests system.cpu',
  'nginx.requests|system.cpu',
  'a,b',
  'a\\b',
  '\ud800',
])('%j is no id of a chart: it is never asked for, and the probe says so', async pattern => {
  const before = agent.requests.length;
  const { reason, detail, measures } = await monitor.probe(machineWith([pattern, 'nginx.requests']), limits);
  expect(reason).toBeNull();
  expect(detail).toContain('no chart can be called');
  expect(Object.keys(measures ?? {})).toEqual(['nginx.requests.requests', 'nginx.requests.failed']);
  expect(Object.keys((await readWindow([pattern, 'nginx.requests'])).charts)).toEqual(['nginx.requests']);
  const filters = agent.requests
    .slice(before)
    .flatMap(path => new URL(path, 'http://x').searchParams.get('filter') ?? []);
  expect(new Set(filters)).toEqual(
    new Set([
      'system.cpu system.ram system.load system.io system.net system.swap mem.swap system.uptime disk_space.* nginx.requests',
    ]),
  );
  const asked = agent.requests.slice(before).flatMap(path => new URL(path, 'http://x').searchParams.get('chart') ?? []);
  expect(asked).not.toContain(pattern);
});

test('a chart that the agent does not have is named, and nothing else suffers', async () => {
  const charts = ['apache.requests', 'nginx.requests', 'mysql.queries'];
  const { reason, detail, measures } = await monitor.probe(machineWith(charts), limits);
  expect([reason, detail]).toEqual([
    null,
    'Of the charts asked for, the agent does not have apache.requests, mysql.queries.',
  ]);
  expect(Object.keys(measures ?? {})).toHaveLength(2);
  expect(Object.keys((await readWindow(charts)).charts)).toEqual(['nginx.requests']);
});

test('a chart whose values stopped gives no old value; a slow one gives its last', async () => {
  const machine = machineWith(['stopped.chart', 'sensors.temp']);
  // How often a chart has a value is asked for beside the first probe.
  const detail = await vi.waitUntil(async () => (await monitor.probe(machine, limits)).detail, { timeout: 2000 });
  expect(detail).toBe('Of the charts asked for, the agent has no new values of stopped.chart.');
  const { measures } = await monitor.probe(machine, limits);
  expect(Object.keys(measures ?? {})).toEqual(['sensors.temp.Core 0']);
});

test('a chart that makes no sense counts as missing', async () => {
  const { reason, detail, values } = await monitor.probe(machineWith(['spoilt.chart']), limits);
  expect([reason, values?.load1]).toEqual([null, 0.8]);
  expect(detail).toContain('does not have spoilt.chart');
  const { charts, metrics } = await readWindow(['spoilt.chart']);
  expect([charts, metrics.cpu?.samples]).toEqual([{}, 60]);
});

test.each([
  [1, true],
  [2, false],
])('a chart that fails %i times is there: %s; the row is there in any case', async (times, isThere) => {
  failures.set('nginx.requests', times);
  const { charts, metrics } = await readWindow(['nginx.requests']);
  expect(['nginx.requests' in charts, metrics.cpu?.samples]).toEqual([isThere, 60]);
});

test('a chart of the row that fails fails the reading, and charts beside it are not asked for', async () => {
  failures.set('system.cpu', 1);
  const before = agent.requests.length;
  const reading = await monitor.readWindow(machineWith(['nginx.requests']), window, limits);
  expect(reading.reason).toBe('bad_response');
  expect(agent.requests.slice(before).filter(path => path.includes('chart=nginx'))).toEqual([]);
});

test('names that mean something to JavaScript are names, and those that cannot be stored are left out', async () => {
  const { charts } = await readWindow(['proto.chart', 'constructor']);
  expect(Object.keys(charts)).toEqual(['proto.chart']);
  expect(Object.keys(charts['proto.chart'] ?? {})).toEqual(['__proto__']);
  const { measures } = await monitor.probe(machineWith(['proto.chart']), limits);
  expect(Object.keys(measures ?? {})).toEqual(['proto.chart.__proto__']);
});

test('of too many dimensions whole charts are left out, and the probe names them', async () => {
  const charts = [
    'wide.chart',
    'proto.chart',
    'net.wan/0:1-ü+&%#',
    'nginx.requests',
    'sensors.temp',
    'mem.available',
    'system.cpu',
  ];
  const { detail } = await monitor.probe(machineWith(charts), limits);
  expect(detail).toBe('Of the charts asked for, there is no room for system.cpu.');
  expect(Object.keys((await readWindow(charts)).charts)).not.toContain('system.cpu');
});

test('charts whose names do not fit into one request are left to the window', async () => {
  const long = Array.from({ length: 50 }, (_, at) => `a.${'long'.repeat(40)}${at}`);
  const { detail } = await monitor.probe(machineWith([...long, 'nginx.requests']), limits);
  expect(detail).toContain('there is no room for');
  expect(Math.max(...asksFor('long').map(path => path.length))).toBeLessThan(6500);
  expect(Object.keys((await readWindow([...long, 'nginx.requests'])).charts)).toEqual(['nginx.requests']);
});
