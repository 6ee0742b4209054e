import type { Response } from 'express';
import type { MetricDefinition } from '#config';
import type { Storage, StoredMachine, TableWish } from '#storage';
import { presentRange } from './decide-range.ts';
import type { MetricHistoryQuery } from './history.dto.ts';
import type { HistoryAnswers } from './history-answers.ts';
import type { HistoryReader } from './history-reader.ts';
import { wishOf, type HistoryRequest } from './history-request.ts';
import { metricOf } from './metric-names.ts';
import { decideFormat, sendJson } from './send-answer.ts';

/** What the answers about one metric are made from. */
export interface MetricSources {
  readonly storage: Pick<Storage, 'machines' | 'series'>;
  readonly reader: HistoryReader;
  readonly answers: HistoryAnswers;
}

/** What is sent about one metric of all machines of a network. */
export class MetricAnswers {
  private readonly sources: MetricSources;

  constructor(sources: MetricSources) {
    this.sources = sources;
  }

  /** @throws ProblemException 404 `UNKNOWN_METRIC`, or what is wrong with the range */
  async send(network: string, name: string, query: MetricHistoryQuery, response: Response): Promise<void> {
    const { storage, reader, answers } = this.sources;
    const metric = metricOf(name, 404);
    const format = decideFormat(query.format, response);
    const machines = await storage.machines.list(network);
    const request = reader.decideMetric(metric.name, query, { machines: machines.length, format });
    if (format === 'csv') return await answers.download({ network, machines, named: true }, request, query, response);
    sendJson(response, await this.present(network, metric, machines, request), false);
  }

  private async present(
    network: string,
    { name, unit }: MetricDefinition,
    machines: readonly StoredMachine[],
    request: HistoryRequest,
  ): Promise<string> {
    const { range, resolution, parts } = request;
    const ids = machines.map(({ machineId }) => machineId);
    const { times, columns } = await this.sources.storage.series.table(ids, tableOf(name, request));
    const series = machines.map(machine => {
      const own = columns.get(machine.machineId);
      const arrays = parts.map(part => `,"${part}":${own?.[part] ?? '[]'}`);
      return `{"machine":${JSON.stringify(machine.name)}${arrays.join('')}}`;
    });
    const head = { network, metric: name, unit, ...presentRange(range, resolution.ms), times };
    return `${JSON.stringify(head).slice(0, -1)},"series":[${series.join(',')}]}`;
  }
}

function tableOf(metric: TableWish['metric'], request: HistoryRequest): TableWish {
  const { level, from, to, parts } = wishOf(request);
  const stepMs = request.resolution.ms;
  const last = new Date(Math.ceil(to.getTime() / stepMs - 1) * stepMs);
  return { level, metric, parts, stepMs, first: from, last };
}
