import type { MachineEntry, MetricName, MetricValues, Reason } from '#config';
import type { MachinePause } from './editing.types.ts';

/** What has a state: a machine, or a service, which has no agent, no values and no rows. */
export type MachineKind = 'machine' | 'service';

/**
 * A machine as it is stored; so is a service, of which only name and state mean something. Its integer id never changes
 * and is never used twice.
 */
export interface StoredMachine extends MachineEntry {
  readonly machineId: number;
  readonly kind: MachineKind;
  readonly network: string;
  /** Windows that ended before this are none of its business. */
  readonly addedAt: Date;
  readonly agent: AgentFacts | null;
}

/** What is known about a machine's agent, read now and then and kept. */
export interface AgentFacts {
  /** The agent's version, or `host` for the built-in monitor. */
  readonly version: string;
  /** The agent's own identity (Netdata's uid); when it changes, what was learned about it is learned anew. */
  readonly uid: string | null;
  readonly os: string | null;
  readonly cores: number | null;
  readonly memoryBytes: number | null;
  /** Ids of the disk space charts: `disk_space._` before Netdata v2, `disk_space./` after. */
  readonly rootChart: string | null;
  readonly diskCharts: readonly string[];
}

/** The result of one monitor run against one machine. */
export interface Observation {
  readonly machineId: number;
  readonly monitor: string;
  /** The node that looked; `local` as long as there is one. */
  readonly observer: string;
  /** The tick it belongs to: together with machine, monitor and observer its natural key. */
  readonly dueAt: Date;
  readonly observedAt: Date;
  /** `null` when it was reachable. */
  readonly reason: Reason | null;
  readonly latencyMs: number | null;
  /** The agent's clock minus ours. `null` when it did not say. */
  readonly clockOffsetMs: number | null;
  readonly values: MetricValues | null;
  readonly fullestMount: string | null;
  /** A sentence for people: why it is not reachable, or what was found. */
  readonly detail: string | null;
  /** What else was measured, by name. */
  readonly measures: Readonly<Record<string, number>> | null;
}

/** The last observation of a machine by one observer, with what has been counted since the last change. */
export interface LatestObservation extends Observation {
  /** Observations in a row without an answer; 0 when the last one had one. An `unobserved` one counts as neither. */
  readonly misses: number;
  /** When it last changed between reachable and not, as far as somebody looked. */
  readonly since: Date;
}

/** The last observation, with the values of the last one that had any. */
export interface StoredObservation extends LatestObservation {
  /** When `values` and `fullestMount` were read: `observedAt`, or earlier when the machine is silent now. */
  readonly valuesAt: Date | null;
}

/** What the probes of one window saw of a machine: the source of uptime and latency over time. */
export interface CheckWindow {
  readonly machineId: number;
  readonly monitor: string;
  readonly observer: string;
  readonly windowStart: Date;
  readonly probes: number;
  readonly failures: number;
  /** How many failures had which reason. */
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  /** `null` when no probe measured one. */
  readonly latencyMs: { readonly avg: number; readonly min: number; readonly max: number } | null;
}

/** How often one monitor looked at something over some time, and what it saw: all observers together. */
export interface CheckSummary {
  readonly machineId: number;
  readonly monitor: string;
  readonly probes: number;
  /** Uptime is `1 - failures / probes`. */
  readonly failures: number;
  /** `null` when no probe measured one. */
  readonly latencyMs: { readonly avg: number; readonly min: number; readonly max: number } | null;
}

/** One metric of one row. All of avg, min and max are `null` exactly when `samples` is 0. */
export interface MetricSummary {
  readonly avg: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Seconds (or the chart's own step) of the window with a value, and how many there should be. */
  readonly samples: number;
  readonly expected: number;
}

/**
 * What a gap turned out to be, once its machine was asked again. `network`: the machine was alive, and what lies between
 * was not · `agent`: the machine was alive, and its agent answered wrongly · `distomon`: distomon itself was not there ·
 * `no_data`: the machine has nothing of that time either.
 */
export type Conclusion = 'network' | 'agent' | 'distomon' | 'no_data';

/** One machine, one window. A row whose read failed has a reason, and no metrics unless they came later. */
export interface MetricRow {
  readonly machineId: number;
  readonly windowStart: Date;
  /** The read at the window's close succeeded. Outages inside the window are in `check_window`. */
  readonly reachable: boolean;
  /** `null` exactly when reachable. */
  readonly reason: Reason | null;
  /** Where the values came from; `null` when there are none. */
  readonly source: 'agent' | 'host' | null;
  /** When the window was read at its close, or found to be unreachable. */
  readonly collectedAt: Date;
  /** When the values of a row that is not reachable came, from the agent's own memory; `null`: they did not. */
  readonly filledAt: Date | null;
  /** `null`: reachable, or nobody knows yet. */
  readonly conclusion: Conclusion | null;
  readonly fullestMount: string | null;
  /** A metric that the machine does not have is absent. */
  readonly metrics: Readonly<Partial<Record<MetricName, MetricSummary>>>;
  /** By chart and dimension: what the network file asks for beside the metrics. */
  readonly charts: Readonly<Record<string, Readonly<Record<string, MetricSummary>>>>;
}

/** The values of a gap, read from the agent's own memory later. */
export interface FilledRow extends Pick<
  MetricRow,
  'machineId' | 'windowStart' | 'fullestMount' | 'metrics' | 'charts'
> {
  readonly filledAt: Date;
  readonly source: NonNullable<MetricRow['source']>;
}

/** A window without values of which nobody knows yet what it was. */
export interface OpenGap {
  readonly windowStart: Date;
  readonly reason: Reason;
}

/** A machine that is to be asked about its past: it has open gaps, or the day before it was added was never read. */
export interface BackfillTask {
  readonly machineId: number;
  readonly name: string;
  readonly via: string | null;
  /** Rises with every take, and no two takes share one, whichever machine they are of. */
  readonly attempt: number;
  /** How often something to ask for was found, as far as this take has seen. */
  readonly marks: number;
  /** How many takes have failed since the last that did not. */
  readonly failures: number;
  /** When the day before the machine was added was read; `null`: not yet. */
  readonly pastReadAt: Date | null;
  /** The windows of that day that start at or after this were asked for; `null`: none yet. */
  readonly pastBefore: Date | null;
  readonly addedAt: Date;
  /** Since when it answers; when it fell silent after it was taken, when it answered last. */
  readonly answersSince: Date;
}

/**
 * How a take ended. `done`: there was nothing left · `more`: there is more, at once · `failed`: again, from `notBefore`
 * on.
 */
export type BackfillOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'more' }
  | { readonly kind: 'failed'; readonly notBefore: Date };

