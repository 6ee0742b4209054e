import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Queues } from '#jobs';
import type { Storage } from '#storage';
import type { LiveHub } from '../live/live-hub.ts';

/** What the figures are read from. */
export interface PrometheusSources {
  readonly storage: Pick<Storage, 'verdicts' | 'windowTasks'>;
  readonly queues: Pick<Queues, 'counts'>;
  readonly live: Pick<LiveHub, 'size'>;
  readonly networks: readonly string[];
  readonly version: string;
}

/** distomon's own figures as Prometheus reads them (text format 0.0.4). Read from the database when asked. */
export class PrometheusMetrics {
  private readonly sources: PrometheusSources;
  private readonly registry = new Registry();
  private readonly machines: Gauge;
  private readonly jobs: Gauge;
  private readonly tasks: Gauge;
  private readonly streams: Gauge;

  constructor(sources: PrometheusSources) {
    this.sources = sources;
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    new Gauge({ name: 'distomon_info', help: 'Version of this server', labelNames: ['version'], registers }).set(
      { version: sources.version },
      1,
    );
    this.machines = new Gauge({
      name: 'distomon_machines',
      help: 'Machines by verdict',
      labelNames: ['network', 'state'],
      registers,
    });
    this.jobs = new Gauge({
      name: 'distomon_jobs',
      help: 'Jobs by queue and state',
      labelNames: ['queue', 'state'],
      registers,
    });
    this.tasks = new Gauge({
      name: 'distomon_window_tasks_unfinished',
      help: 'Window tasks not done yet',
      labelNames: ['network'],
      registers,
    });
    this.streams = new Gauge({ name: 'distomon_live_streams', help: 'Open live streams of this process', registers });
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  /** The whole text. Rejects when the database or the queue does not answer. */
  async render(): Promise<string> {
    const { storage, queues, live, networks } = this.sources;
    for (const { queue, ...counts } of await queues.counts()) {
      for (const [state, count] of Object.entries(counts)) this.jobs.set({ queue, state }, count);
    }
    for (const network of networks) {
      const states = await storage.verdicts.counts(network);
      for (const [state, count] of Object.entries(states)) this.machines.set({ network, state }, count);
      this.tasks.set({ network }, (await storage.windowTasks.unfinished(network)).length);
    }
    this.streams.set(live.size);
    return this.registry.metrics();
  }
}
