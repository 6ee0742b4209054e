import type { MetricName } from '#config';
import type { CheckWindow, MetricRow, Storage } from '#storage';
import type { ExpectedRow } from './expected.ts';
import type { Stretch } from './raw-seconds.ts';

/** What is stored about the machines of one network, read from the database beside the servers. */
export class StoredFacts {
  readonly #storage: Storage;
  readonly #network: string;

  constructor(storage: Storage, network: string) {
    this.#storage = storage;
    this.#network = network;
  }

  /** The row of one window; `null`: there is none. */
  async row(machine: string, { start, seconds }: Stretch): Promise<MetricRow | null> {
    const rows = await this.rows(machine, start, start + seconds);
    return rows[0] ?? null;
  }

  /** The rows of the windows that start within [from, to), in epoch seconds, oldest first. */
  async rows(machine: string, from: number, to: number): Promise<MetricRow[]> {
    return this.#storage.metricRows.read(await this.#id(machine), new Date(from * 1000), new Date(to * 1000));
  }

  /** How often it was looked at in these windows, and what was seen: what uptime is made of. */
  async checks(machine: string, windows: readonly Stretch[]): Promise<CheckWindow[]> {
    const [from, to] = [windows[0]!.start, windows.at(-1)!.start + windows.at(-1)!.seconds];
    return this.#storage.observations.checksOf(await this.#id(machine), new Date(from * 1000), new Date(to * 1000));
  }

  async #id(machine: string): Promise<number> {
    const found = await this.#storage.machines.find(this.#network, 'machine', machine);
    if (found === null) throw new Error(`${machine} is not among the machines of ${this.#network}`);
    return found.machineId;
  }
}

/** The metrics of a stored row that have a value, as {@link differences} compares them. */
export function valuesOf({ metrics }: MetricRow): ExpectedRow {
  const values: ExpectedRow = {};
  for (const [name, { avg, min, max, samples }] of Object.entries(metrics)) {
    if (avg !== null && min !== null && max !== null) values[name as MetricName] = { avg, min, max, samples };
  }
  return values;
}
