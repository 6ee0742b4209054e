import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clock, type Reason } from '#config';
import type { DeviceName } from '#collector';
import type { DeviceHistory, DeviceHistoryReading, Devices } from '../../../libs/collector/src/devices.types.ts';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { recordedReply, type RecordedVersion } from '../../support/agents/recorded-answers.ts';
import { DEVICE_TRUTH, startRememberingAgent, type Remembering } from '../../support/agents/remembering-agent.ts';
import { startReplay, type ReplayServer, type Reply } from '../../support/agents/replay-server.ts';
import { startHostileAgents, type HostileKind } from '../../support/hostile-agents.ts';
import { machineAt, never } from './machine.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const GIB = 1024 ** 3;
const MOUNT: DeviceName = { kind: 'mount', name: '/var/lib' };
const ETH0: DeviceName = { kind: 'interface', name: 'eth0' };
const limits = { timeoutMs: 3000, signal: never };
const nowSecond = (): number => Math.floor(Date.now() / 1000);

let monitor: NetdataMonitor;
let agent: ReplayServer | null = null;
beforeEach(() => {
  monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
});
afterEach(async () => {
  await monitor.close();
  await agent?.close();
  agent = null;
});

async function start(how: Partial<Remembering> = {}): Promise<string> {
  const begin = nowSecond() - 40 * DAY;
  agent = await startRememberingAgent({ since: [begin, begin, begin], ...how });
  return agent.url;
}

async function devicesAt(url: string): Promise<Devices> {
  const reading = await monitor.devices(machineAt(url), limits);
  if (reading.reason !== null) throw new Error(`${reading.reason}: ${reading.detail}`);
  return reading.devices;
}

/** What is remembered of the time from so long ago until then, in seconds. */
function recall(url: string, device: DeviceName, ago: number, until = 0): Promise<DeviceHistoryReading> {
  const now = nowSecond();
  const range = { from: new Date((now - ago) * 1000), to: new Date((now - until) * 1000) };
  return monitor.recallDevice(machineAt(url), device, range, limits);
}

async function historyAt(url: string, device: DeviceName, ago: number, until = 0): Promise<DeviceHistory> {
  const reading = await recall(url, device, ago, until);
  if (reading.reason !== null) throw new Error(`${reading.reason}: ${reading.detail}`);
  return reading.history;
}

/** What a point comes to, by the truth of its seconds, in the unit of distomon. */
function truthOf(value: (second: number) => number, from: number, length: number, unit: number) {
  const values = Array.from({ length }, (_, place) => value(from + place + 1) * unit);
  const sum = values.reduce((sofar, one) => sofar + one, 0);
  return { avg: sum / length, min: Math.min(...values), max: Math.max(...values) };
}

/** Everything of a measure that is not as in truth, as `part place: value for value`. */
function differences(
  { from, stepSeconds, measures }: DeviceHistory,
  name: string,
  value: (second: number) => number,
  unit: number,
): string[] {
  const { avg, min, max } = measures[name] ?? { avg: [], min: [], max: [] };
  return avg.flatMap((_, place) => {
    const truth = truthOf(value, from + place * stepSeconds, stepSeconds, unit);
    return Object.entries({ avg, min, max }).flatMap(([part, column]) => {
      const [is, wanted] = [column[place] ?? Number.NaN, truth[part as keyof typeof truth]];
      return Math.abs(is - wanted) <= 1e-9 * Math.abs(wanted) ? [] : [`${part} ${place}: ${is} for ${wanted}`];
    });
  });
}

