import type { EntityManager } from '@mikro-orm/postgresql';
import type { MetricName, Reason } from '#config';
import { recordset, recordsetParameter } from './recordset.ts';
import { withoutNul } from './without-nul.ts';
import {
  columnsOf,
  countChecks,
  IS_SETTLED,
  pointOf,
  SELECT_GAPS,
  SELECT_TIMES_IN,
  selectDimensions,
  selectPoints,
  selectTable,
  type StoredColumns,
  type StoredPoint,
} from './series-sql.ts';
import type {
  ChartDimensions,
  CheckCounts,
  GapStretch,
  SeriesLevel,
  SeriesPart,
  SeriesPoint,
  SeriesTable,
  SeriesWish,
  Stretch,
} from './series.types.ts';
import type { Conclusion, VerdictState } from './types.ts';

/** One metric of many machines, a value at each of the instants from `first` to `last`, `stepMs` apart. */
export interface TableWish {
  readonly level: SeriesLevel;
  readonly metric: MetricName;
  readonly parts: readonly SeriesPart[];
  readonly first: Date;
  readonly last: Date;
  readonly stepMs: number;
}

/** A range of one machine's windows. */
export interface WindowRange {
  readonly machineId: number;
  readonly from: Date;
  readonly to: Date;
  readonly windowMs: number;
}

/** The time of a point, as a rule: a window may have another length. */
const USUAL_STEP_MS = { rows: 600_000, hours: 3_600_000, days: 86_400_000 } as const satisfies Record<
  SeriesLevel,
  number
>;
/** Fewer are quicker in one piece. */
const POINTS_WORTH_HALVING = 200;

/**
 * What is stored, as series over time. It reads as much as it is asked for: whoever asks has to bound the range. Nothing
 * here takes a lock or a transaction.
 */
export class Series {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** The points of these machines, those of each machine oldest first. */
  async read(machineIds: readonly number[], wish: SeriesWish): Promise<SeriesPoint[]> {
    const halves = halvesOf(wish, machineIds.length);
    return (await Promise.all(halves.map(half => this.select(machineIds, half, null)))).flat();
  }

