import type { Span, SpanKind } from './chart-model.ts';

/** What an answer says of a point beside its values. */
export interface PointFacts {
  readonly fromMs: number;
  readonly toMs: number;
  /** Whether it has values. */
  readonly isKnown: boolean;
  /** `null`: nobody knows. */
  readonly reachable: boolean | null;
  readonly reason: string | null;
  readonly conclusion: string | null;
  readonly unobservedMinutes: number;
  readonly unreachableMinutes: number;
  readonly filledMinutes: number;
}

const MINUTE_MS = 60_000;

/** Stretches of points without values, or with values of only a part of their time, and why. */
export function gapSpans(points: readonly PointFacts[]): Span[] {
  return merged(points.flatMap(gapOf));
}

/** Stretches of points whose values came later. */
export function filledSpans(points: readonly PointFacts[]): Span[] {
  return merged(points.flatMap(filledOf));
}

/** What a machine that could not be read is told apart by. */
function kindOf(reason: string | null): SpanKind {
  if (reason === 'unobserved') return 'unobserved';
  return reason === 'maintenance' || reason === 'paused' ? 'maintenance' : 'unreachable';
}

function gapOf(point: PointFacts): Span[] {
  if (point.reachable !== false) return [];
  const minutes = point.unreachableMinutes + point.unobservedMinutes - point.filledMinutes;
  if (minutes <= 0 && point.isKnown) return [];
  const kind = point.unreachableMinutes === 0 && point.unobservedMinutes > 0 ? 'unobserved' : kindOf(point.reason);
  return [spanOf(point, kind, point.isKnown ? minutes : null)];
}

function filledOf(point: PointFacts): Span[] {
  return point.filledMinutes > 0 && point.isKnown ? [spanOf(point, 'filled', point.filledMinutes)] : [];
}

function spanOf({ fromMs, toMs, reason, conclusion }: PointFacts, kind: SpanKind, minutes: number | null): Span {
  const isWhole = minutes === null || minutes * MINUTE_MS >= toMs - fromMs;
  return { fromMs, toMs, kind, reason, conclusion, minutes: isWhole ? null : minutes };
}

/** Neighbours that say the same are one, unless they say it of a part of their time. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last !== undefined && continues(last, span)) result[result.length - 1] = { ...last, toMs: span.toMs };
    else result.push(span);
  }
  return result;
}

function continues(last: Span, next: Span): boolean {
  return (
    last.toMs === next.fromMs &&
    last.minutes === null &&
    next.minutes === null &&
    last.kind === next.kind &&
    last.reason === next.reason &&
    last.conclusion === next.conclusion
  );
}
