import type { MetricValues, Window } from '#config';
import type { MetricRow, StoredMachine } from '#storage';
import { AgentReader } from '../../reading/agent-reader.ts';
import type { Failure } from '../../reading/answer.types.ts';
import { hasCoreSamples } from '../metric-values.ts';
import type { KindDeps, MetricsMonitor, MonitorDeps, ProbeResult, ReadLimits, WindowReading } from '../monitor.ts';
import { AgentApi, type Latest } from './agent-api.ts';
import { AgentMemory } from './agent-memory.ts';
import { AgentTargets } from './agent-targets.ts';
import { measureCharts } from './chart-measures.ts';
import { clockOffsetMs } from './clock-offset.ts';
import { extraCharts, findChart, NO_CHARTS, type ExtraCharts } from './extra-charts.ts';
import { isUnmeasured, latestValues } from './latest-values.ts';
import type { ChartWindow } from './parse-data.ts';
import { askedWindowOf, WindowCharts } from './read-window.ts';
import { summarizeCharts, summarizeDimensions } from './summarize-charts.ts';
import { WindowClock, windowTimes } from './window-limits.ts';

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
    if (!hasCoreSamples(metrics)) return { reason: 'no_data', detail: 'The agent has no second of this window.' };
    return {
      reason: null,
      metrics,
      charts: summarizeDimensions(await readExtra(charts, extra, latest.value)),
      fullestMount: metrics.diskFullest === undefined ? null : (chosen.fullestDisk?.family ?? null),
      clockOffsetMs: clockOffsetMs(latest.value.answer),
      reachesEnd: Object.values(read.value).every(chart => chart.reachesEnd),
    };
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
    const highest = [netIn?.max ?? null, netOut?.max ?? null].filter(value => value !== null);
    if (highest.some(value => value !== 0)) this.#memory.sawTraffic(machine);
    return highest.length > 0 && isUnmeasured(highest, this.#memory.of(machine)) ? others : metrics;
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

function unread({ reason, detail }: Failure): WindowReading {
  return { reason, detail };
}
