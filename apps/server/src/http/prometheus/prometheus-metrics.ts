import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Clock } from '#config';
import { oldestGapAt } from '#collector';
import type { Queues } from '#jobs';
import { type Storage, sumUseByNetwork } from '#storage';
import type { LiveHub } from '../live/live-hub.ts';

/** The delay of the event loop is looked at this often; at the default, 10 ms, that alone would be a tenth of what watching a
 * thousand machines costs. */
const LAG_PRECISION_MS = 100;

/** What the figures are read from. */
export interface PrometheusSources {
  readonly storage: Pick<Storage, 'verdicts' | 'windowTasks' | 'backfills' | 'use'>;
  readonly queues: Pick<Queues, 'counts'>;
  readonly live: Pick<LiveHub, 'size'>;
  readonly networks: readonly string[];
  readonly clock: Clock;
  readonly version: string;
}

/** distomon's own figures as Prometheus reads them (text format 0.0.4). Read from database and queue when asked. */
export class PrometheusMetrics {
  private readonly sources: PrometheusSources;
  private readonly registry = new Registry();
  private readonly machines: Gauge;
  private readonly services: Gauge;
  private readonly jobs: Gauge;
  private readonly tasks: Gauge;
  private readonly gaps: Gauge;
  private readonly rows: Gauge;
  private readonly bytes: Gauge;
  /** Those that are left out when their source does not answer. */
  private readonly fromElsewhere: readonly Gauge[];
  private readonly streams: Gauge;
  private readonly errors: Gauge;

  constructor(sources: PrometheusSources) {
    this.sources = sources;
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: LAG_PRECISION_MS });
    this.gauge('distomon_info', 'Version of this server', ['version']).set({ version: sources.version }, 1);
    this.machines = this.gauge('distomon_machines', 'Machines by verdict', ['network', 'state']);
    this.services = this.gauge('distomon_services', 'Services by verdict', ['network', 'state']);
    this.jobs = this.gauge('distomon_jobs', 'Jobs by queue and state', ['queue', 'state']);
    this.tasks = this.gauge('distomon_window_tasks_unfinished', 'Window tasks not done yet', ['network']);
    this.gaps = this.gauge(
      'distomon_history_gaps_open',
      'Windows without values of which nobody knows yet whether the machine has them',
      ['network'],
    );
    this.rows = this.gauge('distomon_storage_rows', 'Rows of history as measured last, once an hour', [
      'network',
      'resolution',
    ]);
    this.bytes = this.gauge('distomon_storage_bytes', 'Bytes of history, indexes included, as measured last', [
      'network',
      'resolution',
    ]);
    this.fromElsewhere = [this.machines, this.services, this.jobs, this.tasks, this.gaps, this.rows, this.bytes];
    this.streams = this.gauge('distomon_live_streams', 'Open live streams of this process');
    this.errors = this.gauge('distomon_scrape_errors', '1: this source did not answer, its figures are missing', [
      'source',
    ]);
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  /** The whole text. What cannot be had is left out, and `distomon_scrape_errors` says so. */
  async render(): Promise<string> {
    const { queues, live } = this.sources;
    const [jobs, [found]] = await Promise.all([
      this.attempt('queue', () => queues.counts()),
      this.attempt('database', async () => [await this.readDatabase()]),
    ]);
    for (const gauge of this.fromElsewhere) gauge.reset();
    for (const { queue, ...counts } of jobs) {
      for (const [state, count] of Object.entries(counts)) this.jobs.set({ queue, state }, count);
    }
    if (found !== undefined) this.setDatabase(found);
    this.streams.set(live.size);
    return this.registry.metrics();
  }

  private async readDatabase() {
    const { networks, storage } = this.sources;
    const [states, measured] = await Promise.all([
      Promise.all(networks.map(network => this.readNetwork(network))),
      storage.use.read(),
    ]);
    return { states, use: sumUseByNetwork(measured?.tables ?? []) };
  }

  private async readNetwork(network: string) {
    const { clock, storage } = this.sources;
    const { verdicts, windowTasks, backfills } = storage;
    const [machines, services, unfinished, gaps] = await Promise.all([
      verdicts.counts(network, 'machine'),
      verdicts.counts(network, 'service'),
      windowTasks.countUnfinished(network),
      backfills.count(network, oldestGapAt(clock.now())),
    ]);
    return { network, machines, services, unfinished, gaps: gaps.open };
  }

  private setDatabase({ states, use }: Awaited<ReturnType<PrometheusMetrics['readDatabase']>>): void {
    for (const { network, machines, services, unfinished, gaps } of states) {
      for (const [state, count] of Object.entries(machines)) this.machines.set({ network, state }, count);
      for (const [state, count] of Object.entries(services)) this.services.set({ network, state }, count);
      this.tasks.set({ network }, unfinished);
      this.gaps.set({ network }, gaps);
    }
    for (const [network, uses] of use) {
      for (const { resolution, rows, bytes } of uses) {
        this.rows.set({ network, resolution }, rows);
        this.bytes.set({ network, resolution }, bytes);
      }
    }
  }

  private async attempt<T>(source: 'queue' | 'database', read: () => Promise<readonly T[]>): Promise<readonly T[]> {
    try {
      const found = await read();
      this.errors.set({ source }, 0);
      return found;
    } catch {
      this.errors.set({ source }, 1);
      return [];
    }
  }

  private gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
