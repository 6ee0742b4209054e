import type { ChartModel, ModelSeries, Points, Span } from './chart-model.ts';
import type { SeriesWish } from './history-model.ts';
import type { LiveBuffer } from './live-buffer.ts';
import { missingSpan } from './past.ts';

/** How much of the present is shown. */
const LIVE_SPAN_MS = 300_000;
const STEP_MS = 1_000;
/** Seconds come a little early or late; only a longer silence is a gap. */
const SILENCE_MS = 3_500;

/** What came in the last minutes as one chart, up to the last second there is. */
export function liveModel(buffer: LiveBuffer, wishes: readonly SeriesWish[], spanMs = LIVE_SPAN_MS): ChartModel {
  const times = buffer.times();
  const toMs = times.at(-1) ?? 0;
  const first = times.findIndex(time => time >= toMs - spanMs);
  const shown = times.slice(Math.max(0, first));
  const { breaks, missing } = silencesIn(shown);
  const cut = (points: Points): Points => withNulls(points.slice(Math.max(0, first)), breaks);
  return {
    times: withTimes(shown, breaks).map(time => time / 1000),
    fromMs: toMs - spanMs,
    toMs,
    stepMs: STEP_MS,
    resolution: '1s',
    series: wishes.map(({ column, label }): ModelSeries => {
      return { key: column, label, avg: cut(buffer.points(column)), min: null, max: null };
    }),
    spans: [...unanswered(shown, buffer.answered().slice(Math.max(0, first))), ...missing],
    filled: [],
  };
}

/** Before which of the times there was silence. */
function silencesIn(times: readonly number[]): { breaks: ReadonlySet<number>; missing: Span[] } {
  const breaks = new Set<number>();
  const missing: Span[] = [];
  for (let index = 1; index < times.length; index++) {
    const [before = 0, at = 0] = [times[index - 1], times[index]];
    if (at - before <= SILENCE_MS) continue;
    breaks.add(index);
    missing.push(missingSpan(before + STEP_MS, at));
  }
  return { breaks, missing };
}

function withNulls(points: Points, breaks: ReadonlySet<number>): Points {
  return breaks.size === 0 ? points : points.flatMap((point, index) => (breaks.has(index) ? [null, point] : [point]));
}

function withTimes(times: readonly number[], breaks: ReadonlySet<number>): readonly number[] {
  if (breaks.size === 0) return times;
  return times.flatMap((at, index) => (breaks.has(index) ? [(times[index - 1] ?? at) + STEP_MS, at] : [at]));
}

/** Stretches in which the machine did not answer. */
function unanswered(times: readonly number[], answered: readonly boolean[]): Span[] {
  const spans: Span[] = [];
  for (const [index, fromMs] of times.entries()) {
    if (answered[index] === true) continue;
    const toMs = times[index + 1] ?? fromMs + STEP_MS;
    const last = spans.at(-1);
    if (last?.toMs === fromMs) spans[spans.length - 1] = { ...last, toMs };
    else spans.push({ fromMs, toMs, kind: 'unreachable', reason: null, conclusion: null, minutes: null });
  }
  return spans;
}
