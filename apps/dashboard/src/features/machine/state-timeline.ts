import type { VerdictState } from '../../api/client.ts';
import type { Gap, StateChange } from '../../api/machine-client.ts';
import type { AvailabilityAnswer } from '../../api/machine-queries.ts';

/** How a machine was: a state of it, or why nobody knows of one. */
export type TimelineState = VerdictState | 'unobserved' | 'unwatched';

/** A stretch of time in which that did not change. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: TimelineState;
  readonly reason: string | null;
}

interface TimelineFacts {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the range, in whichever order. */
  readonly changes: readonly Pick<StateChange, 'at' | 'from' | 'to' | 'reason'>[];
  /** The last one before the range. */
  readonly before: Pick<StateChange, 'to' | 'reason'> | null;
  readonly gaps: readonly Pick<Gap, 'from' | 'to' | 'reason'>[];
}

/**
 * How a machine was, as far back in a range as all of it was read: of what came before that, nobody here knows.
 *
 * @param nowMs nobody knows either of what comes after it
 */
export function timelineOf({ uptime, changes, before, gaps }: AvailabilityAnswer, nowMs: number): Stretch[] {
  const readFrom = [
    uptime.from,
    ...(changes.isWhole ? [] : changes.items.slice(-1).map(({ at }) => at)),
    ...(gaps.isWhole ? [] : gaps.items.slice(-1).map(({ from }) => from)),
  ];
  const fromMs = Math.max(...readFrom.map(Date.parse));
  const toMs = Math.min(Date.parse(uptime.to), nowMs);
  return stateTimeline({ fromMs, toMs, changes: changes.items, before, gaps: gaps.items });
}

/** How a machine was from one end of a range to the other, without a hole. When distomon was not there, nobody knows. */
export function stateTimeline({ fromMs, toMs, changes, before, gaps }: TimelineFacts): Stretch[] {
  const known = stretchesOf({ fromMs, toMs, changes, before });
  return joined(gaps.filter(gap => gap.reason === 'unobserved').reduce(overlaid, known));
}

function stretchesOf({ fromMs, toMs, changes, before }: Omit<TimelineFacts, 'gaps'>): Stretch[] {
  const ascending = changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const first = ascending[0];
  const start: Pick<Stretch, 'state' | 'reason'> =
    before === null ? { state: first?.from ?? 'unwatched', reason: null } : { state: before.to, reason: before.reason };
  const stretches: Stretch[] = [{ fromMs, toMs, ...start }];
  for (const { at, to, reason } of ascending) {
    const last = stretches.pop();
    const atMs = Math.min(toMs, Math.max(fromMs, Date.parse(at)));
    if (last !== undefined && last.fromMs < atMs) stretches.push({ ...last, toMs: atMs });
    stretches.push({ fromMs: atMs, toMs, state: to, reason });
  }
  return stretches.filter(stretch => stretch.fromMs < stretch.toMs);
}

/**
 * The stretches with a time in them of which nothing is known. Maintenance stays what it is, for a machine that is paused is
 * not read on purpose; and so does the time before a machine was watched, of which it was asked later.
 */
function overlaid(stretches: readonly Stretch[], gap: Pick<Gap, 'from' | 'to'>): Stretch[] {
  const [gapFromMs, gapToMs] = [Date.parse(gap.from), Date.parse(gap.to)];
  return stretches.flatMap(one => {
    const fromMs = Math.max(one.fromMs, gapFromMs);
    const toMs = Math.min(one.toMs, gapToMs);
    if (one.state === 'maintenance' || one.state === 'unwatched' || fromMs >= toMs) return [one];
    const unknown: Stretch = { fromMs, toMs, state: 'unobserved', reason: null };
    return [{ ...one, toMs: fromMs }, unknown, { ...one, fromMs: toMs }].filter(part => part.fromMs < part.toMs);
  });
}

/** Neighbours in one state are one stretch. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    const isSame = last !== undefined && last.state === stretch.state && last.reason === stretch.reason;
    if (isSame) result[result.length - 1] = { ...last, toMs: stretch.toMs };
    else result.push(stretch);
  }
  return result;
}

/** How long a machine was in which state, and how often. */
export interface StateTotal {
  readonly state: TimelineState;
  readonly seconds: number;
  readonly times: number;
}

/** What draws the eye first, and what is told first. */
const ORDER: readonly TimelineState[] = ['down', 'degraded', 'unknown', 'maintenance', 'unobserved', 'unwatched', 'up'];

/** The states that there were, the worst first. */
export function totalsOf(stretches: readonly Stretch[]): StateTotal[] {
  return ORDER.flatMap(state => {
    const own = stretches.filter(stretch => stretch.state === state);
    if (own.length === 0) return [];
    const ms = own.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    return [{ state, seconds: Math.round(ms / 1000), times: own.length }];
  });
}

/**
 * What can be told apart when a range is drawn: everything but `up`, and of stretches that are closer together than
 * `leastMs` one, in the worst of their states. That way a year of short outages is some marks, not thousands.
 */
export function marksOf(stretches: readonly Stretch[], leastMs: number): Stretch[] {
  const marks: Stretch[] = [];
  for (const stretch of stretches) {
    if (stretch.state === 'up') continue;
    const last = marks.at(-1);
    const isShort = last !== undefined && stretch.toMs - last.fromMs < leastMs;
    if (isShort) marks[marks.length - 1] = { ...worse(last, stretch), fromMs: last.fromMs, toMs: stretch.toMs };
    else marks.push(stretch);
  }
  return marks;
}

function worse(a: Stretch, b: Stretch): Stretch {
  return ORDER.indexOf(b.state) < ORDER.indexOf(a.state) ? b : a;
}
