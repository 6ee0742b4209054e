import type { MetricValues, MonitorKind, Reason, Window } from '#config';
import type { AgentFacts, MetricRow, StoredMachine } from '#storage';

/** What one probe saw, before it is known who looked and when it was due. */
export interface ProbeResult {
  /** `null`: reachable, and `values` is set. */
  readonly reason: Reason | null;
  /** A sentence for people when it is not reachable. */
  readonly detail: string | null;
  readonly latencyMs: number;
  readonly clockOffsetMs: number | null;
  readonly values: MetricValues | null;
  readonly fullestMount: string | null;
  /** Set when something was learned about the agent that should be kept. */
  readonly facts: AgentFacts | null;
}

/** What reading one window gave: the metrics, or why there are none. */
export type WindowReading =
  | {
      readonly reason: null;
      readonly metrics: MetricRow['metrics'];
      readonly fullestMount: string | null;
      readonly clockOffsetMs: number | null;
    }
  | { readonly reason: Reason; readonly detail: string };

/** Limits of one read. */
export interface ReadLimits {
  /** The whole read, body included, must be over by then. */
  readonly timeoutMs: number;
  /** Aborted when the process shuts down. */
  readonly signal: AbortSignal;
}

/**
 * One kind of check. An implementation never throws for anything that the other side does: whatever happens out there
 * becomes a {@link Reason}. It keeps its memory bounded whatever is sent to it.
 */
export interface Monitor {
  readonly kind: MonitorKind;
  /** Whether this kind can look at this machine. */
  appliesTo(machine: StoredMachine): boolean;
  /** One check, one request. */
  probe(machine: StoredMachine, limits: ReadLimits): Promise<ProbeResult>;
  /** The values of this very second, for somebody who looks. `null`: not reachable. */
  live(machine: StoredMachine, limits: ReadLimits): Promise<MetricValues | null>;
  /** The exact summary of a window that is over. */
  readWindow(machine: StoredMachine, window: Window, limits: ReadLimits): Promise<WindowReading>;
  /** Frees sockets and timers. */
  close(): Promise<void>;
}
