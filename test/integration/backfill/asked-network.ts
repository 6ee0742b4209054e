import {
  BackfillPlanner,
  BackfillRunner,
  type CollectorParts,
  type MetricsMonitor,
  type WindowReading,
} from '#collector';
import type { Reason, Window } from '#config';
import type { WindowBackfill } from '#jobs';
import type { MetricRow, Storage, StoredMachine } from '#storage';
import { MonitorSet } from '../../../libs/collector/src/monitors/monitor-set.ts';
import { WatchedNetwork } from '../mesh/watched-network.ts';
import { later, row, summary, T0, WINDOW_MS } from '../storage/fixtures.ts';

export const HOUR_MS = 3_600_000;

/** What a machine says when it is asked for a window; it may take its time. */
export type Answer = (machine: string, start: Date) => WindowReading | Promise<WindowReading>;

/** Every second of a window, with these averages. */
export function whole(cpu: number): WindowReading {
  const metrics = { cpu: summary(cpu), memory: summary(50) };
  return { reason: null, metrics, charts: {}, fullestMount: '/', clockOffsetMs: 0, reachesEnd: true };
}

export const EMPTY: WindowReading = { reason: 'no_data', detail: 'nothing of it', isEmpty: true };
export const SILENT: WindowReading = { reason: 'timeout', detail: 'no answer within 10 s' };

/** Says what it is told to say, and keeps what it was asked for. */
class ToldMonitor implements MetricsMonitor {
  readonly source = 'agent';
  readonly asked: { readonly machine: string; readonly start: Date }[] = [];
  answer: Answer = () => whole(1);
  since: Date | null = null;

  async readWindow(machine: StoredMachine, window: Window): Promise<WindowReading> {
    this.asked.push({ machine: machine.name, start: window.start });
    return await this.answer(machine.name, window.start);
  }

  knowsSince(): Promise<Date | null> {
    return Promise.resolve(this.since);
  }

  probe(): Promise<never> {
    return Promise.reject(new Error('it is only asked for windows'));
  }

  live(): Promise<null> {
    return Promise.resolve(null);
  }

  readSeconds(): Promise<never> {
    return Promise.reject(new Error('it is only asked for windows'));
  }

  devices(): Promise<never> {
    return Promise.reject(new Error('it is only asked for windows'));
  }

  recallDevice(): Promise<never> {
    return Promise.reject(new Error('it is only asked for windows'));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A network whose machines are asked about their past when the test says so, and answer what the test says. */
export class AskedNetwork extends WatchedNetwork {
  readonly monitor = new ToldMonitor();
  readonly urgent = { isBusy: false };
  readonly parts: CollectorParts;
  readonly #storage: Storage;
  readonly #planner: BackfillPlanner;
  #delivered = 0;

  /** @param networks of this process: several share the places for machines that are asked */
  constructor(storage: Storage, name: string, networks: () => readonly string[] = () => [name]) {
    super(storage, name);
    this.#storage = storage;
    this.parts = {
      storage,
      publisher: this.publisher,
      clock: this.clock,
      log: LOG,
      monitors: new MonitorSet({ netdata: this.monitor }),
      networks,
      networkFile: this.networkFile,
      windowMs: WINDOW_MS,
      paused: () => Promise.resolve(new Set<number>()),
      windowGraceMs: 30_000,
      observerOf: () => 'local',
      worker: 'test',
    };
    this.#planner = new BackfillPlanner(this.parts);
  }

  /** Accepts a file with these machines (`name` or `name, via: label`), added now. */
  async watch(machines: readonly string[], version = 1): Promise<void> {
    const lines = machines.map(entry => `  - { netdata: "http://10.0.0.1:19999", name: ${entry} }\n`);
    await this.accept(version, `machines:\n${lines.join('')}monitors:\n  - { name: agents, kind: netdata }\n`);
  }

  /** The same, of machines that were asked about the time before long ago, and have answered for an hour. */
  async watchForLong(machines: readonly string[]): Promise<void> {
    await this.watch(machines);
    const names = machines.map(entry => entry.split(',')[0]!);
    for (const name of names) await this.#storage.machines.pastRead(this.id(name), this.clock.now());
    for (const name of names) await this.see(name, 'agents');
    this.clock.set(HOUR_MS);
    for (const name of names) await this.see(name, 'agents');
  }

  /** Stores rows without values of these windows (as multiples of a window after T0), noticed right after each. */
  async miss(name: string, windows: readonly number[], reason: Reason = 'timeout'): Promise<void> {
    const nothing = { reachable: false, reason, source: null, fullestMount: null, metrics: {} } as const;
    await this.#storage.metricRows.write(windows.map(at => row(this.id(name), later(at * WINDOW_MS), nothing)));
  }

  /** The machine's rows, oldest first, by the place of their windows after T0. */
  async rows(name: string): Promise<Map<number, MetricRow>> {
    const rows = await this.#storage.metricRows.read(this.id(name), new Date(0), later(365 * 24 * HOUR_MS));
    return new Map(rows.map(one => [placeOf(one.windowStart), one]));
  }

  /** What was asked for so far, in this order: `name` and the place of the window after T0. */
  asked(): (readonly [machine: string, window: number])[] {
    return this.monitor.asked.map(({ machine, start }) => [machine, placeOf(start)] as const);
  }

  /** Queues what is due, as a tick does. */
  plan(): Promise<void> {
    return this.#planner.plan();
  }

  /** Has the queued jobs done, one after another, and those that are queued meanwhile. */
  async work(): Promise<void> {
    for (let job = this.nextJob(); job !== null; job = this.nextJob()) await this.run(job);
  }

  /** The next queued job that was not handed out yet. */
  nextJob(): WindowBackfill | null {
    const job = this.publisher.of('window.backfill')[this.#delivered];
    if (job !== undefined) this.#delivered += 1;
    return job ?? null;
  }

  /** One worker does one job. */
  run(job: WindowBackfill, signal: AbortSignal = new AbortController().signal): Promise<void> {
    const runner = new BackfillRunner(this.parts, this.#planner, this.urgent);
    return runner.handlers()['window.backfill'](job, { id: 'test', try: 1, signal });
  }
}

function placeOf(start: Date): number {
  return (start.getTime() - T0.getTime()) / WINDOW_MS;
}
