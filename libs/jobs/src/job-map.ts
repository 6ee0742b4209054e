/**
 * Every job of distomon: its wire name, which never changes, and its payload. A payload carries ids and facts, never
 * entities, because a job outlives the deploy that queued it. Times are epoch seconds.
 */
export interface JobMap {
  /** A tick: compare the clock with `window_task` and queue what is missing. */
  'window.plan': { readonly tick: number };
  /** Read one shard of one window from its agents and store its rows. */
  'window.collect': WindowCollect;
  /** Ask one machine again about the windows of which it has no values, newest first. */
  'window.backfill': WindowBackfill;
  /** Make the hours and days anew whose rows have changed. */
  'rollup.run': { readonly at: number };
  /** A tick: queue the probes that are due. */
  'probe.plan': { readonly tick: number };
  /** Run one monitor against one shard of machines and store what it saw. */
  'probe.run': ProbeRun;
  /** Form a verdict about each of these machines from what is stored. */
  'verdict.evaluate': { readonly network: string; readonly machines: readonly number[]; readonly at: number };
  /** Tell the world (so far: the log) about one committed state change. */
  'transition.announce': { readonly sequence: number };
  /** Ask the process that owns these machines for their values of this second. Its result: {@link JobResults}. */
  'live.read': { readonly machines: readonly number[] };
  /** Ask the process that owns this machine for its values of each second. Its result: {@link JobResults}. */
  'seconds.read': SecondsRead;
  /** Ask the process that owns this machine for its mounts and interfaces of now. Its result: {@link JobResults}. */
  'devices.read': { readonly machine: number };
  /** Ask the process that owns this machine what it remembers of one of them. Its result: {@link JobResults}. */
  'device.recall': DeviceQuery;
  /** Ask the process that would watch this agent to look at it once. Its result: {@link JobResults}. */
  'agent.test': AgentTest;
  /** Create partitions ahead, drop what is past its retention. */
  'storage.maintain': { readonly tick: number };
}

export interface WindowCollect {
  readonly network: string;
  readonly windowStart: number;
  readonly shard: number;
  readonly attempt: number;
}

export interface WindowBackfill {
  readonly network: string;
  readonly machine: number;
  readonly attempt: number;
}

/** The seconds (from, to], in epoch seconds. */
export interface SecondsRead {
  readonly machine: number;
  readonly from: number;
  readonly to: number;
}

/** One device of a machine, and the time that is asked for, in epoch seconds. */
export interface DeviceQuery {
  readonly machine: number;
  readonly kind: 'mount' | 'interface';
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** An agent that is not watched yet. */
export interface AgentTest {
  readonly netdata: string;
  /** Name of the secret with which it is read; empty: none. */
  readonly auth: string;
}

export interface ProbeRun {
  readonly network: string;
  readonly monitor: string;
  readonly shard: number;
  /** The tick this probe belongs to: the natural key of its observations. */
  readonly due: number;
  readonly machines: readonly number[];
}

export type JobName = keyof JobMap;

/** What a job returns to somebody who waits for it. Jobs that are not listed return nothing. */
export interface JobResults {
  'live.read': {
    readonly values: readonly { readonly machine: number; readonly values: Readonly<Record<string, number | null>> }[];
  };
  /** By metric a value for each second, oldest first; `null`: the machine has none of them. */
  'seconds.read': { readonly seconds: Readonly<Record<string, readonly (number | null)[]>> | null };
  /** As libs/collector reads it. */
  'devices.read': { readonly reading: object };
  'device.recall': { readonly reading: object };
  /** As libs/collector says it. */
  'agent.test': { readonly result: object };
}

export type ResultOf<N extends JobName> = N extends keyof JobResults ? JobResults[N] : void;

/** The queues, by latency. `via-<label>` is the own queue of the process with that label. */
export const QUEUES = ['probe', 'window', 'notify', 'maintenance'] as const;
export type QueueName = (typeof QUEUES)[number] | `via-${string}`;

/** What a handler is told about the run itself. */
export interface JobContext {
  /** The job's id, for the log. */
  readonly id: string;
  /** 1 for the first try. */
  readonly try: number;
  /** Aborted when the process shuts down: finish quickly or give up, the work is planned again. */
  readonly signal: AbortSignal;
}

/**
 * Does the work of one job. It must be idempotent: a job is delivered at least once.
 *
 * @throws an error with `retryable: false` to end the job; any other error has it tried again with backoff.
 */
export type Handler<N extends JobName> = (payload: JobMap[N], context: JobContext) => Promise<ResultOf<N>>;

/** A handler for each of these jobs; a missing one does not compile. */
export type Handlers<N extends JobName> = { readonly [K in N]: Handler<K> };
