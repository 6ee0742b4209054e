import type { Clock, MetricValues } from '#config';
import type { LiveReader } from '#collector';
import type { Storage, StoredMachine } from '#storage';
import type { LiveSubscriber } from './live-subscriber.ts';

/** After this long in a second, what has answered is sent; what answers later goes with the next second. */
const GATHER_MS = 250;
/** How long the list of machines is believed. */
const LIST_FRESH_MS = 5_000;
/** An answer that waits longer to be told is the past. So one waits that came after the last viewer had left. */
const VALUES_FRESH_MS = 2_000;

/** What a machine answered, and when by the monotonic clock; `null`: nothing. */
interface Answer {
  readonly values: MetricValues | null;
  readonly arrivedAtMs: number;
}

/**
 * Reads each machine that somebody looks at once a second, for all who look, and sends one event a second to each.
 * Nobody looks: nothing is read.
 */
export class LiveValues {
  private readonly reader: LiveReader;
  private readonly storage: Pick<Storage, 'machines'>;
  private readonly clock: Clock;
  private readonly inFlight = new Set<number>();
  /** What has answered since the last event, by machine id. */
  private arrived = new Map<number, Answer>();
  private readonly lists = new Map<string, { readonly machines: readonly StoredMachine[]; readonly at: number }>();

  constructor(reader: LiveReader, storage: Pick<Storage, 'machines'>, clock: Clock) {
    this.reader = reader;
    this.storage = storage;
    this.clock = clock;
  }

  /** One second: start the reads, wait a moment, send what is there. */
  async tick(subscribers: readonly LiveSubscriber[], signal: AbortSignal): Promise<void> {
    const machines = await this.watched(subscribers);
    const idle = machines.filter(machine => !this.inFlight.has(machine.machineId));
    for (const machine of idle) this.inFlight.add(machine.machineId);
    const reading = this.reader.read(idle, signal, (id, values) => {
      this.inFlight.delete(id);
      this.arrived.set(id, { values, arrivedAtMs: performance.now() });
    });
    await Promise.race([reading, new Promise(resolve => setTimeout(resolve, GATHER_MS))]);
    this.tell(subscribers, machines);
  }

  /** An event each second, even an empty one, is how a page knows that its connection lives. */
  private tell(subscribers: readonly LiveSubscriber[], machines: readonly StoredMachine[]): void {
    const arrived = this.takeFresh();
    const answered = machines.filter(machine => arrived.has(machine.machineId)); // one removed meanwhile is not among them
    const at = this.clock.now().toISOString();
    for (const subscriber of subscribers) {
      const values = answered
        .filter(machine => subscriber.wants(machine))
        .map(machine => [machine.name, arrived.get(machine.machineId) ?? null] as const);
      subscriber.sendOrSkip({ event: 'values', data: { at, machines: Object.fromEntries(values) } });
    }
  }

  /** What is still worth telling; all else is forgotten. */
  private takeFresh(): ReadonlyMap<number, MetricValues | null> {
    const oldestMs = performance.now() - VALUES_FRESH_MS;
    const fresh = [...this.arrived].filter(([, { arrivedAtMs }]) => arrivedAtMs >= oldestMs);
    this.arrived = new Map();
    return new Map(fresh.map(([id, { values }]) => [id, values]));
  }

  private async watched(subscribers: readonly LiveSubscriber[]): Promise<StoredMachine[]> {
    const networks = [...new Set(subscribers.map(subscriber => subscriber.network))];
    const lists = await Promise.all(networks.map(network => this.list(network)));
    return lists.flat().filter(machine => subscribers.some(subscriber => subscriber.wants(machine)));
  }

  private async list(network: string): Promise<readonly StoredMachine[]> {
    const now = this.clock.now().getTime();
    const known = this.lists.get(network);
    if (known !== undefined && now - known.at < LIST_FRESH_MS) return known.machines;
    const machines = await this.storage.machines.list(network);
    this.lists.set(network, { machines, at: now });
    return machines;
  }
}
