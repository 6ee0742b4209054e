import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clock } from '#config';
import type { DeviceName } from '#collector';
import type { DeviceHistory, MeasureColumns } from '../../libs/collector/src/devices.types.ts';
import { NetdataMonitor } from '../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { machineAt, never } from '../integration/monitors/machine.ts';
import { startCluster, type Cluster, type LabAgent } from './cluster.ts';
import { rawChart } from './raw-seconds.ts';
import { nextWindow, untilSecond } from './stored-rows.ts';

const GIB = 1024 ** 3;
/** A kilobit is 1000 bits. */
const KILOBIT_BYTES = 125;
const TOLERANCE = 1e-6;
/** Its averages are of ten seconds, and are not cut where a minute is. */
const BLUR = 0.05;
const ROOT: DeviceName = { kind: 'mount', name: '/' };
const ETH0: DeviceName = { kind: 'interface', name: 'eth0' };
const limits = { timeoutMs: 5_000, signal: never };

type Point = Readonly<Record<string, number | null>>;
type Derive = (point: Point) => number | null;

const scaled =
  (dimension: string, unit: number): Derive =>
  point => {
    const value = point[dimension] ?? null;
    return value === null ? null : Math.abs(value) * unit;
  };
const usedPercent: Derive = ({ used = null, avail = null }) =>
  used === null || avail === null ? null : (100 * used) / (used + avail);

describe('the devices of a real agent', () => {
  let cluster: Cluster;
  /** Two whole minutes that it has watched. */
  let start: number;
  const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
  const agent = (): LabAgent => cluster.agents[0]!;

  beforeAll(async () => {
    cluster = await startCluster({ name: 'devs', subnet: '10.77.9', agents: 1 });
    ({ start } = nextWindow(60, 3));
    await untilSecond(start + 123);
  }, 300_000);
  afterAll(async () => {
    await monitor.close();
    await cluster?.down();
  });

  async function recall(device: DeviceName): Promise<DeviceHistory> {
    const range = { from: new Date(start * 1000), to: new Date((start + 120) * 1000) };
    const reading = await monitor.recallDevice(machineAt(agent().url), device, range, limits);
    if (reading.reason !== null) throw new Error(`${reading.reason}: ${reading.detail}`);
    return reading.history;
  }

  /** The averages of the agent's own seconds, in so many stretches from the start. */
  async function meansOf(chart: string, derive: Derive, seconds: number): Promise<number[]> {
    const raw = await rawChart(agent().url, chart, { start, seconds: 120 });
    const values = (raw?.points ?? []).map(point => derive(point) ?? Number.NaN);
    expect(values).toHaveLength(120);
    const stretches = Array.from({ length: 120 / seconds }, (_, place) =>
      values.slice(place * seconds, (place + 1) * seconds),
    );
    return stretches.map(own => own.reduce((sum, one) => sum + one, 0) / seconds);
  }

  /** Each average that is not what it should be. */
  function differences(
    { measures }: DeviceHistory,
    measure: string,
    means: readonly number[],
    tolerance: number,
  ): string[] {
    const column = measures[measure]?.avg ?? [];
    expect(column).toHaveLength(means.length);
    return column.flatMap((value, place) => {
      const mean = means[place] ?? Number.NaN;
      return value !== null && Math.abs(value - mean) <= tolerance * mean ? [] : [`${place}: ${value} for ${mean}`];
    });
  }

  const CHARTS = [
    ['what it received', ETH0, 'net.eth0', 'in', scaled('received', KILOBIT_BYTES)],
    ['what it sent', ETH0, 'net.eth0', 'out', scaled('sent', KILOBIT_BYTES)],
    ['what is used of the root mount', ROOT, 'disk_space._', 'usedBytes', scaled('used', GIB)],
    ['how full that is', ROOT, 'disk_space._', 'usedPercent', usedPercent],
  ] as const;

  it('are what it shows in this second', async () => {
    const reading = await monitor.devices(machineAt(agent().url), limits);
    const now = Math.floor(Date.now() / 1000);
    if (reading.reason !== null) throw new Error(reading.detail);
    const { mounts, interfaces } = reading.devices;
    expect(mounts.map(({ mount }) => mount)).toContain('/');
    const eth0 = interfaces.find(({ name }) => name === 'eth0');
    await untilSecond(now + 3);
    const around = await rawChart(agent().url, 'net.eth0', { start: now - 5, seconds: 8 });
    const received = (around?.points ?? []).map(point => scaled('received', KILOBIT_BYTES)(point) ?? Number.NaN);
    const nearest = Math.min(...received.map(value => Math.abs(value - (eth0?.in ?? Infinity)) / value));
    expect(nearest).toBeLessThan(TOLERANCE);
  });

  it.each(CHARTS)('remember in each second %s', async (_what, device, chart, measure, derive) => {
    const history = await recall(device);
    expect([history.from, history.stepSeconds]).toEqual([start, 1]);
    expect(differences(history, measure, await meansOf(chart, derive, 1), TOLERANCE)).toEqual([]);
    const { avg, min, max } = history.measures[measure] as MeasureColumns;
    expect([min, max]).toEqual([avg, avg]);
  });

  it('say since when they are remembered', async () => {
    const { since } = await recall(ROOT);
    expect(since).toBeLessThanOrEqual(start);
    expect(since).toBeGreaterThan(start - 90);
  });

  describe('whose seconds are gone', () => {
    const means = new Map<string, number[]>();
    beforeAll(async () => {
      for (const [, , chart, measure, derive] of CHARTS) means.set(measure, await meansOf(chart, derive, 60));
      await cluster.stop(agent());
      await cluster.forget(agent(), 'seconds');
      await cluster.start(agent());
    }, 60_000);

    it.each(CHARTS)(
      'are told by the minute, as far as it keeps averages: %s',
      async (_what, device, _chart, measure) => {
        const history = await recall(device);
        expect([history.from, history.stepSeconds]).toEqual([start, 60]);
        expect(differences(history, measure, means.get(measure) ?? [], BLUR)).toEqual([]);
      },
    );

    it('have no extremes of what was sent, and those of what was received are around the average', async () => {
      const { measures } = await recall(ETH0);
      expect([...(measures['out']?.min ?? []), ...(measures['out']?.max ?? [])]).toEqual([null, null, null, null]);
      const { avg = [], min = [], max = [] } = measures['in'] ?? {};
      for (const place of [0, 1]) {
        expect(min[place]).toBeLessThan(avg[place] ?? 0);
        expect(max[place]).toBeGreaterThan(avg[place] ?? 0);
      }
    });
  });
});
