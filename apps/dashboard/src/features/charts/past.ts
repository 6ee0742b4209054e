import { stepMsOf } from '../../api/step.ts';
import type { Points, Span } from './chart-model.ts';
import { filledSpans, gapSpans, type PointFacts } from './spans.ts';

type Cell = string | number | boolean | null;
type Row = readonly Cell[];

/** An answer of the API in columns. */
export interface ColumnAnswer {
  readonly from: string;
  readonly to: string;
  readonly resolution: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** An answer, read once for all the charts that are made from it. */
export interface Past {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  readonly resolution: string;
  /** The agent gave its own seconds, so that nobody knows how reachable it was. */
  readonly isFromAgent: boolean;
  /** Seconds of the Unix epoch: the middle of each point. */
  readonly times: readonly number[];
  readonly spans: readonly Span[];
  readonly filled: readonly Span[];
  /** The values of a column such as `cpu.avg`, one for each time; `null`: there is no such column. */
  readonly points: (column: string) => Points | null;
}

/** Whether any of these columns has a single value. */
export function hasAny({ points }: Past, columns: readonly string[]): boolean {
  return columns.some(column => points(column)?.some(value => value !== null) ?? false);
}

/** More than this many steps between two points: there is one missing. */
const NEXT_WITHIN = 1.5;

/**
 * Reads an answer: where points are missing, one without values is put in, so that no line is drawn across.
 *
 * @param nowMs what lies behind it has not been yet, so nothing of it is missing
 */
export function parsePast(answer: ColumnAnswer, nowMs = Infinity): Past {
  const frame = frameOf(answer);
  const { rows, starts, missing } = withBreaks(answer.rows, frame, nowMs);
  const facts = factsOf(answer, starts, rows, frame);
  const gaps = [...gapSpans(facts), ...missing];
  return {
    ...frame,
    resolution: answer.resolution,
    isFromAgent: isFromAgent(answer),
    times: starts.map(start => middleOf(start, frame)),
    spans: gaps.toSorted((a, b) => a.fromMs - b.fromMs),
    filled: filledSpans(facts),
    points: column => columnOf(rows, answer.columns.indexOf(column)),
  };
}

interface Frame {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

/** What an answer says it is about. */
export function frameOf(answer: Pick<ColumnAnswer, 'from' | 'to' | 'resolution'>): Frame {
  return { fromMs: Date.parse(answer.from), toMs: Date.parse(answer.to), stepMs: stepMsOf(answer.resolution) };
}

/** Where a point stands: in the middle of what there is of it, in seconds. */
export function middleOf(startMs: number, { stepMs, toMs }: Frame): number {
  const endMs = Math.max(startMs + 1, Math.min(startMs + stepMs, toMs));
  return (startMs + endMs) / 2000;
}

function withBreaks(given: readonly Row[], { fromMs, toMs, stepMs }: Frame, nowMs: number) {
  const rows: (Row | null)[] = [];
  const starts: number[] = [];
  const missing: Span[] = [];
  // A point without values at each end of it, so that the cursor is never at one that is far away.
  const miss = (from: number, to: number): void => {
    for (const start of new Set([from, Math.max(from, to - stepMs)])) {
      rows.push(null);
      starts.push(start);
    }
    missing.push(missingSpan(from, to));
  };
  let endMs = fromMs;
  for (const row of given) {
    const start = Date.parse(String(row[0]));
    if (start - endMs > (NEXT_WITHIN - 1) * stepMs) miss(endMs, start);
    rows.push(row);
    starts.push(start);
    endMs = start + stepMs;
  }
  // The row of a window is written some seconds after its end: one is always still to come.
  const overMs = Math.min(toMs, nowMs);
  if (given.length > 0 && overMs - endMs > NEXT_WITHIN * stepMs) miss(endMs, overMs);
  return { rows, starts, missing };
}

export function missingSpan(fromMs: number, toMs: number): Span {
  return { fromMs, toMs, kind: 'missing', reason: null, conclusion: null, minutes: null };
}

function factsOf(
  { columns }: ColumnAnswer,
  starts: readonly number[],
  rows: readonly (Row | null)[],
  { stepMs }: Frame,
): PointFacts[] {
  const at = (name: string): number => columns.indexOf(name);
  const [reachable, reason, source] = [at('reachable'), at('reason'), at('source')];
  const [filledAt, filledMinutes, conclusion] = [at('filledAt'), at('filledMinutes'), at('conclusion')];
  const [unreachable, unobserved] = [at('unreachableMinutes'), at('unobservedMinutes')];
  const wholeMinutes = stepMs / 60_000;
  return rows.flatMap((row, index): PointFacts[] => {
    // Most points have nothing to tell.
    if (row === null || row[reachable] !== false) return [];
    const fromMs = starts[index] ?? 0;
    return [
      {
        fromMs,
        toMs: fromMs + stepMs,
        isKnown: row[source] != null,
        reachable: false,
        reason: textOrNull(row[reason]),
        conclusion: textOrNull(row[conclusion]),
        unreachableMinutes: numberOf(row[unreachable]),
        unobservedMinutes: numberOf(row[unobserved]),
        filledMinutes: row[filledAt] == null ? numberOf(row[filledMinutes]) : wholeMinutes,
      },
    ];
  });
}

/** Of seconds from an agent nobody knows whether it could be reached. */
function isFromAgent({ columns, rows }: ColumnAnswer): boolean {
  return rows[0]?.[columns.indexOf('reachable')] === null;
}

function columnOf(rows: readonly (Row | null)[], index: number): Points | null {
  if (index < 0) return null;
  return rows.map(row => {
    const value = row?.[index];
    return typeof value === 'number' ? value : null;
  });
}

function textOrNull(cell: Cell | undefined): string | null {
  return typeof cell === 'string' ? cell : null;
}

function numberOf(cell: Cell | undefined): number {
  return typeof cell === 'number' ? cell : 0;
}
