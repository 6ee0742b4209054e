import type { DeviceQuery, Handlers, JobResults } from '#jobs';
import type { StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import type { DeviceHistoryReading, DeviceName } from './devices.types.ts';
import { UNREAD } from './devices-reader.reasons.ts';
import { findMetricsMonitor } from './find-monitor.ts';
import type { SecondsRange } from './monitors/monitor.ts';
import { ReadSlots } from './seconds-reader-slots.ts';
import { SharedWork } from './shared-work.ts';

/** One history is five answers of an agent, and a page shows one for each device, which wait for one another. */
const TIMEOUT_MS = 4_000;
const PATIENCE_MS = 12_000;
/** Different reads that are under way or wait for a place. */
const MAX_READS = 128;

/**
 * Asks machines what they remember of one mount or interface, here or through the process that owns them. All who ask for the
 * same at the same time share one read. Nothing here throws for what is out there.
 */
export class DeviceMemoryReader {
  private readonly parts: CollectorParts;
  private readonly label: string;
  private readonly slots = new ReadSlots();
  private readonly shared = new SharedWork<DeviceHistoryReading>();
  private asked = 0;

  /** @param label the label of this process: machines with another `via` are asked of that process */
  constructor(parts: CollectorParts, label: string) {
    this.parts = parts;
    this.label = label;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'device.recall'> {
    return { 'device.recall': (query, { signal }) => this.answer(query, signal) };
  }

  /** @param signal aborted when nobody waits any more */
  async read(
    machine: StoredMachine,
    device: DeviceName,
    range: SecondsRange,
    signal: AbortSignal,
  ): Promise<DeviceHistoryReading> {
    const { via } = machine;
    const query = queryOf(machine, device, range);
    return await this.readOnce(query, signal, stop =>
      via === null || via === this.label ? this.readHere(machine, query, stop) : this.ask(via, query),
    );
  }

  private async answer(query: DeviceQuery, signal: AbortSignal): Promise<JobResults['device.recall']> {
    const [machine] = await this.parts.storage.machines.byIds([query.machine]);
    if (machine === undefined) return { reading: { ...UNREAD.noMonitor, since: null } };
    return { reading: await this.readOnce(query, signal, stop => this.readHere(machine, query, stop)) };
  }

  private async readOnce(
    query: DeviceQuery,
    signal: AbortSignal,
    work: (stop: AbortSignal) => Promise<DeviceHistoryReading | null>,
  ): Promise<DeviceHistoryReading> {
    const { machine, kind, name, from, to } = query;
    const key = JSON.stringify([machine, kind, name, from, to]);
    const tooMuch = { ...UNREAD.tooMuch, since: null };
    if (!this.shared.has(key) && this.shared.size >= MAX_READS) return tooMuch;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    return (await this.shared.join(key, patience, work)) ?? tooMuch;
  }

  private async readHere(
    machine: StoredMachine,
    query: DeviceQuery,
    signal: AbortSignal,
  ): Promise<DeviceHistoryReading | null> {
    try {
      return await this.slots.run(machine.machineId, signal, async () => {
        const monitor = await findMetricsMonitor(this.parts, machine);
        if (monitor === null) return { ...UNREAD.noMonitor, since: null };
        const range = { from: new Date(query.from * 1000), to: new Date(query.to * 1000) };
        return await monitor.recallDevice(machine, query, range, { timeoutMs: TIMEOUT_MS, signal });
      });
    } catch (error) {
      this.parts.log.warn({ error, machine: machine.name }, 'the past of a device could not be read');
      return { ...UNREAD.broken, since: null };
    }
  }

  private async ask(via: string, query: DeviceQuery): Promise<DeviceHistoryReading> {
    const id = `device.recall-${this.parts.worker}-${(this.asked += 1)}`;
    try {
      const job = { name: 'device.recall', id, payload: query, via } as const;
      return (await this.parts.publisher.ask(job, PATIENCE_MS)).reading as DeviceHistoryReading;
    } catch (error) {
      this.parts.log.debug({ error, via, machine: query.machine }, 'the process that owns this machine did not answer');
      return { ...UNREAD.noOwner, since: null };
    }
  }
}

/** Whole seconds, so that those who ask at about the same time ask for the same. */
function queryOf({ machineId }: StoredMachine, { kind, name }: DeviceName, { from, to }: SecondsRange): DeviceQuery {
  return {
    machine: machineId,
    kind,
    name,
    from: Math.floor(from.getTime() / 1000),
    to: Math.ceil(to.getTime() / 1000),
  };
}
