import { Clock, type MetricName, type Reason } from '#config';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { deriveOne } from '../../../libs/collector/src/monitors/netdata/formulas.ts';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { AgentReader } from '../../../libs/collector/src/reading/agent-reader.ts';
import { agentTarget } from '../../../libs/collector/src/reading/agent-target.ts';
import { NO_CREDENTIALS } from '../../../libs/collector/src/reading/credentials.ts';
import {
  recorded,
  RECORDED_WINDOW,
  recordedReply,
  type RecordedVersion,
} from '../../support/agents/recorded-answers.ts';
import { startReplay, type Reply, type ReplayServer } from '../../support/agents/replay-server.ts';
import { machineAt, never } from './machine.ts';

const limits = { timeoutMs: 3000, signal: never };

/** The agent's own averages of the recorded window, by dimension. */
function ownAverages(version: RecordedVersion, chart: string): Record<string, number> {
  const answer = JSON.parse(String(recorded(version, `exact600.${chart}`))) as {
    dimension_ids: string[];
    result: { data: [number[]] };
  };
  const [[, ...values]] = answer.result.data;
  return Object.fromEntries(answer.dimension_ids.map((id, at) => [id, values[at] ?? Number.NaN]));
}

// What the kernel itself counted in that window, in kilobits, KiB and GiB; the agents were up to 0.04 % off.
const COUNTED: readonly (readonly [MetricName, chart: string, truth: number])[] = [
  ['netIn', 'system.net', 4497.889 * 125],
  ['netOut', 'system.net', 58_114.8474 * 125],
  ['diskRead', 'system.io', 493.76 * 1024],
  ['diskWrite', 'system.io', 539.7733 * 1024],
  ['disk', 'DISK', (100 * 29.7853) / (29.7853 + 71.677)],
];

describe.each(['v1', 'v2'] as const)('the recorded answers of a real agent, %s', version => {
  const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
  let agent: ReplayServer;

  beforeAll(async () => {
    agent = await startReplay(url => recordedReply(version, url));
  });
  afterAll(async () => {
    await monitor.close();
    await agent.close();
  });

  test('a probe reads every metric', async () => {
    const machine = machineAt(agent.url, 1);
    await monitor.probe(machine, limits);
    const learned = await vi.waitUntil(async () => (await monitor.probe(machine, limits)).facts, { timeout: 3000 });
    const uid = version === 'v1' ? '00000000-0000-4000-8000-000000019937' : '00000000-0000-4000-8000-000000019921';
    expect(learned).toMatchObject({
      version: version === 'v1' ? 'v1.37.1' : 'v2.11.0',
      uid,
      rootChart: version === 'v1' ? 'disk_space._' : 'disk_space./',
    });
    const probe = await monitor.probe({ ...machine, agent: learned }, limits);
    expect(probe).toMatchObject({ reason: null, detail: null, fullestMount: '/', measures: null, facts: null });
    const { swap, ...values } = probe.values!;
    expect(swap).toBeNull();
    expect(Object.entries(values).filter(([, value]) => value === null)).toEqual([]);
    expect(values.disk).toBeCloseTo((100 * 29.7773819) / (29.7773819 + 71.6848984), 9);
    expect(values).toMatchObject({ load1: 3.91, diskFullest: values.disk });
  });

  test('a window is the average of its raw seconds, for the row and by dimension', async () => {
    const machine = { ...machineAt(agent.url, 2), charts: ['system.cpu'] };
    const reading = await monitor.readWindow(machine, RECORDED_WINDOW, limits);
    if (reading.reason !== null) throw new Error(reading.detail);
    const averages = ownAverages(version, 'system.cpu');
    const sum = Object.values(averages).reduce((total, value) => total + value, 0);
    expect(Object.keys(reading.metrics)).toEqual(['cpu']);
    expect(reading.metrics.cpu).toMatchObject({ samples: 600, expected: 600 });
    expect(reading.metrics.cpu?.avg).toBeCloseTo(sum, 5);
    const dimensions = reading.charts['system.cpu'] ?? {};
    expect(Object.keys(dimensions)).toEqual(Object.keys(averages));
    for (const [id, { avg, samples, expected }] of Object.entries(dimensions))
      expect([id, avg, samples, expected]).toEqual([id, expect.closeTo(averages[id] ?? Number.NaN, 5), 600, 600]);
  });

  test.each(COUNTED)('%s out of %s is what the kernel counted', (metric, chart, truth) => {
    const averages = ownAverages(version, chart);
    const value = deriveOne(metric, { ids: Object.keys(averages), values: Object.values(averages) });
    expect(Math.abs((value ?? 0) / truth - 1)).toBeLessThan(0.0005);
  });

  test.each([
    ['load1', 'system.load'],
    ['uptime', 'system.uptime'],
    ['memory', 'system.ram'],
    ['memoryUsed', 'system.ram'],
  ] as const)('%s is found in %s', (metric, chart) => {
    const averages = ownAverages(version, chart);
    const value = deriveOne(metric, { ids: Object.keys(averages), values: Object.values(averages) });
    expect(value).toBeGreaterThan(0);
  });

  test('a chart by its name in the other version is the same chart', async () => {
    const charts = ['disk_space._', 'disk_space./'];
    const { measures, detail } = await monitor.probe({ ...machineAt(agent.url, 3), charts }, limits);
    expect(detail).toBeNull();
    expect(measures).toMatchObject({ 'disk_space._.used': 29.7773819, 'disk_space./.used': 29.7773819 });
  });
});

