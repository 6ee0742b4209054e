import type { Response } from 'express';
import type { ChartDimensions, StoredMachine } from '#storage';
import { csvFileName, csvLine, csvRow } from './csv.ts';
import { presentRange } from './decide-range.ts';
import type { HistoriesQuery, HistoryQuery } from './history.dto.ts';
import type { HistoryReader, MachineRows } from './history-reader.ts';
import type { HistoryRequest } from './history-request.ts';
import { jsonRow } from './present-history.ts';
import { abandoned, decideFormat, sendCsv, sendJson } from './send-answer.ts';

/** Which machines of which network, and whether their names stand in the answer beside each row. */
export interface Subject {
  readonly network: string;
  readonly machines: readonly StoredMachine[];
  readonly named: boolean;
}

/** What is sent about machines over time: JSON whole, CSV as it is read. */
export class HistoryAnswers {
  private readonly reader: HistoryReader;

  constructor(reader: HistoryReader) {
    this.reader = reader;
  }

  /** One machine. */
  async ofMachine(machine: StoredMachine, query: HistoryQuery, response: Response): Promise<void> {
    const format = decideFormat(query.format, response);
    const request = this.reader.decide(query, { machines: 1, format });
    const subject = { network: machine.network, machines: [machine], named: false };
    if (format === 'csv') return await this.download(subject, request, query, response);
    await this.sendJson(subject, request, response, ([only], columns) => {
      const answered = only?.request ?? request;
      const head = { network: machine.network, machine: machine.name, ...rangeOf(answered), columns };
      return `${open(head)},"rows":${rowsJson(only)}}`;
    });
  }

  /** Several machines. */
  async ofMachines(
    network: string,
    machines: readonly StoredMachine[],
    query: HistoriesQuery,
    response: Response,
  ): Promise<void> {
    const format = decideFormat(query.format, response);
    const request = this.reader.decide(query, { machines: machines.length, format });
    const subject = { network, machines, named: true };
    if (format === 'csv') return await this.download(subject, request, query, response);
    await this.sendJson(subject, request, response, (answered, columns) => {
      const series = answered.map(
        one =>
          `${open({ machine: one.machine.name, resolution: one.request.resolution.name })},"rows":${rowsJson(one)}}`,
      );
      return `${open({ network, ...rangeOf(request), columns })},"series":[${series.join(',')}]}`;
    });
  }

  private async sendJson(
    { machines }: Subject,
    request: HistoryRequest,
    response: Response,
    present: (answered: readonly MachineRows[], columns: readonly string[]) => string,
  ): Promise<void> {
    // Asked first: what is read later is what will not change, never what was there before it last changed.
    const settled = await this.reader.isSettled(machines, request);
    const charts = await this.reader.charts(machines, request);
    const answered = await this.reader.read(machines, request, charts, abandoned(response));
    sendJson(response, present(answered, this.reader.columns(request, charts)), settled);
  }

  /** As CSV; `named`: with the machine before each row. */
  async download(
    subject: Subject,
    request: HistoryRequest,
    { format }: Pick<HistoryQuery, 'format'>,
    response: Response,
  ): Promise<void> {
    const settled = await this.reader.isSettled(subject.machines, request);
    const charts = await this.reader.charts(subject.machines, request);
    const fileName = format === 'csv' ? fileNameOf(subject, request) : null;
    await sendCsv(response, { fileName, settled }, this.lines(subject, request, charts, abandoned(response)));
  }

  private async *lines(
    { machines, named }: Subject,
    request: HistoryRequest,
    charts: readonly ChartDimensions[],
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const columns = this.reader.columns(request, charts);
    yield csvLine(named ? ['machine', ...columns] : columns);
    for await (const { machine, pages } of this.reader.stream(machines, request, charts, signal)) {
      const before = named ? [machine.name] : [];
      for await (const page of pages) yield page.map(row => csvRow(row, before)).join('');
    }
  }
}

/** The beginning of an object that goes on with text. */
function open(head: object): string {
  return JSON.stringify(head).slice(0, -1);
}

function rowsJson(answered: MachineRows | undefined): string {
  return `[${(answered?.rows ?? []).map(jsonRow).join(',')}]`;
}

function rangeOf({ range, resolution }: HistoryRequest): ReturnType<typeof presentRange> {
  return presentRange(range, resolution.ms);
}

function fileNameOf({ network, machines }: Subject, { range }: HistoryRequest): string {
  const day = (at: Date): string => at.toISOString().slice(0, 10);
  const names = machines.length > 3 ? [`${machines.length}-machines`] : machines.map(({ name }) => name);
  return csvFileName([network, ...names, day(range.from), day(range.to)]);
}