describe('the devices of a machine now', () => {
  test('are read with one request, in the units of a row', async () => {
    const url = await start();
    const { mounts, interfaces } = await devicesAt(url);
    const second = nowSecond();
    const near = (value: (at: number) => number, unit: number) => [value(second - 1) * unit, value(second) * unit];
    expect(mounts.map(({ mount }) => mount)).toEqual(['/var/lib']);
    expect(near(DEVICE_TRUTH.usedGib, GIB).map(Math.round)).toContain(mounts[0]?.usedBytes);
    expect(mounts[0]?.totalBytes).toBe(95 * GIB);
    expect(mounts[0]?.usedPercent).toBeCloseTo((100 * (mounts[0]?.usedBytes ?? 0)) / (90 * GIB), 6);
    expect(interfaces.map(({ name }) => name)).toEqual(['eth0']);
    expect(near(DEVICE_TRUTH.receivedKilobits, 125)).toContain(interfaces[0]?.in);
    expect(near(DEVICE_TRUTH.sentKilobits, 125)).toContain(interfaces[0]?.out);
    expect(agent?.requests).toHaveLength(1);
  });

  test.each<RecordedVersion>(['v1', 'v2'])('are found in the answer of a real agent, %s', async version => {
    agent = await startReplay(url => recordedReply(version, url));
    const { mounts } = await devicesAt(agent.url);
    expect(mounts.map(({ mount }) => mount)).toEqual(['/']);
    expect(mounts[0]?.totalBytes).toBeGreaterThan(200 * GIB);
    expect(mounts[0]?.usedPercent).toBeGreaterThan(5);
  });

  test.each<[string, Partial<Remembering>, Reason]>([
    ['values that are old', { staleSeconds: 60 }, 'stale'],
    ['nothing (yet)', { instead: () => ({ body: '{}' }) }, 'no_data'],
  ])('that shows %s are none', async (_, how, reason) => {
    const reading = await monitor.devices(machineAt(await start(how)), limits);
    expect(reading).toEqual({ reason, detail: expect.any(String) as string });
  });

  test('of which some are old leave those out', async () => {
    const at = nowSecond();
    const chart = (last_updated: number, family: string) => ({
      context: 'disk.space',
      family,
      last_updated,
      dimensions: { used: { value: 1 }, avail: { value: 1 } },
    });
    const charts = { 'disk_space._a': chart(at, '/a'), 'disk_space._old': chart(at - 3600, '/old') };
    const { mounts } = await devicesAt(await start({ instead: () => ({ body: JSON.stringify(charts) }) }));
    expect(mounts.map(({ mount }) => mount)).toEqual(['/a']);
  });
});

