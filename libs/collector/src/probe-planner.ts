import { freshMsOf, monitorsInUse, type MonitorEntry, type NetworkFile } from '#config';
import { probeRunId, verdictEvaluateId, type Handlers, type JobRequest } from '#jobs';
import type { StoredMachine, VoteLimit } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { isFor } from './is-for.ts';
import { shardsOf } from './shards.ts';
import type { WatchedMachines } from './watched-machines.ts';

/** Within this and its timeout what is new has been looked at for the first time, unless nobody looks at it. */
const SETTLING_MS = 60_000;

/** More than windows have: a lost probe is cheaper, and at every ten seconds a job's own cost does matter. */
const PROBES_PER_JOB = 500;

/** The instant at which a monitor with this interval is due, at or before `now`: a multiple of the interval. */
function dueAt(now: Date, intervalMs: number): Date {
  return new Date(Math.floor(now.getTime() / intervalMs) * intervalMs);
}

/** Queues the probes that are due. A lost probe is not made up for: the next one is 10 s away. */
export class ProbePlanner {
  private readonly parts: CollectorParts;
  private readonly machines: WatchedMachines;
  /** Last due instant that this process has queued, by network and monitor. Job ids guard against other processes. */
  private readonly lastDue = new Map<string, number>();
  /** By network, since when this process has had probes by just these monitors in mind. */
  private readonly speaking = new Map<string, { readonly names: string; readonly since: Date }>();

  constructor(parts: CollectorParts, machines: WatchedMachines) {
    this.parts = parts;
    this.machines = machines;
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
      await this.queueDueProbes(network, file, now);
      await this.reconsiderUnseen(network, file, now);
    }
  }

  private async queueDueProbes(network: string, file: NetworkFile, now: Date): Promise<void> {
    const due = monitorsInUse(file).filter(monitor => this.isDue(network, monitor, now));
    if (due.length === 0) return;
    const machines = [...(await this.machines.of(file)).values()];
    const jobs = due.flatMap(monitor =>
      this.probesOf(
        network,
        monitor,
        machines.filter(machine => isFor(monitor, machine)),
        now,
      ),
    );
    await this.parts.publisher.publishAll(jobs);
    for (const monitor of due) this.lastDue.set(`${network}/${monitor.name}`, dueAt(now, monitor.intervalMs).getTime());
  }

  private isDue(network: string, monitor: MonitorEntry, now: Date): boolean {
    return this.lastDue.get(`${network}/${monitor.name}`) !== dueAt(now, monitor.intervalMs).getTime();
  }

  private probesOf(
    network: string,
    monitor: MonitorEntry,
    machines: readonly StoredMachine[],
    now: Date,
  ): JobRequest<'probe.run'>[] {
    const due = dueAt(now, monitor.intervalMs).getTime() / 1000;
    return shardsOf(machines, PROBES_PER_JOB).map(({ shard, via, machineIds }) => {
      const payload = { network, monitor: monitor.name, shard, due, machines: machineIds };
      return { name: 'probe.run', id: probeRunId(payload), payload, via };
    });
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
