import type { ChartRole } from './formulas.ts';

/** Until an agent's own step is known, the slowest that people configure. */
const UNKNOWN_STEP_SECONDS = 10;
/** Netdata reads the load every 5 s and may slow disk space down, whatever the agent's step is. */
const SLOW_ROLES: Readonly<Partial<Record<ChartRole, number>>> = { load: 5, rootDisk: 10, fullestDisk: 10 };

/**
 * Whether a value may still be called current: not older than two steps of its chart, and one second because the Date
 * header is cut to whole seconds.
 *
 * @param agentNow epoch seconds in the agent's clock, so that a wrong clock does not make a healthy agent stale.
 */
export function isFresh(role: ChartRole, lastUpdated: number, agentNow: number, stepSeconds: number | null): boolean {
  return isCurrent(lastUpdated, agentNow, Math.max(stepSeconds ?? UNKNOWN_STEP_SECONDS, SLOW_ROLES[role] ?? 1));
}

/** The same for a chart whose own step is known, or (`null`) is not. */
export function isCurrent(lastUpdated: number, agentNow: number, stepSeconds: number | null): boolean {
  return agentNow - lastUpdated <= 2 * (stepSeconds ?? UNKNOWN_STEP_SECONDS) + 1;
}
