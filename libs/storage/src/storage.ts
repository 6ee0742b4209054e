import type { MikroORM } from '@mikro-orm/postgresql';
import type { ClientTracker } from './client-tracker.ts';
import { HostSamples } from './host-samples.ts';
import { Machines } from './machines.ts';
import { MetricRows } from './metric-rows.ts';
import { Networks } from './networks.ts';
import { Observations } from './observations.ts';
import { Outbox } from './outbox.ts';
import { Partitions } from './partitions.ts';
import { Verdicts } from './verdicts.ts';
import { WindowTasks } from './window-tasks.ts';

const CLOSE_TIMEOUT_MS = 5_000;

/** Everything that is stored, by what it is about. Safe to share; a lost connection fails its query only. */
export class Storage {
  readonly networks: Networks;
  readonly machines: Machines;
  readonly observations: Observations;
  readonly windowTasks: WindowTasks;
  readonly metricRows: MetricRows;
  readonly verdicts: Verdicts;
  readonly outbox: Outbox;
  readonly hostSamples: HostSamples;
  readonly partitions: Partitions;
  private readonly orm: MikroORM;
  private readonly clients: ClientTracker;

  constructor(orm: MikroORM, clients: ClientTracker) {
    this.orm = orm;
    this.clients = clients;
    this.partitions = new Partitions(orm.em);
    this.networks = new Networks(orm.em);
    this.machines = new Machines(orm.em);
    this.observations = new Observations(orm.em, this.partitions);
    this.windowTasks = new WindowTasks(orm.em);
    this.metricRows = new MetricRows(orm.em, this.partitions);
    this.verdicts = new Verdicts(orm.em);
    this.outbox = new Outbox(orm.em);
    this.hostSamples = new HostSamples(orm.em);
  }

  /** Resolves when the database answers. */
  async ping(): Promise<void> {
    await this.orm.em.fork().execute('select 1');
  }

  /** Waits for running queries, then closes every connection, sockets included. */
  async close(): Promise<void> {
    await this.orm.close(true);
    await this.clients.closed(CLOSE_TIMEOUT_MS);
  }
}