describe('what an agent remembers of a device', () => {
  test.each<[string, number, number]>([
    ['the last minute', MINUTE, 1],
    ['a quarter of an hour', 15 * MINUTE, 2],
    ['an hour', HOUR, 5],
    ['six hours', 6 * HOUR, 30],
    ['a day', DAY, 120],
  ])('in %s is exact, in points that suit a chart', async (_, ago, stepSeconds) => {
    const url = await start();
    const eth0 = await historyAt(url, ETH0, ago);
    expect(eth0.stepSeconds).toBe(stepSeconds);
    const { length } = eth0.measures['in']?.avg ?? [];
    expect(length).toBeLessThanOrEqual(800);
    expect(length * stepSeconds).toBeGreaterThan(ago - 2 * stepSeconds - 4);
    expect(eth0.from % stepSeconds).toBe(0);
    expect(differences(eth0, 'in', DEVICE_TRUTH.receivedKilobits, 125)).toEqual([]);
    expect(differences(eth0, 'out', DEVICE_TRUTH.sentKilobits, 125)).toEqual([]);
    const mount = await historyAt(url, MOUNT, ago);
    expect(differences(mount, 'usedBytes', DEVICE_TRUTH.usedGib, GIB)).toEqual([]);
    const percent = (second: number): number => (100 * DEVICE_TRUTH.usedGib(second)) / 90;
    expect(differences(mount, 'usedPercent', percent, 1)).toEqual([]);
  });

  test('of a month is of its averages, and the extremes of what was sent are not made up', async () => {
    const url = await start();
    const eth0 = await historyAt(url, ETH0, 30 * DAY);
    expect(eth0.stepSeconds).toBe(HOUR);
    expect(differences(eth0, 'in', DEVICE_TRUTH.receivedKilobits, 125)).toEqual([]);
    const { avg = [], min = [], max = [] } = eth0.measures['out'] ?? {};
    expect(avg.length).toBeGreaterThan(718);
    expect(avg).not.toContain(null);
    expect([...new Set([...min, ...max])]).toEqual([null]);
  });

  test('is told since when it does, and nothing is asked for before', async () => {
    const since = nowSecond() - 40 * MINUTE;
    const {
      since: told,
      from,
      stepSeconds,
    } = await historyAt(await start({ since: [since, since, since] }), MOUNT, 9 * DAY);
    expect(told).toBe(since - 1);
    expect(stepSeconds).toBe(5);
    expect(from).toBeGreaterThan(since - 7);
  });

  test.each<[string, readonly [number, number, number], number, number, number]>([
    ['minutes, when its seconds are gone', [DAY, 30 * DAY, 30 * DAY], 20 * DAY + HOUR, 20 * DAY, 60],
    ['hours, when its minutes are gone too', [DAY, 10 * DAY, 30 * DAY], 20 * DAY + 5 * HOUR, 20 * DAY, HOUR],
    ['hours of all of it, when some of its minutes are', [DAY, 3 * DAY, 30 * DAY], 5 * DAY, 0, HOUR],
  ])('is told in %s', async (_, kept, ago, until, stepSeconds) => {
    const now = nowSecond();
    const since = kept.map(seconds => now - seconds) as unknown as Remembering['since'];
    const history = await historyAt(await start({ since }), ETH0, ago, until);
    expect(history.stepSeconds).toBe(stepSeconds);
    expect(differences(history, 'in', DEVICE_TRUTH.receivedKilobits, 125)).toEqual([]);
  });

  test('of a chart with slow points has none between them', async () => {
    const { stepSeconds, measures } = await historyAt(await start({ step: 10 }), MOUNT, 5 * MINUTE);
    expect(stepSeconds).toBe(10);
    expect(measures['usedBytes']?.avg.length).toBeGreaterThanOrEqual(27);
    expect(measures['usedBytes']?.avg).not.toContain(null);
  });

  test('ends where the memory of an agent ends whose clock is behind', async () => {
    const { from, stepSeconds, measures } = await historyAt(await start({ clockSeconds: -300 }), ETH0, 10 * MINUTE);
    const end = from + (measures['in']?.avg.length ?? 0) * stepSeconds;
    expect(end).toBeLessThanOrEqual(nowSecond() - 300);
    expect(measures['in']?.avg).not.toContain(null);
  });

  test('costs five requests, and two fewer when each point is its own', async () => {
    const url = await start();
    await historyAt(url, ETH0, MINUTE);
    expect(agent?.requests).toHaveLength(3);
    await historyAt(url, ETH0, HOUR);
    expect(agent?.requests).toHaveLength(8);
  });

  test.each<[string, DeviceName, number, number, Reason]>([
    ['a mount that it does not have', { kind: 'mount', name: '/nope' }, HOUR, 0, 'no_data'],
    ['an interface by the name of a mount', { kind: 'interface', name: '/var/lib' }, HOUR, 0, 'no_data'],
    ['an interface by the name of its chart', { kind: 'interface', name: 'net.eth0' }, HOUR, 0, 'no_data'],
    ['the time before its memory', ETH0, 90 * DAY, 80 * DAY, 'no_data'],
    ['the time to come', ETH0, -HOUR, -2 * HOUR, 'no_data'],
    ['this very second', ETH0, 1, 0, 'no_data'],
  ])('of %s is nothing', async (_, device, ago, until, reason) => {
    expect(await recall(await start(), device, ago, until)).toMatchObject({ reason });
  });
});

