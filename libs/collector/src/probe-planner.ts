import { freshMsOf, monitorsInUse, monitorsOf, type MonitorEntry, type NetworkFile } from '#config';
import { probeRunId, verdictEvaluateId, type Handlers, type JobRequest } from '#jobs';
import type { StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { shardsOf } from './shards.ts';

/** The instant at which a monitor with this interval is due, at or before `now`: a multiple of the interval. */
function dueAt(now: Date, intervalMs: number): Date {
  return new Date(Math.floor(now.getTime() / intervalMs) * intervalMs);
}

/** Queues the probes that are due. A lost probe is not made up for: the next one is 10 s away. */
export class ProbePlanner {
  private readonly parts: CollectorParts;
  private readonly startedAt: Date;
  /** Last due instant that this process has queued, by network and monitor. Job ids guard against other processes. */
  private readonly lastDue = new Map<string, number>();

  constructor(parts: CollectorParts) {
    this.parts = parts;
    this.startedAt = parts.clock.now();
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
    const machines = await this.parts.storage.machines.list(network);
    const jobs = due.flatMap(monitor =>
      this.probesOf(
        network,
        monitor,
        machines.filter(machine => watches(file, machine, monitor)),
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
    return shardsOf(machines).map(({ shard, via, machineIds }) => {
      const payload = { network, monitor: monitor.name, shard, due, machines: machineIds };
      return { name: 'probe.run', id: probeRunId(payload), payload, via };
    });
  }

  /**
   * A machine that nobody has looked at for long becomes `unknown`, for its own process may be gone. Not right after
   * our own start: then it was we who were not there.
   */
  private async reconsiderUnseen(network: string, file: NetworkFile, now: Date): Promise<void> {
    const freshMs = freshMsOf(file);
    if (now.getTime() - this.startedAt.getTime() < 2 * freshMs) return;
    const unseen = await this.parts.storage.observations.unseenSince(network, new Date(now.getTime() - freshMs));
    const shards = shardsOf(unseen.map(machineId => ({ machineId, via: null })));
    await this.parts.publisher.publishAll(
      shards.map(({ shard, machineIds }) => {
        const payload = { network, machines: machineIds, at: Math.floor(now.getTime() / 1000) };
        return { name: 'verdict.evaluate', id: verdictEvaluateId(payload, `unseen-${shard}`), payload };
      }),
    );
  }
}

function watches(file: NetworkFile, machine: StoredMachine, monitor: MonitorEntry): boolean {
  return monitorsOf(file, machine).some(own => own.name === monitor.name);
}