// What each refusal of a real agent looks like: status and body, measured on 1.37.1 and 2.11.0.
const NOT_AUTHORIZED = 'You need to be authorized to access this resource';
const text = (status: number, body: string): Reply => ({ status, headers: { 'content-type': 'text/plain' }, body });
const REFUSALS: readonly (readonly [string, Reply | null, Reason, string])[] = [
  ['412, bearer token protection', text(412, NOT_AUTHORIZED), 'denied', '"bearer token protection = no"'],
  ['451, allow dashboard from (v2)', text(451, NOT_AUTHORIZED), 'denied', '"allow dashboard from"'],
  [
    '403, allow dashboard from (v1)',
    text(403, 'You are not allowed to access this resource.'),
    'denied',
    '"allow dashboard from"',
  ],
  [
    '403, a token without its grant',
    text(403, "You don't have enough permissions to access this resource"),
    'denied',
    '403',
  ],
  ['closed without a byte', null, 'denied', '"allow connections from"'],
  [
    'an unknown host of a parent',
    text(404, 'This netdata does not maintain a database for host: db-7'),
    'no_data',
    '/host/',
  ],
  ['503 while starting', text(503, '/api/v1/info'), 'no_data', 'starting'],
  [
    '404 of something else',
    text(404, 'File does not exist, or is not accessible: /api'),
    'bad_response',
    'no Netdata API',
  ],
];

describe('a real agent that refuses', () => {
  const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
  let agent: ReplayServer;

  afterEach(() => agent.close());
  afterAll(() => monitor.close());

  test.each(REFUSALS)('%s: probe and window say why and what to do', async (_, reply, reason, advice) => {
    agent = await startReplay(() => reply);
    const machine = machineAt(agent.url);
    const probe = await monitor.probe(machine, limits);
    expect(probe).toMatchObject({ reason, detail: expect.stringContaining(advice), values: null, measures: null });
    const window = await monitor.readWindow(machine, RECORDED_WINDOW, limits);
    expect(window).toEqual({ reason, detail: probe.detail });
  });

  test('the alarm log of v2 is empty: an answer that says so', async () => {
    agent = await startReplay(url => recordedReply('v2', url));
    const reader = new AgentReader(new Clock());
    const target = agentTarget(new URL(agent.url), NO_CREDENTIALS);
    const answer = await reader.read(target, '/api/v1/alarm_log', limits);
    reader.close();
    expect(answer).toEqual({ ok: false, reason: 'bad_response', detail: 'The answer is empty.', status: 200 });
  });
});
