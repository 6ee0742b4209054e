import type { Clock, MetricValues, Window } from '#config';
import type { StoredMachine } from '#storage';
import { AgentReader } from '../../reading/agent-reader.ts';
import { failure, type Failure, type Parsed } from '../../reading/answer.types.ts';
import { hasCoreSamples } from '../metric-values.ts';
import type { Monitor, ProbeResult, ReadLimits, WindowReading } from '../monitor.ts';
import { AgentApi, type Latest } from './agent-api.ts';
import { AgentMemory } from './agent-memory.ts';
import { chooseCharts } from './choose-charts.ts';
import { clockOffsetMs } from './clock-offset.ts';
import { isUnmeasured, latestValues } from './latest-values.ts';
import { askedWindowOf, readCharts, summarizeCharts, type ChartWindows } from './read-window.ts';

/** Reads machines through their Netdata agents, versions 1.37 to 2.11. */
export class NetdataMonitor implements Monitor {
  readonly kind = 'netdata';
  readonly #reader: AgentReader;
  readonly #api: AgentApi;
  readonly #memory: AgentMemory;
  readonly #closing = new AbortController();

  constructor(clock: Clock) {
    this.#reader = new AgentReader(clock);
    this.#api = new AgentApi(this.#reader);
    this.#memory = new AgentMemory(this.#api, clock);
  }

  appliesTo(machine: StoredMachine): boolean {
    return machine.netdata !== null;
  }

  async probe(machine: StoredMachine, limits: ReadLimits): Promise<ProbeResult> {
    const startedAt = performance.now();
    const latest = await this.#latest(machine, limits);
    const latencyMs = performance.now() - startedAt;
    if (!latest.ok) return { ...unreachable(latest), latencyMs };
    this.#memory.note(machine, latest.value, { timeoutMs: limits.timeoutMs, signal: this.#closing.signal });
    const offset = clockOffsetMs(latest.value.answer);
    const now = latestValues(latest.value, this.#memory.of(machine));
    if (!now.ok) return { ...unreachable(now), latencyMs, clockOffsetMs: offset };
    const facts = this.#memory.newsFor(machine);
    return { reason: null, detail: null, latencyMs, clockOffsetMs: offset, ...now.value, facts };
  }

  async live(machine: StoredMachine, limits: ReadLimits): Promise<MetricValues | null> {
    const latest = await this.#latest(machine, limits);
    if (!latest.ok) return null;
    const now = latestValues(latest.value, this.#memory.of(machine));
    return now.ok ? now.value.values : null;
  }

  async readWindow(machine: StoredMachine, window: Window, limits: ReadLimits): Promise<WindowReading> {
    const endsAt = performance.now() + limits.timeoutMs;
    const latest = await this.#latest(machine, limits);
    if (!latest.ok) return unread(latest);
    const charts = chooseCharts(latest.value.charts);
    const rest = { timeoutMs: endsAt - performance.now(), signal: limits.signal };
    const read = await readCharts(this.#api, machine.netdata ?? '', charts, askedWindowOf(window), rest);
    if (!read.ok) return unread(read);
    const metrics = summarizeCharts(this.#withoutUnmeasured(machine, read.value));
    if (!hasCoreSamples(metrics)) return { reason: 'no_data', detail: 'The agent has no second of this window.' };
    const fullestMount = metrics.diskFullest === undefined ? null : (charts.fullestDisk?.family ?? null);
    return { reason: null, metrics, fullestMount, clockOffsetMs: clockOffsetMs(latest.value.answer) };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#memory.settled();
    this.#reader.close();
  }

  #latest(machine: StoredMachine, limits: ReadLimits): Promise<Parsed<Latest>> {
    if (machine.netdata !== null) return this.#api.latest(machine.netdata, limits);
    return Promise.resolve(failure('unobserved', 'This machine has no Netdata agent.'));
  }

  #withoutUnmeasured(machine: StoredMachine, windows: ChartWindows): ChartWindows {
    const points = windows.net?.samples.flatMap(sample => sample.values).filter(value => value !== null) ?? [];
    if (points.some(value => value !== 0)) this.#memory.sawTraffic(machine);
    if (points.length === 0 || !isUnmeasured(points, this.#memory.of(machine))) return windows;
    const { net: _, ...measured } = windows;
    return measured;
  }
}

function unreachable({ reason, detail }: Failure): Omit<ProbeResult, 'latencyMs'> {
  return { reason, detail, clockOffsetMs: null, values: null, fullestMount: null, facts: null };
}

function unread({ reason, detail }: Failure): WindowReading {
  return { reason, detail };
}