describe('an agent that answers wrongly', () => {
  const HOSTILE: readonly [HostileKind, Reason][] = [
    ['huge body without length', 'too_large'],
    ['redirect', 'bad_response'],
    ['garbage', 'bad_response'],
    ['empty body', 'bad_response'],
    ['cut json', 'bad_response'],
    ['NaN for numbers', 'bad_response'],
    ['strings for numbers', 'bad_response'],
    ['1e308 for numbers', 'bad_response'],
    ['deep json', 'bad_response'],
    ['an array', 'bad_response'],
    ['403', 'denied'],
    ['503', 'no_data'],
    ['closed without a byte', 'denied'],
    ['not http', 'bad_response'],
  ];
  test.each(HOSTILE)('with %s has no devices, and no memory: %s', async (kind, reason) => {
    const hostile = await startHostileAgents([kind]);
    try {
      const url = hostile.urls[0] ?? '';
      expect(await monitor.devices(machineAt(url), limits)).toMatchObject({ reason });
      expect(await recall(url, MOUNT, HOUR)).toMatchObject({ reason, since: null });
    } finally {
      await hostile.stop();
    }
  });

  /** Only what it says of points is wrong. */
  const ofPoints = (change: (body: Record<string, unknown>) => unknown): Partial<Remembering> => ({
    instead: url => (url.pathname.endsWith('/data') ? { body: JSON.stringify(change(bodyOf(url))) } : undefined),
  });
  /** An answer that would be right. */
  const bodyOf = (url: URL): Record<string, unknown> => {
    const [after = 0, before = 0, points = 1] = ['after', 'before', 'points'].map(key =>
      Number(url.searchParams.get(key)),
    );
    const step = (before - after + 1) / points;
    const data = Array.from({ length: points }, (_, place) => [before - place * step, 1, -1]);
    const ids = ['received', 'sent'];
    return {
      after,
      before,
      view_update_every: step,
      dimension_ids: ids,
      db_points_per_tier: [points, 0, 0],
      result: { data },
    };
  };
  test.each<[string, (body: Record<string, unknown>) => unknown]>([
    ['another time', body => ({ ...body, after: Number(body['after']) - 60, before: Number(body['before']) - 60 })],
    ['another end', body => ({ ...body, before: Number(body['before']) + 60 })],
    ['another beginning', body => ({ ...body, after: Number(body['after']) - 60 })],
    ['points of another length', body => ({ ...body, view_update_every: 7 })],
    ['points outside of the time', body => ({ ...body, result: { data: [[Number(body['before']) + 5, 1, 1]] } })],
    ['points between the points', body => ({ ...body, result: { data: [[Number(body['before']) - 1, 1, 1]] } })],
    ['too few numbers', body => ({ ...body, result: { data: [[body['before'], 1]] } })],
    ['words', body => ({ ...body, result: { data: [[body['before'], 'a', 'b']] } })],
    ['no dimensions', body => ({ ...body, dimension_ids: null })],
    ['nothing', () => null],
  ])('with %s is not believed', async (_, change) => {
    const url = await start(ofPoints(change));
    expect(await recall(url, ETH0, HOUR)).toMatchObject({ reason: 'bad_response' });
  });

  test('about the extremes only loses these', async () => {
    const broken = (url: URL): Reply | undefined =>
      url.searchParams.get('group') === 'max' ? { status: 500, body: 'oops' } : undefined;
    const { measures } = await historyAt(await start({ instead: broken }), ETH0, HOUR);
    expect(measures['in']?.max.every(value => value === null)).toBe(true);
    expect(measures['in']?.avg).not.toContain(null);
    expect(measures['in']?.min).not.toContain(null);
  });

  test('that it has coarser points again and again is asked three times at most', async () => {
    const url = await start(ofPoints(body => ({ ...body, db_points_per_tier: [0, 0, 9] })));
    await recall(url, ETH0, HOUR);
    expect(agent?.requests.filter(path => path.includes('group=average')).length).toBeLessThanOrEqual(3);
  });
});
