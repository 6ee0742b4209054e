import type { AgentFacts } from '#storage';

/** What this process remembers about an agent between two reads. */
export interface Remembered {
  readonly facts: AgentFacts | null;
  readonly stepSeconds: number | null;
  /** When the agent was last asked about itself, successfully or not, in epoch milliseconds. */
  readonly askedAtMs: number | null;
  /** `system.net` has been seen above zero: its zeros are measured. */
  readonly sawTraffic: boolean;
}

export const NOTHING_REMEMBERED: Remembered = { facts: null, stepSeconds: null, askedAtMs: null, sawTraffic: false };

const AGAIN_AFTER_MS = 60 * 60_000;
const RETRY_AFTER_MS = 60_000;

export type LearnReason = 'never asked' | 'failed before' | 'version changed' | 'an hour has passed';

/**
 * Whether an agent has to be asked about itself, and why. The version is compared with the one in the Server header,
 * which a reverse proxy may hide (`null`); then the hourly look finds it.
 */
export function decideLearning(
  remembered: Remembered,
  serverVersion: string | null,
  nowMs: number,
): LearnReason | null {
  if (remembered.askedAtMs === null) return 'never asked';
  const ageMs = nowMs - remembered.askedAtMs;
  if (ageMs < RETRY_AFTER_MS) return null;
  if (remembered.facts === null || remembered.stepSeconds === null) return 'failed before';
  if (serverVersion !== null && serverVersion !== remembered.facts.version) return 'version changed';
  return ageMs >= AGAIN_AFTER_MS ? 'an hour has passed' : null;
}

/** The version in Netdata's Server header, such as `Netdata Embedded HTTP Server v1.37.1`. */
export function versionOfServer(server: string | null): string | null {
  return server === null ? null : (/^Netdata Embedded HTTP Server (v\S{1,50})$/.exec(server)?.[1] ?? null);
}
