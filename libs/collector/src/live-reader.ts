import type { MetricValues } from '#config';
import type { Handlers, JobResults } from '#jobs';
import type { StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { findMetricsMonitor } from './find-monitor.ts';

/** A live value that comes later than this is not live any more. */
const LIVE_TIMEOUT_MS = 900;

/** Told the values of one machine as soon as they are there; `null`: it could not be read in time. */
export type Deliver = (machineId: number, values: MetricValues | null) => void;

/** Reads machines for somebody who looks at them right now. Nothing it meets out there makes it throw. */
export class LiveReader {
  private readonly parts: CollectorParts;
  private readonly label: string;
  private asked = 0;

  /** @param label the label of this process: machines with another `via` are asked of that process */
  constructor(parts: CollectorParts, label: string) {
    this.parts = parts;
    this.label = label;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'live.read'> {
    return { 'live.read': ({ machines }, { signal }) => this.answer(machines, signal) };
  }

  /** Reads each machine once and delivers each as soon as it has answered. Resolves when all have, in about a second. */
  async read(machines: readonly StoredMachine[], signal: AbortSignal, deliver: Deliver): Promise<void> {
    const byVia = Map.groupBy(machines, machine => (machine.via === this.label ? null : machine.via));
    await Promise.all(
      [...byVia].map(([via, own]) =>
        via === null ? this.readHere(own, signal, deliver) : this.ask(via, own, deliver),
      ),
    );
  }

  private async readHere(machines: readonly StoredMachine[], signal: AbortSignal, deliver: Deliver): Promise<void> {
    await Promise.all(machines.map(async machine => deliver(machine.machineId, await this.readOne(machine, signal))));
  }

  private async readOne(machine: StoredMachine, signal: AbortSignal): Promise<MetricValues | null> {
    try {
      const monitor = await findMetricsMonitor(this.parts, machine);
      return monitor === null ? null : await monitor.live(machine, { timeoutMs: LIVE_TIMEOUT_MS, signal });
    } catch (error) {
      this.parts.log.debug({ error, machine: machine.name }, 'no live values');
      return null;
    }
  }

  private async answer(ids: readonly number[], signal: AbortSignal): Promise<JobResults['live.read']> {
    const values: { machine: number; values: MetricValues }[] = [];
    await this.readHere(await this.parts.storage.machines.byIds(ids), signal, (machine, read) => {
      if (read !== null) values.push({ machine, values: read });
    });
    return { values };
  }

  private async ask(via: string, machines: readonly StoredMachine[], deliver: Deliver): Promise<void> {
    const ids = machines.map(machine => machine.machineId);
    const id = `live.read-${this.parts.worker}-${(this.asked += 1)}`;
    try {
      const { values } = await this.parts.publisher.ask(
        { name: 'live.read', id, payload: { machines: ids }, via },
        LIVE_TIMEOUT_MS,
      );
      const read = new Map(values.map(({ machine, values: own }) => [machine, own as MetricValues]));
      for (const machine of ids) deliver(machine, read.get(machine) ?? null);
    } catch (error) {
      this.parts.log.debug({ error, via }, 'the process that owns these machines did not answer');
      for (const machine of ids) deliver(machine, null);
    }
  }
}
