import type { AgentReader } from '../../reading/agent-reader.ts';
import type { AgentTarget } from '../../reading/agent-target.ts';
import { failure, type AgentAnswer, type AgentBody, type Parsed } from '../../reading/answer.types.ts';
import { asEpochSecond, isObject } from '../../reading/shape.ts';
import type { ReadLimits } from '../monitor.ts';
import { chooseCharts, type ChosenCharts } from './choose-charts.ts';
import type { DevicePlan } from './device-plan.ts';
import type { ExtraCharts } from './extra-charts.ts';
import { parseChartAnswer, type ChartAnswer } from './parse-chart-answer.ts';
import { asCount, parseInfo, type AgentInfo } from './parse-info.ts';
import { parseAllMetrics, type LatestChart } from './parse-all-metrics.ts';
import { parseData, type AskedWindow, type ChartWindow } from './parse-data.ts';
import { parseDevicePoints, type DevicePoints } from './parse-device-points.ts';
import { PointScanner } from './point-scanner.ts';

/** Everything a live value needs in one request. The separator is a space: with `,` Netdata answers `{}`. */
const LIVE_FILTER = encodeURIComponent(
  'system.cpu system.ram system.load system.io system.net system.swap mem.swap system.uptime disk_space.*',
);
const LIVE_PATH = `/api/v1/allmetrics?format=json&filter=${LIVE_FILTER}`;
/** Every mount and every network interface in one request. */
const DEVICES_PATH = `/api/v1/allmetrics?format=json&filter=${encodeURIComponent('disk_space.* net.*')}`;
/** The chart whose step is the agent's. */
const CPU_CHART = 'system.cpu';

/** The last values of an agent, with the answer they came in. */
export interface Latest {
  readonly charts: readonly LatestChart[];
  /** Of these, those of a row. */
  readonly chosen: ChosenCharts;
  readonly answer: AgentBody;
}

/** The values of this moment of some charts, with the answer they came in. */
export type Shown = Pick<Latest, 'charts' | 'answer'>;

/** What an agent says of a chart itself. */
export interface ChartFacts {
  /** The epoch second before which it has nothing of it, neither seconds nor averages. */
  readonly firstSecond: number;
  /** Seconds between two points. */
  readonly step: number;
}

/** The requests distomon makes, all of the v1 API that every Netdata since 1.37 answers. */
export class AgentApi {
  readonly #reader: AgentReader;
  readonly #scanner = new PointScanner();
  readonly #parsePoints = (bytes: Buffer): Parsed<ChartAnswer> => parseChartAnswer(bytes, this.#scanner);

  constructor(reader: AgentReader) {
    this.#reader = reader;
  }

  /** @param extra further charts that the machine's entry asks for */
  async latest(target: AgentTarget, extra: ExtraCharts, limits: ReadLimits): Promise<Parsed<Latest>> {
    const got = await this.#reader.read(target, extra.filter === '' ? LIVE_PATH : LIVE_PATH + extra.filter, limits);
    if (!got.ok) return got;
    const charts = parseAllMetrics(got.json);
    if (!charts.ok) return charts;
    return { ok: true, value: { charts: charts.value, chosen: chooseCharts(charts.value), answer: got } };
  }

  /**
   * The raw points of one chart. Only tier 0 holds seconds, and without asking for it the agent may answer from its
   * minutes. No `points`: then it gives its own.
   */
  async window(
    target: AgentTarget,
    chart: string,
    asked: AskedWindow,
    limits: ReadLimits,
  ): Promise<Parsed<ChartWindow>> {
    const range = `after=${asked.after}&before=${asked.before}&tier=0`;
    const query = `chart=${encodeURIComponent(chart)}&${range}&format=json&options=seconds,jsonwrap&group=average`;
    const got = await this.#reader.read(target, `/api/v1/data?${query}`, { ...limits, parse: this.#parsePoints });
    return got.ok ? parseData(got.json, asked, agentNowOf(got)) : got;
  }

  /** The last values of mounts and interfaces. */
  async devices(target: AgentTarget, limits: ReadLimits): Promise<Parsed<Shown>> {
    const got = await this.#reader.read(target, DEVICES_PATH, limits);
    if (!got.ok) return got;
    const charts = parseAllMetrics(got.json);
    return charts.ok ? { ok: true, value: { charts: charts.value, answer: got } } : charts;
  }

  /** The points of one chart, each put together in one way from what the agent keeps. */
  async points(
    target: AgentTarget,
    chart: string,
    asked: DevicePlan & { readonly group: 'average' | 'min' | 'max' },
    limits: ReadLimits,
  ): Promise<Parsed<DevicePoints>> {
    const range = `after=${asked.after}&before=${asked.before}&points=${asked.points}${asked.exact ? '&tier=0' : ''}`;
    const query = `chart=${encodeURIComponent(chart)}&${range}&format=json&options=seconds,jsonwrap&group=${asked.group}`;
    const got = await this.#reader.read(target, `/api/v1/data?${query}`, { ...limits, parse: this.#parsePoints });
    return got.ok ? parseDevicePoints(got.json, asked) : got;
  }

  async info(target: AgentTarget, limits: ReadLimits): Promise<Parsed<AgentInfo>> {
    const got = await this.#reader.read(target, '/api/v1/info', limits);
    return got.ok ? parseInfo(got.json) : got;
  }

  /** The epoch second before which an agent has nothing of a chart, neither seconds nor averages. */
  async firstSecond(target: AgentTarget, limits: ReadLimits, chart: string): Promise<Parsed<number>> {
    const got = await this.#chart(target, limits, chart);
    if (!got.ok) return got;
    return firstOf(got.json);
  }

  /** How many seconds lie between two points of a chart. */
  async step(target: AgentTarget, limits: ReadLimits, chart = CPU_CHART): Promise<Parsed<number>> {
    const got = await this.#chart(target, limits, chart);
    if (!got.ok) return got;
    return stepOf(got.json);
  }

  async chartFacts(target: AgentTarget, limits: ReadLimits, chart: string): Promise<Parsed<ChartFacts>> {
    const got = await this.#chart(target, limits, chart);
    if (!got.ok) return got;
    const [firstSecond, step] = [firstOf(got.json), stepOf(got.json)];
    if (!firstSecond.ok) return firstSecond;
    return step.ok ? { ok: true, value: { firstSecond: firstSecond.value, step: step.value } } : step;
  }

  #chart(target: AgentTarget, limits: ReadLimits, chart: string): Promise<AgentAnswer> {
    return this.#reader.read(target, `/api/v1/chart?chart=${encodeURIComponent(chart)}`, limits);
  }
}

function firstOf(json: unknown): Parsed<number> {
  const first = isObject(json) ? asEpochSecond(json['first_entry']) : undefined;
  return first === undefined
    ? failure('bad_response', 'The chart does not say when it began.', 200)
    : { ok: true, value: first };
}

function stepOf(json: unknown): Parsed<number> {
  const step = isObject(json) ? asCount(json['update_every']) : null;
  return step !== null && step <= 3600
    ? { ok: true, value: step }
    : failure('bad_response', 'The chart does not say its step.', 200);
}

/** Epoch seconds in the agent's clock. */
function agentNowOf(answer: Pick<AgentBody, 'date'>): number | null {
  return answer.date === null ? null : answer.date.getTime() / 1000;
}

/** The same for an answer that may not say it; then it is our clock. */
export function momentOf({ answer }: Pick<Latest, 'answer'>): number {
  return agentNowOf(answer) ?? answer.receivedAt.getTime() / 1000;
}
