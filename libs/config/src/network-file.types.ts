import type { MetricName } from './metrics.ts';

/** The kinds of monitor a network file may name. */
export const MONITOR_KINDS = ['netdata', 'host'] as const;
export type MonitorKind = (typeof MONITOR_KINDS)[number];

/** A machine as the network file describes it. */
export interface MachineEntry {
  /** Optional and stable: a machine keeps its history through a rename when the file gives it an id. */
  readonly id: string | null;
  readonly name: string;
  /** Base URL of the Netdata agent, without a trailing slash; it may have a path. `null`: no agent. */
  readonly netdata: string | null;
  /** True when the machine is watched by the built-in `host` monitor of the process named by `via`. */
  readonly host: boolean;
  /** Only the process with this label reads it. `null`: any worker may. */
  readonly via: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** A monitor as the network file describes it, defaults filled in. */
export interface MonitorEntry {
  readonly name: string;
  readonly kind: MonitorKind;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Machine names or `key=value` labels; empty: every machine that has what the kind needs. */
  readonly on: readonly string[];
}

/** How many misses and how many agreeing observers make a verdict. */
export interface QuorumEntry {
  readonly observers: number;
  readonly agree: number;
  readonly misses: number;
}

/** A threshold rule. It is validated and stored now; alerting acts on it. */
export interface RuleEntry {
  readonly name: string;
  readonly metric: MetricName;
  readonly above: number | null;
  readonly below: number | null;
  readonly forMs: number;
  readonly severity: 'info' | 'warning' | 'critical';
}

/** A network file after validation, with every default filled in. */
export interface NetworkFile {
  readonly networkId: string;
  readonly version: number;
  /** `sha256:<hex>` of the former file, when the file names it. */
  readonly previous: string | null;
  readonly machines: readonly MachineEntry[];
  readonly monitors: readonly MonitorEntry[];
  readonly quorum: QuorumEntry;
  readonly rules: readonly RuleEntry[];
}