/** A piece of work of the planner: one shard of one window. */
export interface WindowTask {
  readonly network: string;
  readonly windowStart: Date;
  readonly shard: number;
  readonly via: string | null;
  readonly machineIds: readonly number[];
  readonly state: 'planned' | 'queued' | 'running' | 'done';
  /** Raised each time it is queued. */
  readonly attempt: number;
}

/** Names one task. */
export type WindowTaskKey = Pick<WindowTask, 'network' | 'windowStart' | 'shard' | 'attempt'>;

/** What the planner says about a new task. */
export type PlannedTask = Pick<WindowTask, 'network' | 'windowStart' | 'shard' | 'via' | 'machineIds'>;

/** What the network holds about a machine. */
export type VerdictState = 'up' | 'degraded' | 'down' | 'unknown' | 'maintenance';

export interface Verdict {
  readonly machineId: number;
  readonly state: VerdictState;
  /** Why it is not reachable; `null` when up or unknown without a cause. */
  readonly reason: Reason | null;
  readonly since: Date;
}

/** What one observer last saw through one monitor, as far as a verdict is made of it. */
export type LastSeen = Pick<
  LatestObservation,
  'monitor' | 'observer' | 'observedAt' | 'reason' | 'detail' | 'misses' | 'since'
>;

/** A machine or a service of the network file, with everything from which its verdict is made. */
export interface JudgedMachine extends Pick<
  StoredMachine,
  'machineId' | 'kind' | 'name' | 'netdata' | 'host' | 'address' | 'labels'
> {
  /** `null`: it was never judged. */
  readonly current: Verdict | null;
  /** Its last pause, maybe one that is over; `null`: there is none, or it was told to be over. */
  readonly pause: MachinePause | null;
  /** By each monitor and observer that ever looked, also those that are not in the file any more. */
  readonly seen: readonly LastSeen[];
}

/** How long what a monitor saw says something. */
export interface VoteLimit {
  readonly monitor: string;
  /** What it saw before this says nothing any more. */
  readonly before: Date;
}

/** A change of a verdict, to be written with compare-and-set. */
export interface VerdictChange {
  readonly machineId: number;
  /** The state and `since` that the decision was made from; `null`: no verdict yet. */
  readonly from: Verdict | null;
  readonly to: Verdict;
  /** A sentence for people: why. */
  readonly because: string;
}

/** One change of a verdict that happened. */
export interface VerdictTransition {
  readonly machineId: number;
  /** `null`: the first verdict. */
  readonly from: VerdictState | null;
  readonly to: VerdictState;
  readonly reason: Reason | null;
  readonly because: string;
  readonly at: Date;
}

/** A committed state change that somebody has to be told about. */
export interface OutboxEntry {
  /** Rises with every commit: an entry seen is never followed by one with a lower sequence. */
  readonly sequence: number;
  readonly network: string;
  readonly topic: 'verdict.changed';
  readonly machineId: number;
  readonly machine: string;
  readonly kind: MachineKind;
  readonly from: VerdictState | null;
  readonly to: VerdictState;
  readonly reason: Reason | null;
  readonly because: string;
  readonly at: Date;
  /** When it was announced; `null`: not yet. */
  readonly handledAt: Date | null;
}

/** Seconds of this host as its own process sampled them, ten or so at a time. */
export interface HostChunk {
  readonly machineId: number;
  /** The second of the first sample. */
  readonly start: Date;
  /** One entry a second; `null` for a second that was missed. */
  readonly samples: readonly (HostSample | null)[];
}

export type HostSample = MetricValues;