  /**
   * The points of one machine, oldest first, `size` at a time: no more are in memory, and between two of them no
   * connection is held, however long the reader takes. What is written meanwhile is seen from where the reader is.
   */
  async *pages(machineId: number, wish: SeriesWish, size: number): AsyncGenerator<SeriesPoint[]> {
    let { from } = wish;
    for (;;) {
      const page = await this.select([machineId], { ...wish, from }, size);
      if (page.length > 0) yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < size) return;
      from = new Date(last.start.getTime() + 1);
    }
  }

  /** The wanted charts of which some of these points have values, with the dimensions in the order in which they appear. */
  async dimensions(machineIds: readonly number[], wish: SeriesWish): Promise<ChartDimensions[]> {
    if (wish.charts.length === 0) return [];
    const charts = wish.charts.map((chart, place) => ({ place, chart }));
    const rows = await this.em
      .fork()
      .execute<{ chart: string; dimension: string }[]>(
        selectDimensions(wish.level, recordset('c', { place: 'integer', chart: 'text' })),
        [recordsetParameter(charts), idArray(machineIds), wish.from, wish.to],
      );
    return [...Map.groupBy(rows, row => row.chart)].map(([chart, own]) => ({
      chart,
      dimensions: own.map(({ dimension }) => dimension),
    }));
  }

  /** One metric of these machines at the same instants. */
  async table(machineIds: readonly number[], { level, metric, parts, ...at }: TableWish): Promise<SeriesTable> {
    const [first, stepMs] = [at.first.getTime(), at.stepMs];
    const length = Math.floor((at.last.getTime() - first) / stepMs) + 1;
    const rows = await this.em
      .fork()
      .execute<StoredColumns[]>(selectTable(level, metric, parts), [
        first / 1000,
        stepMs / 1000,
        idArray(machineIds),
        at.first,
        new Date(at.last.getTime() + 1),
      ]);
    const stored = new Map(rows.map(row => [row.machine_id, row]));
    const columns = machineIds.map(id => [id, columnsOf(stored.get(id), parts, length)] as const);
    const times = Array.from({ length }, (_, place) => new Date(first + place * stepMs));
    return { times, columns: new Map(columns) };
  }

  /**
   * Whether everything of these machines that starts within [from, to) is there and will stay as it is. False as long as
   * that is not certain.
   */
  async isSettled(
    network: string,
    machineIds: readonly number[],
    { from, to }: Stretch,
    windowMs: number,
  ): Promise<boolean> {
    const ids = idArray(machineIds);
    const lastWindow = new Date(Math.ceil(to.getTime() / windowMs - 1) * windowMs);
    const parameters = [ids, from, to, ids, from, to, ids, network, to, network, lastWindow];
    const rows = await this.em.fork().execute<{ settled: boolean }[]>(IS_SETTLED, parameters);
    return rows[0]?.settled ?? false;
  }

  /**
   * The gaps among the windows that start in the range, newest first, at most `limit`: windows in a row with one reason and
   * one conclusion, all of them filled or none. What reaches beyond the range is cut there.
   */
  async gaps({ machineId, from, to, windowMs }: WindowRange, limit: number): Promise<GapStretch[]> {
    const rows = await this.em.fork().execute<StoredGap[]>(SELECT_GAPS, [windowMs / 1000, machineId, from, to, limit]);
    return rows.map(row => ({
      from: new Date(row.from_ms),
      to: new Date(row.from_ms + row.windows * windowMs),
      windows: row.windows,
      reason: row.reason,
      noticedAt: new Date(row.noticed_at_ms),
      filledAt: row.filled_at_ms === null ? null : new Date(row.filled_at_ms),
      conclusion: row.conclusion,
    }));
  }

  /** The times within [from, to) in which the machine's verdict was in this state, oldest first. */
  async timesIn(machineId: number, state: VerdictState, { from, to }: Stretch): Promise<Stretch[]> {
    const rows = await this.em
      .fork()
      .execute<{ from_ms: number; to_ms: number }[]>(SELECT_TIMES_IN, [from, to, state, machineId, machineId]);
    return rows.map(row => ({ from: new Date(row.from_ms), to: new Date(row.to_ms) }));
  }

  /** What each monitor counted in the windows that start within any of these stretches, which must not overlap. */
  async checksWithin(machineId: number, stretches: readonly Stretch[]): Promise<CheckCounts[]> {
    if (stretches.length === 0) return [];
    return await this.em
      .fork()
      .execute<CheckCounts[]>(countChecks(recordset('r', { since: 'timestamptz', until: 'timestamptz' })), [
        recordsetParameter(stretches.map(({ from, to }) => ({ since: from, until: to }))),
        machineId,
      ]);
  }

  private async select(
    machineIds: readonly number[],
    { level, from, to, metrics, parts, charts }: SeriesWish,
    limit: number | null,
  ): Promise<SeriesPoint[]> {
    const rows = await this.em
      .fork()
      .execute<StoredPoint[]>(selectPoints(level, metrics, parts, charts.length), [
        ...charts.map(withoutNul),
        idArray(machineIds),
        from,
        to,
        limit,
      ]);
    return rows.map(pointOf);
  }
}

/**
 * What is long is read in two halves over two connections: most of the time goes into numbers becoming text, of which one
 * processor has enough.
 */
function halvesOf(wish: SeriesWish, machines: number): SeriesWish[] {
  const lengthMs = wish.to.getTime() - wish.from.getTime();
  if ((machines * lengthMs) / USUAL_STEP_MS[wish.level] < POINTS_WORTH_HALVING) return [wish];
  const middle = new Date(wish.from.getTime() + Math.floor(lengthMs / 2));
  return [
    { ...wish, to: middle },
    { ...wish, from: middle },
  ];
}

interface StoredGap {
  readonly reason: Reason;
  readonly conclusion: Conclusion | null;
  readonly windows: number;
  readonly from_ms: number;
  readonly noticed_at_ms: number;
  readonly filled_at_ms: number | null;
}

/** As PostgreSQL writes an array. */
function idArray(machineIds: readonly number[]): string {
  return `{${machineIds.join(',')}}`;
}
