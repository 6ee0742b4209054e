import { CORE_METRICS, windowStartOf, type Reason } from '#config';
import type { BackfillTask } from '#storage';
import type { WindowReading } from './monitors/monitor.ts';
import { SETTLE_MS } from './window-schedule.ts';

/** Gaps older than this are left as they are: no agent keeps its seconds for as long. */
const OLDEST_GAP_MS = 30 * 86_400_000;
/** So much of a machine's time before it was added is asked for, and no more windows than that is of the usual ten minutes. */
const PAST_MS = 86_400_000;
const PAST_WINDOWS = 144;

/** An agent that has just started shows what it kept only when it has loaded it. */
const LOADING_MS = 60_000;

/** What may go wrong with one window and not with the next: before the step of an agent was changed, say, it was another. */
const OF_ONE_WINDOW: readonly Reason[] = ['bad_response', 'too_large'];

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 600_000;

/** The oldest gap that is still asked for. */
export function oldestGapAt(now: Date): Date {
  return new Date(now.getTime() - OLDEST_GAP_MS);
}

/** Time until a machine is asked again after a failure: 10 s, 20 s, 40 s, up to 10 min. */
export function failurePauseMs(failures: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS);
}

/** The windows that start in [from, to). */
export interface Stretch {
  readonly from: Date;
  readonly to: Date;
}

/** What of the time before a machine was added is to be asked for: windows that nobody collects. */
export interface Past {
  /** What is left of it, but for the {@link newest}. */
  readonly older: Stretch;
  /** Windows that could not be asked for yet when it was added. */
  readonly newest: Stretch;
  /** From then on they can. */
  readonly newestAskableAt: Date;
}

/**
 * Where the past of a machine lies.
 *
 * @param task its `pastBefore` says how far back it has been asked for already
 */
export function pastOf(
  { addedAt, pastBefore }: Pick<BackfillTask, 'addedAt' | 'pastBefore'>,
  windowMs: number,
  graceMs: number,
): Past {
  const end = windowStartOf(addedAt, windowMs);
  const settleMs = SETTLE_MS + graceMs;
  const settled = windowStartOf(new Date(addedAt.getTime() - settleMs), windowMs);
  const count = Math.max(1, Math.min(PAST_WINDOWS, Math.floor(PAST_MS / windowMs)));
  return {
    older: { from: new Date(end.getTime() - count * windowMs), to: pastBefore ?? settled },
    newest: { from: settled, to: end },
    newestAskableAt: new Date(end.getTime() + settleMs),
  };
}

/** What is to be done about a window after it was asked for. */
export type GapStep =
  | { readonly kind: 'fill' }
  /** The machine has nothing of it, and never will. */
  | { readonly kind: 'conclude' }
  /** The agent may not have loaded what it kept: ask again, not before then. */
  | { readonly kind: 'later'; readonly notBefore: Date }
  /** It answers, but cannot be understood about this one. */
  | { readonly kind: 'skip'; readonly because: string }
  /** It could not be asked; there is no point in asking for the next one. */
  | { readonly kind: 'stop'; readonly because: string };

/**
 * Decides what a reading says about a gap. An agent that was there all the time has every second of it and need not be
 * waited for.
 */
export function decideGap(reading: WindowReading, answersSince: Date, now: Date): GapStep {
  if (reading.reason !== null && reading.isEmpty !== true) {
    const kind = OF_ONE_WINDOW.includes(reading.reason) ? 'skip' : 'stop';
    return { kind, because: `${reading.reason} (${reading.detail})` };
  }
  const loadedAt = new Date(answersSince.getTime() + LOADING_MS);
  if (now < loadedAt && !isWhole(reading)) return { kind: 'later', notBefore: loadedAt };
  return { kind: reading.reason === null ? 'fill' : 'conclude' };
}

function isWhole(reading: WindowReading): boolean {
  if (reading.reason !== null) return false;
  const { metrics } = reading;
  return CORE_METRICS.every(name => metrics[name] !== undefined && metrics[name].samples >= metrics[name].expected);
}
