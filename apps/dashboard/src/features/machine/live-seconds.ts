import type { Points } from '../charts/chart-model.ts';
import type { LiveBuffer } from '../charts/live-buffer.ts';
import type { Past } from '../charts/past.ts';

/** What a machine's live charts draw. */
export const LIVE_METRICS = [
  'cpu',
  'memory',
  'swap',
  'disk',
  'diskFullest',
  'diskRead',
  'diskWrite',
  'netIn',
  'netOut',
  'load1',
] as const;

export const LIVE_SECONDS = 600;

/** One second of a machine; `null`: it did not answer. */
export interface LiveSecond {
  readonly atMs: number;
  readonly values: Readonly<Record<string, number | null>> | null;
}

/** Seconds are told apart by less than this when they come from two clocks. */
const SAME_MS = 700;
/** A silence that is worth filling. */
const SILENCE_MS = 2_500;

/**
 * What is known already, and in its silences what the agent remembers of them: before the first second, after a tab was
 * hidden, after a lost connection.
 */
export function mergeSeconds(known: readonly LiveSecond[], remembered: readonly LiveSecond[]): LiveSecond[] {
  const edges = [-Infinity, ...known.map(({ atMs }) => atMs)];
  const silences = edges
    .map((fromMs, index) => ({ fromMs: fromMs + SAME_MS, toMs: (edges[index + 1] ?? Infinity) - SAME_MS }))
    .filter(({ fromMs, toMs }) => toMs - fromMs > SILENCE_MS - 2 * SAME_MS);
  const fill = remembered.filter(({ atMs }) => silences.some(({ fromMs, toMs }) => fromMs < atMs && atMs < toMs));
  return [...known, ...fill].toSorted((a, b) => a.atMs - b.atMs);
}

/** The load is measured every five seconds; the newest of them may still be missing. */
const LOAD_SECONDS = 5;

/** The seconds of an answer of the agent; one in coarser points has none. */
export function secondsOf(past: Past): LiveSecond[] {
  if (past.resolution !== '1s') return [];
  const columns = LIVE_METRICS.map(metric => {
    const points = past.points(`${metric}.avg`);
    return [metric, metric === 'load1' && points !== null ? carried(points) : points] as const;
  });
  return past.times.flatMap((time, index) => {
    const values = Object.fromEntries(columns.map(([metric, points]) => [metric, points?.[index] ?? null]));
    const isKnown = Object.values(values).some(value => value !== null);
    return isKnown ? [{ atMs: time * 1000, values }] : [];
  });
}

/** What is measured less often than each second stays as it was until it is measured again. */
function carried(points: Points): Points {
  let left = 0;
  let last: number | null = null;
  return points.map(point => {
    left = point === null ? left - 1 : LOAD_SECONDS;
    last = point ?? last;
    return left > 0 ? last : null;
  });
}

/** Everything a buffer holds. */
export function secondsIn(buffer: LiveBuffer): LiveSecond[] {
  const answered = buffer.answered();
  const columns = LIVE_METRICS.map(metric => [metric, buffer.points(metric)] as const);
  return buffer.times().map((atMs, index) => ({
    atMs,
    values:
      answered[index] === true
        ? Object.fromEntries(columns.map(([metric, points]) => [metric, points[index] ?? null]))
        : null,
  }));
}

/** The room on a live chart, in ms: as much as there is to show, in steps, so that a new page is not an empty one. */
export function liveSpanMs(firstMs: number | undefined, lastMs: number | undefined): number {
  const heldMs = firstMs === undefined || lastMs === undefined ? 0 : lastMs - firstMs;
  return SPANS_MS.find(spanMs => heldMs <= spanMs) ?? LIVE_SECONDS * 1000;
}

const SPANS_MS = [120_000, 300_000, 600_000];
