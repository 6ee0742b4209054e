import type { Handlers, JobResults } from '#jobs';
import type { StoredMachine } from '#storage';
import { BriefShare } from './brief-share.ts';
import type { CollectorParts } from './collector-parts.ts';
import type { DevicesReading } from './devices.types.ts';
import { UNREAD } from './devices-reader.reasons.ts';
import { findMetricsMonitor } from './find-monitor.ts';

/** What comes later than this is not of now any more. */
const TIMEOUT_MS = 1_500;
/** The process that owns the machine takes as long, and is to be heard when it says that nobody answered. */
const OWNER_TIMEOUT_MS = 2_000;
/** The time is limit enough: a signal that ends a read says that distomon is shutting down. */
const UNENDED = new AbortController().signal;
/** Machines that are read at the same time, or were within the last second. */
const MAX_MACHINES = 1_000;

/** What a machine has, and when that was read. */
export interface DevicesNow {
  readonly reading: DevicesReading;
  readonly at: Date;
}

/**
 * Reads the mounts and interfaces of machines, here or through the process that owns them. All who look at the same machine
 * share one read a second. Nothing here throws for what is out there.
 */
export class DevicesReader {
  private readonly parts: CollectorParts;
  private readonly label: string;
  private readonly shared = new BriefShare<DevicesNow>();
  private asked = 0;

  /** @param label the label of this process: machines with another `via` are asked of that process */
  constructor(parts: CollectorParts, label: string) {
    this.parts = parts;
    this.label = label;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'devices.read'> {
    return { 'devices.read': ({ machine }) => this.answer(machine) };
  }

  /** What the machine has now: read after it was asked for, or less than two seconds before for somebody else. */
  async read(machine: StoredMachine): Promise<DevicesNow> {
    const { shared, parts } = this;
    if (!shared.has(machine.machineId) && shared.size >= MAX_MACHINES)
      return { reading: UNREAD.tooMuch, at: parts.clock.now() };
    const { via } = machine;
    return await shared.join(machine.machineId, async () => {
      const reading = await (via === null || via === this.label ? this.readHere(machine) : this.ask(via, machine));
      return { reading, at: parts.clock.now() };
    });
  }

  private async answer(id: number): Promise<JobResults['devices.read']> {
    const [machine] = await this.parts.storage.machines.byIds([id]);
    // Shared already by those who ask: shared here too, it could be as old as both together.
    return { reading: machine === undefined ? UNREAD.noMonitor : await this.readHere(machine) };
  }

  private async readHere(machine: StoredMachine): Promise<DevicesReading> {
    try {
      const monitor = await findMetricsMonitor(this.parts, machine);
      if (monitor === null) return UNREAD.noMonitor;
      return await monitor.devices(machine, { timeoutMs: TIMEOUT_MS, signal: UNENDED });
    } catch (error) {
      this.parts.log.warn({ error, machine: machine.name }, 'the devices of a machine could not be read');
      return UNREAD.broken;
    }
  }

  private async ask(via: string, { machineId, name }: StoredMachine): Promise<DevicesReading> {
    const id = `devices.read-${this.parts.worker}-${(this.asked += 1)}`;
    try {
      const job = { name: 'devices.read', id, payload: { machine: machineId }, via } as const;
      return (await this.parts.publisher.ask(job, OWNER_TIMEOUT_MS)).reading as DevicesReading;
    } catch (error) {
      this.parts.log.debug({ error, via, machine: name }, 'the process that owns this machine did not answer');
      return UNREAD.noOwner;
    }
  }
}
