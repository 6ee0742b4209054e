import type { AgentFacts } from '#storage';

/** What this process remembers about an agent between two reads. */
export interface Remembered {
  readonly facts: AgentFacts | null;
  readonly stepSeconds: number | null;
  /** The steps of the charts asked for beside the metrics, by their ids at this agent; `null`: it does not say. */
  readonly chartSteps: ReadonlyMap<string, number | null>;
  /** The version in the Server header when the agent was last asked: a parent's, for the machines read at it. */
  readonly serverVersion: string | null;
  /** When the agent was last asked about itself, successfully or not, in epoch milliseconds. */
  readonly askedAtMs: number | null;
  /** `system.net` has been seen above zero: its zeros are measured. */
  readonly sawTraffic: boolean;
}

export const NOTHING_REMEMBERED: Remembered = {
  facts: null,
  stepSeconds: null,
  chartSteps: new Map(),
  serverVersion: null,
  askedAtMs: null,
  sawTraffic: false,
};

const AGAIN_AFTER_MS = 60 * 60_000;
const RETRY_AFTER_MS = 60_000;

export type LearnReason = 'never asked' | 'failed before' | 'new charts' | 'version changed' | 'an hour has passed';

/** What an answer shows of the need to ask. */
export interface LearnSigns {
  /** The version in its Server header, which a reverse proxy may hide (`null`); then the hourly look finds it. */
  readonly serverVersion: string | null;
  /** It has charts that are asked for and whose step is not known. */
  readonly hasNewCharts: boolean;
  readonly nowMs: number;
}

/** Whether an agent has to be asked about itself, and why. */
export function decideLearning(
  remembered: Remembered,
  { serverVersion, hasNewCharts, nowMs }: LearnSigns,
): LearnReason | null {
  if (remembered.askedAtMs === null) return 'never asked';
  const ageMs = nowMs - remembered.askedAtMs;
  if (ageMs < RETRY_AFTER_MS) return null;
  if (remembered.facts === null || remembered.stepSeconds === null) return 'failed before';
  if (hasNewCharts) return 'new charts';
  if (serverVersion !== null && serverVersion !== remembered.serverVersion) return 'version changed';
  return ageMs >= AGAIN_AFTER_MS ? 'an hour has passed' : null;
}

/** The version in Netdata's Server header, such as `Netdata Embedded HTTP Server v1.37.1`. */
export function versionOfServer(server: string | null): string | null {
  return server === null ? null : (/^Netdata Embedded HTTP Server (v\S{1,50})$/.exec(server)?.[1] ?? null);
}
