import { windowEndOf, windowStartOf, type Window } from '#config';

/**
 * Time after a window's end at which an agent has all of it: `system.load` is whole only 5.5 s after, everything else
 * after 1 s (measured on Netdata 1.37.1 and 2.11.0).
 */
export const SETTLE_MS = 7_000;

/** The slow mounts of Netdata, those whose `stat` once took 10 ms, are measured every 5 s and told up to 10 s later. */
const LATE_MS = 5_000;

/** Windows planned in one tick: after a long absence the planner catches up in steps, oldest first. */
const MAX_WINDOWS_PER_PLAN = 144;

/** The instant from which a window may be asked for. */
export function askableAt(window: Window): Date {
  return new Date(windowEndOf(window).getTime() + SETTLE_MS);
}

/** Time until even the slowest of an agent's charts has all of a window; 0 when that is over. */
export function lateDelayMs(window: Window, agentBehindMs: number, now: Date): number {
  return Math.max(0, askableAt(window).getTime() + agentBehindMs + LATE_MS - now.getTime());
}

/** How a window is to be treated at `now`. */
export type CollectMode =
  /** Too early by this many milliseconds. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** Ask, and ask again those that fail until the deadline. */
  | { readonly kind: 'read'; readonly deadline: Date }
  /** distomon was not there when it closed, and the next one is already over: the planner closes it as unobserved. */
  | { readonly kind: 'missed' };

/**
 * Decides what to do about a window. A read that starts late (a restart, a long queue) still reads once as long as
 * the following window is not over.
 */
export function decideCollect(window: Window, graceMs: number, now: Date): CollectMode {
  const askable = askableAt(window).getTime();
  if (now.getTime() < askable) return { kind: 'wait', ms: askable - now.getTime() };
  if (now.getTime() >= askable + window.lengthMs) return { kind: 'missed' };
  return { kind: 'read', deadline: new Date(askable + graceMs) };
}

/** Windows that start before this are missed at `now`, in the sense of {@link decideCollect}. */
export function missedBefore(lengthMs: number, now: Date): Date {
  return new Date(now.getTime() - SETTLE_MS - 2 * lengthMs + 1);
}

/**
 * The windows to plan: every one after `lastPlanned` that is over at `now`, oldest first. Before the first planning it
 * is only the window before the running one, which marks where the record begins.
 */
export function windowsToPlan(lastPlanned: Date | null, lengthMs: number, now: Date): Window[] {
  const running = windowStartOf(now, lengthMs).getTime();
  const first = lastPlanned === null ? running - lengthMs : lastPlanned.getTime() + lengthMs;
  const count = Math.min(MAX_WINDOWS_PER_PLAN, Math.floor((running - first) / lengthMs));
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({ start: new Date(first + i * lengthMs), lengthMs }));
}

/** Time until the next try of those that failed: 2 s, 4 s, 8 s, never past the deadline. `null`: give up. */
export function retryDelayMs(round: number, deadline: Date, now: Date): number | null {
  const left = deadline.getTime() - now.getTime();
  return left <= 0 ? null : Math.min(1000 * 2 ** Math.min(round, 3), left);
}
