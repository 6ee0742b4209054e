import type { Clock, NetworkFile } from '#config';
import type { JobLog, JobPublisher } from '#jobs';
import type { Storage } from '#storage';
import type { MonitorSet } from './monitors/monitor-set.ts';

/** What the collector's workers need of the world. */
export interface CollectorParts {
  readonly storage: Storage;
  readonly publisher: JobPublisher;
  readonly clock: Clock;
  readonly log: JobLog;
  readonly monitors: MonitorSet;
  /** Names of the networks that this node takes part in. */
  readonly networks: () => readonly string[];
  /** The accepted network file, or `null` when there is no such network. */
  readonly networkFile: (network: string) => Promise<NetworkFile | null>;
  /** The machines of a network that nobody is to look at now. */
  readonly paused: (network: string) => Promise<ReadonlySet<number>>;
  readonly windowMs: number;
  readonly windowGraceMs: number;
  /** Who looks: this node's name in that network, the observer of every observation it makes there. */
  readonly observerOf: (network: string) => string;
  /** This process among others of the same observer; leases are held in its name. */
  readonly worker: string;
}
