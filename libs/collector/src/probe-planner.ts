import { freshMsOf, monitorsInUse, type MonitorEntry, type NetworkFile } from '#config';
import { probeRunId, TICK_EVERY_MS, verdictEvaluateId, type Handlers, type JobRequest } from '#jobs';
import type { StoredMachine, VoteLimit } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { isFor } from './is-for.ts';
import { PauseKeeper } from './pause-keeper.ts';
import { shardsOf } from './shards.ts';
import type { WatchedMachines } from './watched-machines.ts';

/** Within this and its timeout what is new has been looked at for the first time, unless nobody looks at it. */
const SETTLING_MS = 60_000;

/** More than windows have: a lost probe is cheaper, and at every ten seconds a job's own cost does matter. */
const PROBES_PER_JOB = 500;

/**
 * The instants, in epoch milliseconds, at which a monitor with this interval is due: the last one, and those before the next
 * tick, unless ticks meet all of them. Multiples of the interval.
 */
function dueTimes(now: Date, intervalMs: number): number[] {
  const last = Math.floor(now.getTime() / intervalMs) * intervalMs;
  const tickMs = TICK_EVERY_MS['probe.plan'];
  if (intervalMs % tickMs === 0) return [last];
  const count = Math.ceil((now.getTime() + tickMs - last) / intervalMs);
  return Array.from({ length: count }, (_, i) => last + i * intervalMs);
}

/** One time at which a monitor looks. */
interface Due {
  readonly monitor: MonitorEntry;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Queues the probes that are due. A lost probe is not made up for: the next one is 10 s away. */
export class ProbePlanner {
  private readonly parts: CollectorParts;
  private readonly machines: WatchedMachines;
  private readonly pauses: PauseKeeper;
  /** Last due instant that this process has queued, by network and monitor. Job ids guard against other processes. */
  private readonly lastDue = new Map<string, number>();
  /** By network, since when this process has had probes by just these monitors in mind. */
  private readonly speaking = new Map<string, { readonly names: string; readonly since: Date }>();

  constructor(parts: CollectorParts, machines: WatchedMachines) {
    this.parts = parts;
    this.machines = machines;
    this.pauses = new PauseKeeper(parts);
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'probe.plan'> {
    return { 'probe.plan': () => this.plan() };
  }

  private async plan(): Promise<void> {
    const now = this.parts.clock.now();
    for (const network of this.parts.networks()) {
      const file = await this.parts.networkFile(network);
      if (file === null) continue;
      await this.pauses.keep(network, now);
      await this.queueDueProbes(network, file, now);
      await this.reconsiderUnseen(network, file, now);
    }
  }

  private async queueDueProbes(network: string, file: NetworkFile, now: Date): Promise<void> {
    const due = monitorsInUse(file).flatMap(monitor => this.notQueued(network, monitor, now));
    if (due.length === 0) return;
    const paused = await this.parts.paused(network);
    const machines = [...(await this.machines.of(file)).values()].filter(({ machineId }) => !paused.has(machineId));
    await this.parts.publisher.publishAll(due.flatMap(one => probesOf(network, one, machines, now)));
    for (const { monitor, at } of due) this.lastDue.set(`${network}/${monitor.name}`, at);
  }

  /** After the clock was set back the last one that was queued lies ahead, and says nothing. */
  private notQueued(network: string, monitor: MonitorEntry, now: Date): Due[] {
    const times = dueTimes(now, monitor.intervalMs);
    const queued = times.indexOf(this.lastDue.get(`${network}/${monitor.name}`) ?? Number.NaN);
    return times.slice(queued + 1).map(at => ({ monitor, at }));
  }

  /**
   * A machine that nobody has looked at for long becomes `unknown`, for its own process may be gone. Neither right after
   * our own start, when it was we who were not there, nor when a monitor has just been added, or renamed: by then each
   * must have been heard once. A machine that only checks look at is taken for unseen; its verdict says what they saw.
   */
  private async reconsiderUnseen(network: string, file: NetworkFile, now: Date): Promise<void> {
    const speaking = monitorsInUse(file).filter(({ gives, service }) => service || gives === 'metrics');
    const settledMs = SETTLING_MS + Math.max(0, ...speaking.map(({ timeoutMs }) => timeoutMs));
    const settled = new Date(now.getTime() - settledMs);
    if (this.inMindSince(network, speaking, now) > settled) return;
    const limits = speaking.map((monitor): VoteLimit => ({
      monitor: monitor.name,
      before: new Date(now.getTime() - freshMsOf(monitor)),
    }));
    const unseen = await this.parts.storage.observations.unseenSince(network, limits, settled);
    const shards = shardsOf(unseen.map(machineId => ({ machineId, via: null })));
    await this.parts.publisher.publishAll(
      shards.map(({ shard, machineIds }) => {
        const payload = { network, machines: machineIds, at: Math.floor(now.getTime() / 1000) };
        return { name: 'verdict.evaluate', id: verdictEvaluateId(payload, `unseen-${shard}`), payload };
      }),
    );
  }

  private inMindSince(network: string, monitors: readonly MonitorEntry[], now: Date): Date {
    const names = monitors.map(({ name }) => name).join();
    const known = this.speaking.get(network);
    if (known?.names === names) return known.since;
    this.speaking.set(network, { names, since: now });
    return now;
  }
}

function probesOf(
  network: string,
  { monitor, at }: Due,
  machines: readonly StoredMachine[],
  now: Date,
): JobRequest<'probe.run'>[] {
  const own = machines.filter(machine => isFor(monitor, machine));
  return shardsOf(own, PROBES_PER_JOB).map(({ shard, via, machineIds }) => {
    const payload = { network, monitor: monitor.name, shard, due: at / 1000, machines: machineIds };
    return { name: 'probe.run', id: probeRunId(payload), payload, via, delayMs: Math.max(0, at - now.getTime()) };
  });
}
