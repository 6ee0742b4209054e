import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../support/progress.ts';
import { WINDOW_MS } from '../plan.ts';

/** Around the end of a window: a question that has begun should be through, and all rows of the window stored. */
const BEFORE_MS = 20_000;
const AFTER_MS = 30_000;

/**
 * Waits while a window of ten minutes is about to be read, or is being read: that comes once in ten minutes, takes most of
 * a second for a hundred machines, and would be the p95 of just one question. Probes go on all the time.
 */
export async function awaitCalm(): Promise<void> {
  const sinceEndMs = Date.now() % WINDOW_MS;
  const untilEndMs = WINDOW_MS - sinceEndMs;
  const waitMs = sinceEndMs < AFTER_MS ? AFTER_MS - sinceEndMs : untilEndMs < BEFORE_MS ? untilEndMs + AFTER_MS : 0;
  if (waitMs === 0) return;
  say(`waiting ${Math.ceil(waitMs / 1000)} s until the window that closes now is read`);
  await sleep(waitMs);
}
