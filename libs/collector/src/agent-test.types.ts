import type { Reason } from '#config';

/** An agent that somebody wants to watch, as the network file would name it. */
export interface AgentToTest {
  readonly netdata: string;
  readonly auth: string | null;
  /** Label of the process that would look at it; `null`: whoever is asked looks. */
  readonly via: string | null;
}

/** What one look at an agent found. */
export interface AgentTestResult {
  /** `null`: it can be watched. */
  readonly reason: Reason | null;
  /** What happened; `null`: nothing is wrong. */
  readonly detail: string | null;
  /** What to do about it; `null`: nothing. */
  readonly advice: string | null;
  /** How long its answer took; `null`: there was none. */
  readonly latencyMs: number | null;
  /** Its clock minus ours. */
  readonly clockOffsetMs: number | null;
  /** What it says about itself. */
  readonly agent: {
    readonly version: string;
    readonly os: string | null;
    readonly cores: number | null;
    readonly memoryBytes: number | null;
  } | null;
}
