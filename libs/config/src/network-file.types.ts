import type { MetricName } from './metrics.ts';
import type { MachineNeed, MonitorGives, MonitorParameters } from './monitor-kind.types.ts';

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
  /** Host name or IP address at which the checks of `on` find it. */
  readonly address: string | null;
  /** Names the secret in nodeconf.yml with which its agent is read. `null`: none is needed. */
  readonly auth: string | null;
  /** How long its agent may take to answer a probe; `null`: as long as the monitor says. */
  readonly timeoutMs: number | null;
  /** More charts of its agent that are stored beside the metrics of a row, by id. */
  readonly charts: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** A monitor as the network file describes it, defaults filled in. */
export interface MonitorEntry {
  readonly name: string;
  readonly kind: string;
  readonly gives: MonitorGives;
  readonly needs: MachineNeed | null;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Machine names or `key=value` labels; empty: every machine that has what the kind needs, or a service. */
  readonly on: readonly string[];
  /** It has a target of its own: a service, which has its name. */
  readonly service: boolean;
  /** The keys of its kind, checked, as they are written. */
  readonly parameters: MonitorParameters;
}

/** How many misses and how many agreeing observers make a verdict. */
export interface QuorumEntry {
  readonly observers: number;
  readonly agree: number;
  readonly misses: number;
}

/** How bad it is when a rule fires. */
export const SEVERITIES = ['info', 'warning', 'critical'] as const;

/** A threshold rule. It is validated and stored now; alerting acts on it. */
export interface RuleEntry {
  readonly name: string;
  readonly metric: MetricName;
  readonly above: number | null;
  readonly below: number | null;
  readonly forMs: number;
  readonly severity: (typeof SEVERITIES)[number];
}

/** Somebody whose signature counts for the next version of the file. */
export interface SignerEntry {
  readonly name: string;
  /** An SSH public key, as a line of `authorized_keys`. */
  readonly key: string;
}

/** A distomon that takes part in the network. */
export interface NodeEntry {
  readonly nodeId: string;
  readonly publicKey: string;
  /** Where its peers reach it, without a trailing slash. */
  readonly url: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * A network file after validation, with every default filled in. The last six belong to signed networks: their form is
 * checked and they are kept, but this version neither checks a signature nor acts on an expiry.
 */
export interface NetworkFile {
  readonly networkId: string;
  readonly version: number;
  /** `sha256:<hex>` of the former file, when the file names it. */
  readonly previous: string | null;
  readonly machines: readonly MachineEntry[];
  readonly monitors: readonly MonitorEntry[];
  readonly quorum: QuorumEntry;
  readonly rules: readonly RuleEntry[];
  readonly issuedAt: Date | null;
  readonly expires: Date | null;
  /** How many signers must have signed a version. */
  readonly threshold: number | null;
  readonly signers: readonly SignerEntry[];
  readonly nodes: readonly NodeEntry[];
  /** The versions of distomon that may read the file: `>=1 <2`. */
  readonly versionRange: string | null;
}
