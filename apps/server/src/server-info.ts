import type { RetentionMs } from '#config';

/** Facts about this process that do not change while it runs. */
export class ServerInfo {
  readonly version: string;
  readonly startedAt: Date;
  readonly windowMs: number;
  readonly retentionMs: RetentionMs;
  /** The name under which this node observes, by network. */
  readonly observers: ReadonlyMap<string, string>;
  /** Where the files of the embedded database are; `null`: the database is that of `DATABASE_URL`. */
  readonly databaseDirectory: string | null;
  readonly queue: 'postgres' | 'redis';
  readonly networks: readonly string[];
  /** Where it listens, once it does. */
  listensOn = '';

  constructor(facts: Omit<ServerInfo, 'listensOn'>) {
    this.version = facts.version;
    this.startedAt = facts.startedAt;
    this.windowMs = facts.windowMs;
    this.retentionMs = facts.retentionMs;
    this.observers = facts.observers;
    this.databaseDirectory = facts.databaseDirectory;
    this.queue = facts.queue;
    this.networks = facts.networks;
  }
}
