import type { AgentReader } from '../../reading/agent-reader.ts';
import { failure, type AgentBody, type Parsed } from '../../reading/answer.types.ts';
import { isObject } from '../../reading/shape.ts';
import type { ReadLimits } from '../monitor.ts';
import { asCount, parseInfo, type AgentInfo } from './parse-info.ts';
import { parseAllMetrics, type LatestChart } from './parse-all-metrics.ts';
import { parseData, type AskedWindow, type ChartWindow } from './parse-data.ts';

/** Everything a live value needs in one request. The separator is a space: with `,` Netdata answers `{}`. */
const LIVE_FILTER = encodeURIComponent(
  'system.cpu system.ram system.load system.io system.net system.swap mem.swap system.uptime disk_space.*',
);

/** The last values of an agent, with the answer they came in. */
export interface Latest {
  readonly charts: readonly LatestChart[];
  readonly answer: AgentBody;
}

/** The four requests distomon makes, all of the v1 API that every Netdata since 1.37 answers. */
export class AgentApi {
  readonly #reader: AgentReader;

  constructor(reader: AgentReader) {
    this.#reader = reader;
  }

  /** @param base the agent's address without a trailing slash; it may have a path. */
  async latest(base: string, limits: ReadLimits): Promise<Parsed<Latest>> {
    const got = await this.#reader.read(`${base}/api/v1/allmetrics?format=json&filter=${LIVE_FILTER}`, limits);
    if (!got.ok) return got;
    const charts = parseAllMetrics(got.json);
    return charts.ok ? { ok: true, value: { charts: charts.value, answer: got } } : charts;
  }

  /**
   * The raw points of one chart. Only tier 0 holds seconds, and without asking for it the agent may answer from its
   * minutes. No `points`: then it gives its own.
   */
  async window(base: string, chart: string, asked: AskedWindow, limits: ReadLimits): Promise<Parsed<ChartWindow>> {
    const range = `after=${asked.after}&before=${asked.before}&tier=0`;
    const query = `chart=${encodeURIComponent(chart)}&${range}&format=json&options=seconds,jsonwrap&group=average`;
    const got = await this.#reader.read(`${base}/api/v1/data?${query}`, limits);
    return got.ok ? parseData(got.json, asked, agentNowOf(got)) : got;
  }

  async info(base: string, limits: ReadLimits): Promise<Parsed<AgentInfo>> {
    const got = await this.#reader.read(`${base}/api/v1/info`, limits);
    return got.ok ? parseInfo(got.json) : got;
  }

  /** How many seconds lie between two points of the agent's CPU chart. */
  async step(base: string, limits: ReadLimits): Promise<Parsed<number>> {
    const got = await this.#reader.read(`${base}/api/v1/chart?chart=system.cpu`, limits);
    if (!got.ok) return got;
    const step = isObject(got.json) ? asCount(got.json['update_every']) : null;
    return step !== null && step <= 3600
      ? { ok: true, value: step }
      : failure('bad_response', 'The chart does not say its step.', 200);
  }
}

/** Epoch seconds in the agent's clock. */
export function agentNowOf(answer: Pick<AgentBody, 'date'>): number | null {
  return answer.date === null ? null : answer.date.getTime() / 1000;
}
