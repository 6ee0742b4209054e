import { Clock, hashOf, type MonitorKind, parseNetworkFile, type NetworkFile } from '#config';
import type { JobContext, JobMap, JobName, JobPublisher, JobRequest } from '#jobs';
import { VerdictEvaluator } from '#mesh';
import type { Observation, Storage, Verdict } from '#storage';
import { later, observation, T0, WINDOW_MS } from '../storage/fixtures.ts';

/** One kind that gives metrics and one that checks. */
const KINDS: readonly MonitorKind[] = [
  { kind: 'netdata', gives: 'metrics', needs: 'netdata', parameters: {} },
  { kind: 'port', gives: 'check', needs: 'address', parameters: {} },
];

/** A clock that stands until it is set. */
class SetClock extends Clock {
  private at = T0;

  override now(): Date {
    return this.at;
  }

  /** Sets it so many milliseconds after {@link T0}. */
  set(ms: number): void {
    this.at = later(ms);
  }
}

/** Keeps what is published; nothing is ever answered. */
export class MemoryPublisher implements JobPublisher {
  readonly published: JobRequest[] = [];

  publish<N extends JobName>(request: JobRequest<N>): Promise<void> {
    return this.publishAll([request]);
  }

  publishAll(requests: readonly JobRequest[]): Promise<void> {
    this.published.push(...requests);
    return Promise.resolve();
  }

  ask(): Promise<never> {
    return Promise.reject(new Error('nobody answers here'));
  }

  /** The payloads of the jobs of this name, in the order in which they were published. */
  of<N extends JobName>(name: N): JobMap[N][] {
    return this.published.flatMap(request => (request.name === name ? [request.payload as JobMap[N]] : []));
  }
}

const CONTEXT: JobContext = { id: 'test', try: 1, signal: new AbortController().signal };

/** A network that is watched by hand: what was seen is said, and who judges is called, when the test says so. */
export class WatchedNetwork {
  readonly clock = new SetClock();
  readonly publisher = new MemoryPublisher();
  readonly name: string;
  private readonly storage: Storage;
  private current: NetworkFile | null = null;
  private ids: ReadonlyMap<string, number> = new Map();

  constructor(storage: Storage, name: string) {
    this.storage = storage;
    this.name = name;
  }

  readonly networkFile = (): Promise<NetworkFile | null> => Promise.resolve(this.current);

  /** Makes this the accepted file: `machines:` and `monitors:` as network.yml has them. */
  async accept(version: number, body: string): Promise<void> {
    const text = `network_id: ${this.name}\nversion: ${version}\n${body}`;
    const file = parseNetworkFile(text, 'network.yml', KINDS);
    const services = file.monitors.filter(({ service }) => service).map(({ name }) => name);
    const expectedVersion = version === 1 ? null : version - 1;
    const { machines } = file;
    const accepted = { version, expectedVersion, machines, services, author: 'alice', at: this.clock.now() };
    await this.storage.networks.acceptVersion({ ...accepted, network: this.name, text, hash: hashOf(text) });
    this.current = file;
    const watched = await this.storage.machines.listWatched(this.name);
    this.ids = new Map(watched.map(machine => [machine.name, machine.machineId]));
  }

  /** The integer id of a machine or a service. */
  id(name: string): number {
    const id = this.ids.get(name);
    if (id === undefined) throw new Error(`the file names no ${name}`);
    return id;
  }

  /** Stores what a monitor sees of a machine or a service now. */
  async see(name: string, monitor: string, more: Partial<Observation> = {}): Promise<void> {
    const at = this.clock.now();
    const seen = observation(this.id(name), 0, { monitor, dueAt: at, observedAt: at, ...more });
    await this.storage.observations.record([seen], WINDOW_MS);
  }

  /** Has one worker judge these. Called twice at once, two do. */
  judge(...names: readonly string[]): Promise<void> {
    return this.judgeIds(names.map(name => this.id(name)));
  }

  async judgeIds(machines: readonly number[]): Promise<void> {
    const evaluator = new VerdictEvaluator({
      storage: this.storage,
      publisher: this.publisher,
      clock: this.clock,
      networkFile: this.networkFile,
    });
    await evaluator.handlers()['verdict.evaluate']({ network: this.name, machines, at: 0 }, CONTEXT);
  }

  async verdict(name: string): Promise<Verdict | null> {
    const verdicts = await this.storage.verdicts.of([this.id(name)]);
    return verdicts[0] ?? null;
  }

  /** The state changes so far, oldest first: `up→down: why`. */
  async changes(name: string): Promise<string[]> {
    const transitions = await this.storage.verdicts.transitions(this.id(name), 99);
    return transitions.toReversed().map(({ from, to, because }) => `${from ?? 'new'}→${to}: ${because}`);
  }
}
