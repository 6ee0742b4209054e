import type { MetricValues, Window } from '#config';
import type { MetricRow, StoredMachine } from '#storage';
import type { DeviceHistoryReading, DeviceName, DevicesReading } from '../../devices.types.ts';
import { AgentReader } from '../../reading/agent-reader.ts';
import type { Failure } from '../../reading/answer.types.ts';
import { hasCoreSamples } from '../metric-values.ts';
import type {
  KindDeps,
  MetricsMonitor,
  MonitorDeps,
  ProbeResult,
  ReadLimits,
  SecondsRange,
  SecondsReading,
  WindowReading,
} from '../monitor.ts';
import { secondsReading } from '../seconds-reading.ts';
import { AgentApi, momentOf, type Latest } from './agent-api.ts';
import { AgentMemory } from './agent-memory.ts';
import { AgentTargets } from './agent-targets.ts';
import { measureCharts } from './chart-measures.ts';
import { clockOffsetMs } from './clock-offset.ts';
import { devicesOf } from './device-charts.ts';
import { extraCharts, findChart, NO_CHARTS, type ExtraCharts } from './extra-charts.ts';
import { isUnmeasured, latestValues } from './latest-values.ts';
import type { ChartWindow } from './parse-data.ts';
import { readDevice } from './read-device.ts';
import { decideSeconds, furthestFromZero, secondsOfMetric } from './read-seconds.ts';
import { askedWindowOf, WindowCharts } from './read-window.ts';
import { summarizeCharts, summarizeDimensions } from './summarize-charts.ts';
import { WindowClock, windowTimes } from './window-limits.ts';

/** The charts of which a row cannot do without both. */
const CORE_CHARTS = ['system.cpu', 'system.ram'];

/** Reads machines through their Netdata agents, versions 1.37 to 2.11. */
export class NetdataMonitor implements MetricsMonitor {
  readonly source = 'agent';
  readonly #reader: AgentReader;
  readonly #targets: AgentTargets;
  readonly #api: AgentApi;
  readonly #memory: AgentMemory;
  readonly #closing = new AbortController();

  constructor({ clock, accessOf, names }: Pick<MonitorDeps, 'clock' | 'accessOf'> & Partial<Pick<KindDeps, 'names'>>) {
    this.#reader = new AgentReader(clock, names);
    this.#targets = new AgentTargets(accessOf);
    this.#api = new AgentApi(this.#reader);
    this.#memory = new AgentMemory(this.#api, clock);
  }

