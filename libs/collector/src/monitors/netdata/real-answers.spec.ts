import { readFileSync } from 'node:fs';
import type { MetricValues } from '#config';
import { describe, expect, test } from 'vitest';
import type { Latest } from './agent-api.ts';
import { chooseCharts } from './choose-charts.ts';
import { NOTHING_REMEMBERED } from './decide-learning.ts';
import { latestValues } from './latest-values.ts';
import { parseAllMetrics } from './parse-all-metrics.ts';
import { parseChartAnswer } from './parse-chart-answer.ts';
import { parseData } from './parse-data.ts';
import { PointScanner } from './point-scanner.ts';
import { summarizeCharts } from './summarize-charts.ts';

const bytesOf = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url));
const read = (name: string): unknown => JSON.parse(bytesOf(name).toString());
const AT = 1_795_172_764;
const FACTS = { uid: null, os: null, cores: null, memoryBytes: null, rootChart: null, diskCharts: [] };

function latestOf(version: string, agentNow: number): Latest {
  const charts = parseAllMetrics(read(`${version}.allmetrics.filter`));
  if (!charts.ok) throw new Error(charts.detail);
  const at = new Date(agentNow * 1000);
  const answer = { ok: true, status: 200, json: null, date: at, server: null, sentAt: at, receivedAt: at } as const;
  return { charts: charts.value, chosen: chooseCharts(charts.value), answer };
}

function valuesOf(version: string): MetricValues {
  const now = latestValues(latestOf(version, AT + 1), NOTHING_REMEMBERED);
  if (!now.ok) throw new Error(now.detail);
  expect(now.value.fullestMount).toBe('/');
  return now.value.values;
}

// Both agents watched one machine in the same second; these are the values of its answers computed by hand.
describe('one second of one machine, seen by 1.37.1 and 2.11.0', () => {
  test('1.37.1', () => {
    const values = valuesOf('v1');
    expect(values.cpu).toBeCloseTo(0.5102041 + 35.7142857 + 7.1428571, 6);
    expect(values.memory).toBeCloseTo(
      (100 * 897.4335938) / (19090.7148438 + 897.4335938 + 4056.453125 + 60.9609375),
      9,
    );
    expect(values.disk).toBeCloseTo((100 * 29.7773819) / (29.7773819 + 71.6848984), 9);
    expect(values.diskWrite).toBeCloseTo(1217.6382091 * 1024, 6);
    expect(values).toMatchObject({
      netIn: 571.4815166 * 125,
      netOut: 15.9692192 * 125,
      load1: 3.91,
      uptime: 5310.103,
      swap: null,
    });
  });

  test('2.11.0 gives the same levels', () => {
    const [v1, v2] = [valuesOf('v1'), valuesOf('v2')];
    expect(v2.disk).toBe(v1.disk);
    expect(v2.load1).toBe(v1.load1);
    expect(v2.memory).toBeCloseTo(v1.memory ?? 0, 2);
    expect(v2.cpu).toBeCloseTo(38.6934673, 6);
    expect(v2.diskWrite).toBeCloseTo(1559.3324074 * 1024, 6);
  });

  // The agent's own averages of the same window (points=1), added up over the dimensions.
  test.each([
    ['v1', 35.5869247],
    ['v2', 35.634024],
  ])("%s: 300 raw seconds of CPU make the agent's own average", (version, ownAverage) => {
    const answer = parseChartAnswer(bytesOf(`${version}.raw300.system.cpu`), new PointScanner());
    if (!answer.ok) throw new Error(answer.detail);
    const window = parseData(answer.value, { after: 1_795_172_701, before: 1_795_173_000 }, null);
    if (!window.ok) throw new Error(window.detail);
    const rows = (read(`${version}.raw300.system.cpu`) as { result: { data: number[][] } }).result.data;
    const sums = rows.map(([, ...values]) => values.reduce((sum, value) => sum + value, 0));
    const summary = summarizeCharts({ cpu: window.value }).cpu;
    expect(summary).toMatchObject({ samples: 300, expected: 300, max: Math.max(...sums), min: Math.min(...sums) });
    expect(summary?.avg).toBeCloseTo(ownAverage, 4);
  });
});

test('disks are found by context and mount, whatever their ids are', () => {
  expect(chooseCharts(latestOf('v1', AT).charts).rootDisk?.id).toBe('disk_space._');
  expect(chooseCharts(latestOf('v2', AT).charts).rootDisk?.id).toBe('disk_space./');
});

test.each([
  [3, null, null],
  [21, null, null],
  [22, null, 'stale'],
  [3, 1, null],
  [4, 1, 'stale'],
  [11, 5, null],
  [12, 5, 'stale'],
])('values %i s old of an agent with a step of %s s: %s', (age, stepSeconds, reason) => {
  const now = latestValues(latestOf('v1', AT + age), { ...NOTHING_REMEMBERED, stepSeconds });
  expect(now.ok ? null : now.reason).toBe(reason);
});

test('charts that are listed but have no value yet are no data, not stale', () => {
  const latest = latestOf('v1', AT);
  const charts = latest.charts.map(chart => ({ ...chart, lastUpdated: 0 }));
  const now = latestValues({ ...latest, charts, chosen: chooseCharts(charts) }, NOTHING_REMEMBERED);
  expect(now.ok ? null : now.reason).toBe('no_data');
});

test('an old chart beside fresh ones gives null, never its old value', () => {
  const latest = latestOf('v1', AT);
  const charts = latest.charts.map(chart => (chart.id === 'system.load' ? { ...chart, lastUpdated: AT - 60 } : chart));
  const now = latestValues({ ...latest, charts, chosen: chooseCharts(charts) }, NOTHING_REMEMBERED);
  expect(now.ok && now.value.values).toMatchObject({ load1: null, uptime: 5310.103 });
});

test.each([
  ['v2.11.0', false, null],
  ['v2.11.0', true, 0],
  ['v1.37.1', false, 0],
  ['1.47.5', false, 0],
  [null, false, null],
] as const)('network zeros of an agent %s that has shown traffic (%s) are %s', (version, sawTraffic, netIn) => {
  const latest = latestOf('v2', AT);
  const charts = latest.charts.map(chart => (chart.id === 'system.net' ? { ...chart, values: [0, 0] } : chart));
  const facts = version === null ? null : { ...FACTS, version };
  const now = latestValues(
    { ...latest, charts, chosen: chooseCharts(charts) },
    { ...NOTHING_REMEMBERED, facts, sawTraffic },
  );
  expect(now.ok && now.value.values.netIn).toBe(netIn);
});
