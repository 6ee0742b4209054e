import type { Handlers, JobResults, SecondsRead } from '#jobs';
import type { StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { findMetricsMonitor } from './find-monitor.ts';
import { decideSecondsRange, type WholeSeconds } from './seconds-reader-range.ts';
import { ReadSlots } from './seconds-reader-slots.ts';
import type { FineHistory, SecondColumns } from './seconds-reader.types.ts';
import { RecentSeconds } from './recent-seconds.ts';
import { SharedWork } from './shared-work.ts';

/** Somebody looks at a page that waits for it. */
const TIMEOUT_MS = 3_000;
/** Different reads that are under way or wait for a place; who comes then is told at once that it cannot be. */
const MAX_READS = 64;

type Work = (signal: AbortSignal) => Promise<SecondColumns | null>;

/**
 * Reads the seconds of machines, here or through the process that owns them. All who ask for the same seconds of a machine at
 * about the same time share one read of it, which goes on as long as one of them waits.
 */
export class SecondsReader implements FineHistory {
  private readonly parts: CollectorParts;
  private readonly label: string;
  private readonly slots = new ReadSlots();
  private readonly recent = new RecentSeconds();
  private readonly shared = new SharedWork<SecondColumns>();
  private asked = 0;

  /** @param label the label of this process: machines with another `via` are asked of that process */
  constructor(parts: CollectorParts, label: string) {
    this.parts = parts;
    this.label = label;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'seconds.read'> {
    return { 'seconds.read': (payload, { signal }) => this.answer(payload, signal) };
  }

  async read(machine: StoredMachine, from: Date, to: Date, signal: AbortSignal): Promise<SecondColumns | null> {
    const range = decideSecondsRange(from.getTime() / 1000, to.getTime() / 1000);
    if (range === null) return null;
    const { via } = machine;
    const work: Work =
      via === null || via === this.label
        ? stop => this.readHere(machine, range, stop)
        : () => this.ask(via, machine, range);
    return await this.readOnce(machine, range, signal, work);
  }

  private async answer(
    { machine: id, from, to }: SecondsRead,
    signal: AbortSignal,
  ): Promise<JobResults['seconds.read']> {
    const [machine] = await this.parts.storage.machines.byIds([id]);
    const range = decideSecondsRange(from, to);
    if (machine === undefined || range === null) return { seconds: null };
    const columns = await this.readOnce(machine, range, signal, stop => this.readHere(machine, range, stop));
    return { seconds: columns?.metrics ?? null };
  }

  private async readOnce(
    { machineId }: StoredMachine,
    { from, to }: WholeSeconds,
    signal: AbortSignal,
    work: Work,
  ): Promise<SecondColumns | null> {
    const key = `${machineId} ${from} ${to}`;
    const known = this.recent.get(key);
    if (known !== null) return known;
    if (!this.shared.has(key) && this.shared.size >= MAX_READS) return null;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    return await this.shared.join(key, patience, async stop => {
      const columns = await work(stop);
      if (columns !== null) this.recent.keep(key, columns);
      return columns;
    });
  }

  private async readHere(
    machine: StoredMachine,
    range: WholeSeconds,
    signal: AbortSignal,
  ): Promise<SecondColumns | null> {
    try {
      return await this.slots.run(machine.machineId, signal, () => this.readNow(machine, range, signal));
    } catch (error) {
      this.parts.log.debug({ error, machine: machine.name }, 'no seconds');
      return null;
    }
  }

  private async readNow(
    machine: StoredMachine,
    { from, to }: WholeSeconds,
    signal: AbortSignal,
  ): Promise<SecondColumns | null> {
    const monitor = await findMetricsMonitor(this.parts, machine);
    if (monitor === null) return null;
    const range = { from: new Date(from * 1000), to: new Date(to * 1000) };
    const reading = await monitor.readSeconds(machine, range, { timeoutMs: TIMEOUT_MS, signal });
    if (reading.reason === null) return reading.seconds;
    this.parts.log.debug({ machine: machine.name, reason: reading.reason, detail: reading.detail }, 'no seconds');
    return null;
  }

  private async ask(
    via: string,
    { machineId: machine, name }: StoredMachine,
    range: WholeSeconds,
  ): Promise<SecondColumns | null> {
    const id = `seconds.read-${this.parts.worker}-${(this.asked += 1)}`;
    try {
      const job = { name: 'seconds.read', id, payload: { machine, ...range }, via } as const;
      const { seconds } = await this.parts.publisher.ask(job, TIMEOUT_MS);
      return seconds === null ? null : { from: new Date(range.from * 1000), metrics: seconds };
    } catch (error) {
      this.parts.log.debug({ error, via, machine: name }, 'the process that owns this machine did not answer');
      return null;
    }
  }
}