  async probe(machine: StoredMachine, limits: ReadLimits): Promise<ProbeResult> {
    const target = this.#targets.of(machine);
    if (!target.ok) return { ...unreachable(target), latencyMs: null };
    const timeoutMs = machine.timeoutMs ?? limits.timeoutMs;
    const extra = extraCharts(machine.charts);
    const startedAt = performance.now();
    const latest = await this.#api.latest(target.value, extra, { timeoutMs, signal: limits.signal });
    const latencyMs = performance.now() - startedAt;
    if (!latest.ok) return { ...unreachable(latest), latencyMs };
    const noted = { target: target.value, extra, latest: latest.value };
    this.#memory.note(machine, noted, { timeoutMs, signal: this.#closing.signal });
    return { ...this.#resultOf(machine, extra, latest.value), latencyMs };
  }

  async live(machine: StoredMachine, limits: ReadLimits): Promise<MetricValues | null> {
    const target = this.#targets.of(machine);
    const latest = target.ok ? await this.#api.latest(target.value, NO_CHARTS, limits) : target;
    if (!latest.ok) return null;
    const now = latestValues(latest.value, this.#memory.of(machine));
    return now.ok ? now.value.values : null;
  }

  async readWindow(machine: StoredMachine, window: Window, limits: ReadLimits): Promise<WindowReading> {
    const target = this.#targets.of(machine);
    if (!target.ok) return unread(target);
    const extra = extraCharts(machine.charts);
    const clock = new WindowClock(windowTimes(machine.timeoutMs, window, limits), limits.signal);
    const latest = await this.#api.latest(target.value, extra, clock.limits());
    if (!latest.ok) return unread(latest);
    const { chosen } = latest.value;
    const charts = new WindowCharts(this.#api, target.value, askedWindowOf(window), clock);
    const read = await charts.ofRow(chosen);
    if (!read.ok) return unread(read);
    const metrics = this.#withoutUnmeasured(machine, summarizeCharts(read.value));
    if (!hasCoreSamples(metrics))
      return { reason: 'no_data', detail: 'The agent has no second of this window.', isEmpty: true };
    return {
      reason: null,
      metrics,
      charts: summarizeDimensions(await readExtra(charts, extra, latest.value)),
      fullestMount: metrics.diskFullest === undefined ? null : (chosen.fullestDisk?.family ?? null),
      clockOffsetMs: clockOffsetMs(latest.value.answer),
      reachesEnd: Object.values(read.value).every(chart => chart.reachesEnd),
    };
  }

  async knowsSince(machine: StoredMachine, { timeoutMs, signal }: ReadLimits): Promise<Date | null> {
    const target = this.#targets.of(machine);
    if (!target.ok) return null;
    const clock = new WindowClock({ wholeMs: timeoutMs, requestMs: timeoutMs }, signal);
    const seconds: number[] = [];
    for (const chart of CORE_CHARTS) {
      const first = await this.#api.firstSecond(target.value, clock.limits(), chart);
      if (first.ok) seconds.push(first.value);
      else if (first.status !== 404) return null;
    }
    if (seconds.length === 0) return null;
    return new Date((Math.min(...seconds) - 1) * 1000); // a point is about the second before its stamp
  }

  async readSeconds(machine: StoredMachine, range: SecondsRange, limits: ReadLimits): Promise<SecondsReading> {
    const target = this.#targets.of(machine);
    if (!target.ok) return unread(target);
    const { timeoutMs, signal } = limits;
    const clock = new WindowClock({ wholeMs: timeoutMs, requestMs: timeoutMs }, signal);
    const latest = await this.#api.latest(target.value, NO_CHARTS, clock.limits());
    if (!latest.ok) return unread(latest);
    const plan = decideSeconds(range, momentOf(latest.value));
    if (plan === null) return { reason: 'no_data', detail: "The agent's clock has not reached this time." };
    const read = await new WindowCharts(this.#api, target.value, plan.asked, clock).ofRow(latest.value.chosen);
    if (!read.ok) return unread(read);
    const { net, ...others } = read.value;
    const hasNet = net !== undefined && this.#isNetMeasured(machine, [furthestFromZero(net)], machine.agent);
    const charts = hasNet ? read.value : others;
    const from = new Date((plan.wanted.after - 1) * 1000);
    return secondsReading(from, metric => secondsOfMetric(metric, charts, plan.wanted));
  }

  async devices(machine: StoredMachine, limits: ReadLimits): Promise<DevicesReading> {
    const target = this.#targets.of(machine);
    if (!target.ok) return unread(target);
    const shown = await this.#api.devices(target.value, limits);
    if (!shown.ok) return unread(shown);
    const { stepSeconds } = this.#memory.of(machine);
    const devices = devicesOf(shown.value.charts, { now: momentOf(shown.value), stepSeconds });
    return devices.ok ? { reason: null, devices: devices.value } : unread(devices);
  }

  async recallDevice(
    machine: StoredMachine,
    device: DeviceName,
    range: SecondsRange,
    { timeoutMs, signal }: ReadLimits,
  ): Promise<DeviceHistoryReading> {
    const target = this.#targets.of(machine);
    if (!target.ok) return { ...unread(target), since: null };
    const clock = new WindowClock({ wholeMs: timeoutMs, requestMs: timeoutMs }, signal);
    const read = await readDevice({ api: this.#api, target: target.value, clock }, device, range);
    return read.ok ? { reason: null, history: read.value } : { ...unread(read), since: read.since };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#memory.settled();
    this.#reader.close();
  }

  #resultOf(machine: StoredMachine, extra: ExtraCharts, latest: Latest): Omit<ProbeResult, 'latencyMs'> {
    const remembered = this.#memory.of(machine);
    const clockOffset = clockOffsetMs(latest.answer);
    const now = latestValues(latest, remembered);
    if (!now.ok) return { ...unreachable(adviseOnParent(now, machine)), clockOffsetMs: clockOffset };
    const facts = this.#memory.newsFor(machine);
    const beside = measureCharts(extra, latest, remembered.chartSteps);
    return { reason: null, clockOffsetMs: clockOffset, ...now.value, ...beside, facts };
  }

  #withoutUnmeasured(machine: StoredMachine, metrics: MetricRow['metrics']): MetricRow['metrics'] {
    const { netIn, netOut, ...others } = metrics;
    return this.#isNetMeasured(machine, [netIn?.max ?? null, netOut?.max ?? null]) ? metrics : others;
  }

  /**
   * @param highest of the net's values, which are remembered when they are above zero
   * @param toldBefore what the agent said of itself to another process, perhaps before its last update
   */
  #isNetMeasured(
    machine: StoredMachine,
    highest: readonly (number | null)[],
    toldBefore: StoredMachine['agent'] = null,
  ): boolean {
    const known = highest.filter(value => value !== null);
    if (known.some(value => value !== 0)) this.#memory.sawTraffic(machine);
    const remembered = this.#memory.of(machine);
    return known.length === 0 || !isUnmeasured(known, { ...remembered, facts: remembered.facts ?? toldBefore });
  }
}

/** The charts that are asked for beside the metrics, by their names in the network file. */
async function readExtra(
  charts: WindowCharts,
  { ids, tooMany }: ExtraCharts,
  latest: Latest,
): Promise<ReadonlyMap<string, ChartWindow>> {
  // One that is not shown any more may still have seconds of this window.
  const idAtAgent = new Map([...ids, ...tooMany].map(name => [name, findChart(latest.charts, name)?.id ?? name]));
  const windows = await charts.others([...idAtAgent.values()]);
  const named = [...idAtAgent].map(([name, id]) => [name, windows.get(id)] as const);
  return new Map(named.filter((entry): entry is [string, ChartWindow] => entry[1] !== undefined));
}

/** Values that stand still at a parent say nothing of the parent. */
function adviseOnParent(failed: Failure, { netdata }: StoredMachine): Failure {
  if (netdata === null || !/\/(host|node)\/[^/]+$/.test(netdata)) return failed;
  return { ...failed, detail: `${failed.detail} It is read at a parent: does it still stream there?` };
}

function unreachable({ reason, detail }: Failure): Omit<ProbeResult, 'latencyMs'> {
  return { reason, detail, clockOffsetMs: null, values: null, fullestMount: null, measures: null, facts: null };
}

function unread({ reason, detail }: Failure): Pick<Failure, 'reason' | 'detail'> {
  return { reason, detail };
}
