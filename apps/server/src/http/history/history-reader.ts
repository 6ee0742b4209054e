import type { FineHistory } from '#collector';
import type { Clock, MetricName } from '#config';
import type { ChartDimensions, SeriesPoint, Storage, StoredMachine } from '#storage';
import type { ServerInfo } from '../../server-info.ts';
import { rowsResolution } from './decide-resolution.ts';
import { aggregateSeconds, hasValues } from './fine-points.ts';
import type { MetricHistoryQuery, MetricsQuery } from './history.dto.ts';
import {
  boundColumns,
  decideMetricRequest,
  decideRequest,
  wishOf,
  withoutSeconds,
  type HistoryRequest,
  type RequestFrame,
} from './history-request.ts';
import { chartCells, historyColumns, rowOfPoint, rowOfSeconds, type AnswerRow } from './present-history.ts';

/** Stored points that are in memory at a time while a download goes on: some 400 kB. */
const PAGE_POINTS = 500;

/** Where a history comes from. */
export interface HistorySources {
  readonly storage: Pick<Storage, 'series'>;
  readonly fine: FineHistory;
  readonly info: Pick<ServerInfo, 'windowMs' | 'retentionMs'>;
  readonly clock: Clock;
}

/** One machine of an answer. */
export interface MachineRows {
  readonly machine: StoredMachine;
  /** What is answered: another request than the first when an agent could not give its seconds. */
  readonly request: HistoryRequest;
  readonly rows: readonly AnswerRow[];
}

/** The same, some rows at a time. */
export interface MachineRowStream {
  readonly machine: StoredMachine;
  readonly pages: AsyncIterable<readonly AnswerRow[]>;
}

/** Machines over time, from what is stored and, for what is finer, from their agents. */
export class HistoryReader {
  private readonly sources: HistorySources;

  constructor(sources: HistorySources) {
    this.sources = sources;
  }

  /** @throws ProblemException 400, as {@link decideRequest} */
  decide(
    query: MetricsQuery & { readonly charts?: string[] },
    frame: Pick<RequestFrame, 'machines' | 'format'>,
  ): HistoryRequest {
    return decideRequest(query, this.frameOf(frame));
  }

  /** @throws ProblemException 400, as {@link decideMetricRequest} */
  decideMetric(
    metric: MetricName,
    query: MetricHistoryQuery,
    frame: Pick<RequestFrame, 'machines' | 'format'>,
  ): HistoryRequest {
    return decideMetricRequest(metric, query, this.frameOf(frame));
  }

  /**
   * The charts of a request of which something is stored, as columns need them.
   *
   * @throws ProblemException 400 `TOO_MANY_POINTS` when they are too many
   */
  async charts(machines: readonly StoredMachine[], request: HistoryRequest): Promise<readonly ChartDimensions[]> {
    boundColumns(request, this.columns(request, []).length + request.charts.length * request.parts.length);
    const charts = await this.sources.storage.series.dimensions(idsOf(machines), wishOf(request));
    if (charts.length > 0) boundColumns(request, this.columns(request, charts).length);
    return charts;
  }

  /** The columns of an answer. */
  columns(request: HistoryRequest, charts: readonly ChartDimensions[]): string[] {
    return historyColumns(request.resolution.level, request, charts);
  }

  /** All rows of these machines, in their order. */
  async read(
    machines: readonly StoredMachine[],
    request: HistoryRequest,
    charts: readonly ChartDimensions[],
    signal: AbortSignal,
  ): Promise<MachineRows[]> {
    const fine = new Map(await this.readFine(machines, request, signal));
    const others = machines.filter(machine => !fine.has(machine));
    const stored = this.stored(request);
    const points = others.length === 0 ? [] : await this.sources.storage.series.read(idsOf(others), wishOf(stored));
    const byMachine = Map.groupBy(points, point => point.machineId);
    return machines.map(machine => {
      const rows = fine.get(machine);
      if (rows !== undefined) return { machine, request, rows };
      const own = byMachine.get(machine.machineId) ?? [];
      return { machine, request: stored, rows: this.rowsOf(own, stored, charts) };
    });
  }

  /** The rows of these machines one after the other, read as they are taken. */
  async *stream(
    machines: readonly StoredMachine[],
    request: HistoryRequest,
    charts: readonly ChartDimensions[],
    signal: AbortSignal,
  ): AsyncGenerator<MachineRowStream> {
    for (const machine of machines) {
      const [fine] = await this.readFine([machine], request, signal);
      yield { machine, pages: fine === undefined ? this.pages(machine, request, charts) : onePage(fine[1]) };
    }
  }

  /** Whether nothing of these machines' answer will ever change. */
  async isSettled(machines: readonly StoredMachine[], request: HistoryRequest): Promise<boolean> {
    const { resolution, range, fixed, now } = request;
    const [first] = machines;
    // A point that begins in the range is about what comes after its end too.
    const to = new Date(Math.ceil(range.to.getTime() / resolution.ms) * resolution.ms);
    if (first === undefined || !fixed || resolution.level === 'seconds' || to > now) return false;
    const { storage, info } = this.sources;
    return await storage.series.isSettled(first.network, idsOf(machines), { from: range.from, to }, info.windowMs);
  }

  private frameOf(frame: Pick<RequestFrame, 'machines' | 'format'>): RequestFrame {
    const { clock, info } = this.sources;
    return { ...frame, now: clock.now(), windowMs: info.windowMs, retentionMs: info.retentionMs };
  }

  private async *pages(
    machine: StoredMachine,
    request: HistoryRequest,
    charts: readonly ChartDimensions[],
  ): AsyncGenerator<readonly AnswerRow[]> {
    const stored = this.stored(request);
    const pages = this.sources.storage.series.pages(machine.machineId, wishOf(stored), PAGE_POINTS);
    for await (const page of pages) yield this.rowsOf(page, stored, charts);
  }

  private rowsOf(
    points: readonly SeriesPoint[],
    request: HistoryRequest,
    charts: readonly ChartDimensions[],
  ): AnswerRow[] {
    const level = { level: request.resolution.level, windowMs: this.sources.info.windowMs };
    const wish = { charts, parts: request.parts };
    return points.map(point => rowOfPoint(point, level, chartCells(point, request.charts, wish)));
  }

  /** The machines that could give their seconds, with the rows that these come to. */
  private async readFine(
    machines: readonly StoredMachine[],
    request: HistoryRequest,
    signal: AbortSignal,
  ): Promise<[StoredMachine, AnswerRow[]][]> {
    const { resolution, range, metrics, parts } = request;
    if (resolution.level !== 'seconds') return [];
    const read = async (machine: StoredMachine): Promise<[StoredMachine, AnswerRow[]][]> => {
      const seconds = await this.sources.fine.read(machine, range.from, range.to, signal);
      if (seconds === null || !hasValues(seconds)) return [];
      const points = aggregateSeconds(seconds, { stepMs: resolution.ms, metrics, parts });
      return [[machine, points.map(point => rowOfSeconds(point, machine.host ? 'host' : 'agent'))]];
    };
    return (await Promise.all(machines.map(read))).flat();
  }

  private stored(request: HistoryRequest): HistoryRequest {
    const rows = rowsResolution(this.sources.info.windowMs);
    return request.resolution.level === 'seconds' ? withoutSeconds(request, rows) : request;
  }
}

function idsOf(machines: readonly StoredMachine[]): number[] {
  return machines.map(({ machineId }) => machineId);
}

async function* onePage(rows: readonly AnswerRow[]): AsyncGenerator<readonly AnswerRow[]> {
  yield rows;
}
