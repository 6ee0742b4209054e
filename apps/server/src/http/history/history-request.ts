import type { MetricName, RetentionMs } from '#config';
import type { SeriesPart, SeriesWish } from '#storage';
import { isFixed, type Range, readRange } from './decide-range.ts';
import {
  alignRange,
  CSV_LIMITS,
  decideResolution,
  JSON_LIMITS,
  type Resolution,
  type ResolutionQuestion,
} from './decide-resolution.ts';
import type { MetricHistoryQuery, MetricsQuery } from './history.dto.ts';
import { metricsOf } from './metric-names.ts';
import { historyColumns, type ValueWish } from './present-history.ts';

/** Agents are asked for seconds of at most this many machines at once. */
const MAX_FINE_MACHINES = 10;

/** What is asked for, decided: every part of it is known to exist and to be bounded. */
export interface HistoryRequest extends ValueWish {
  readonly now: Date;
  /** From the start of its first point on. */
  readonly range: Range;
  /** The same words will mean the same range tomorrow. */
  readonly fixed: boolean;
  readonly resolution: Resolution;
  readonly charts: readonly string[];
  /** What the resolution was decided upon. */
  readonly question: ResolutionQuestion;
}

/** What a request is decided upon beside the query. */
export interface RequestFrame {
  readonly now: Date;
  readonly windowMs: number;
  readonly retentionMs: RetentionMs;
  readonly machines: number;
  readonly format: 'json' | 'csv';
}

/**
 * What a query asks for.
 *
 * @throws ProblemException 400 with what is wrong: `INVALID_RANGE`, `UNKNOWN_METRIC`, `UNKNOWN_RESOLUTION`, `TOO_MANY_POINTS`
 */
export function decideRequest(
  query: MetricsQuery & { readonly charts?: string[] },
  frame: RequestFrame,
): HistoryRequest {
  const charts = query.charts ?? [];
  const wish = { metrics: metricsOf(query.metrics), parts: partsOf(query) };
  // Charts are stored, and never read by the second.
  const fine = charts.length === 0 && frame.machines <= MAX_FINE_MACHINES;
  const question = questionOf(query, frame, { fine, columns: historyColumns('rows', wish).length });
  return requestOf({ ...wish, charts, fixed: isFixed(query) }, question);
}

/**
 * What a query asks for of one metric of all machines. It comes from what is stored: nobody asks every agent at once.
 *
 * @throws ProblemException 400, as {@link decideRequest}
 */
export function decideMetricRequest(
  metric: MetricName,
  query: MetricHistoryQuery,
  frame: RequestFrame,
): HistoryRequest {
  const wish = { metrics: [metric], parts: query.parts ?? (['avg'] as const) };
  const columns = frame.format === 'csv' ? historyColumns('rows', wish).length : wish.parts.length;
  const question = questionOf(query, frame, { fine: false, columns });
  // Machines that are added later belong to the answer too.
  return requestOf({ ...wish, charts: [], fixed: false }, question);
}

/**
 * How many columns a request has shows when the dimensions of its charts are known.
 *
 * @throws ProblemException 400 `TOO_MANY_POINTS` when they are too many
 */
export function boundColumns({ question, resolution }: HistoryRequest, columns: number): void {
  decideResolution({ ...question, wanted: resolution.name, columns });
}

/** The same from what is stored of windows, when agents cannot give their seconds. */
export function withoutSeconds(request: HistoryRequest, rows: Resolution): HistoryRequest {
  return { ...request, resolution: rows, range: alignRange(request.range, rows) };
}

/** What of the storage a request is about. */
export function wishOf({ range, resolution, metrics, parts, charts }: HistoryRequest): SeriesWish {
  const level = resolution.level === 'seconds' ? 'rows' : resolution.level;
  return { level, from: range.from, to: range.to, metrics, parts, charts };
}

function questionOf(
  query: Pick<MetricsQuery, 'from' | 'to' | 'resolution'>,
  { now, windowMs, retentionMs, machines, format }: RequestFrame,
  more: Pick<ResolutionQuestion, 'fine' | 'columns'>,
): ResolutionQuestion {
  return {
    ...more,
    range: readRange(query, now),
    now,
    windowMs,
    retentionMs,
    wanted: query.resolution,
    series: Math.max(1, machines),
    limits: format === 'csv' ? CSV_LIMITS : JSON_LIMITS,
  };
}

function requestOf(
  wish: ValueWish & Pick<HistoryRequest, 'charts' | 'fixed'>,
  question: ResolutionQuestion,
): HistoryRequest {
  const resolution = decideResolution(question);
  return { ...wish, now: question.now, resolution, range: alignRange(question.range, resolution), question };
}

function partsOf({ parts, samples }: MetricsQuery): readonly SeriesPart[] {
  const values = parts ?? (['avg', 'min', 'max'] as const);
  return samples === 'all' ? [...values, 'samples', 'expected'] : values;
}
