import { monitorsInUse, type MonitorEntry, type NetworkFile } from '#config';
import { verdictEvaluateId, type Handlers, type JobContext, type JobMap } from '#jobs';
import type { Observation, StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { isFor } from './is-for.ts';
import type { Monitor, ProbeResult, ReadLimits } from './monitors/monitor.ts';
import { Places } from './places.ts';
import { settleInBatches, type Settled } from './settle-in-batches.ts';
import type { WatchedMachines } from './watched-machines.ts';

/** What is quick is stored after this long, whatever the slow ones do. */
const BATCH_MS = 500;

/** Enough for answers to come many at a time, which costs least, and few enough not to be all in memory at once. */
const PROBES_AT_ONCE = 200;
/** Ten thousand machines that are all silent still begin within a probe's interval. */
const HOLD_MS = 100;

/** A probe this late is left out; less may be the clocks of two processes that differ. */
const LATE_MS = 60_000;

/** Runs one monitor against one shard and stores what it saw. */
export class ProbeRunner {
  private readonly parts: CollectorParts;
  private readonly machines: WatchedMachines;
  private readonly places = new Places(PROBES_AT_ONCE, HOLD_MS);

  constructor(parts: CollectorParts, machines: WatchedMachines) {
    this.parts = parts;
    this.machines = machines;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'probe.run'> {
    return { 'probe.run': (payload, context) => this.run(payload, context) };
  }

  private async run(job: JobMap['probe.run'], { signal }: JobContext): Promise<void> {
    const file = await this.parts.networkFile(job.network);
    const entry = file === null ? undefined : monitorsInUse(file).find(monitor => monitor.name === job.monitor);
    if (file === null || entry === undefined) return; // the monitor was taken out of the file since
    if (this.isOverdue(job, entry)) return;
    const monitor = this.parts.monitors.of(entry.kind);
    const machines = await this.toProbe(job, file, entry);
    const limits = { timeoutMs: entry.timeoutMs, signal };
    const probe = (machine: StoredMachine): Promise<ProbeResult | null> =>
      this.places.run(() => this.probe(monitor, machine, entry, limits));
    let batch = 0;
    for await (const settled of settleInBatches(machines, probe, BATCH_MS)) {
      if (signal.aborted) return; // a read that we ourselves cut off says nothing about the machine
      const seen = settled.flatMap(({ item, result }) => (result === null ? [] : [{ item, result }]));
      if (seen.length > 0) await this.store(job, { file, entry }, seen, (batch += 1));
    }
  }

  /** One that was paused since it was planned is left out. */
  private async toProbe(job: JobMap['probe.run'], file: NetworkFile, entry: MonitorEntry): Promise<StoredMachine[]> {
    const paused = await this.parts.paused(job.network);
    const machines = await this.machines.byIds(file, job.machines);
    return machines.filter(machine => isFor(entry, machine) && !paused.has(machine.machineId));
  }

  /** When the queue is behind, the next probe is due already: it says more than this one. */
  private isOverdue(job: JobMap['probe.run'], { name, intervalMs }: MonitorEntry): boolean {
    const lateMs = this.parts.clock.now().getTime() - job.due * 1000;
    if (lateMs < Math.max(LATE_MS, 3 * intervalMs)) return false;
    this.parts.log.warn({ monitor: name, shard: job.shard, lateMs }, 'a probe came too late and is left out');
    return true;
  }

  /** A monitor promises not to throw; one that does says nothing about the machine: `null`. */
  private async probe(
    monitor: Monitor,
    machine: StoredMachine,
    entry: MonitorEntry,
    limits: ReadLimits,
  ): Promise<ProbeResult | null> {
    try {
      return await monitor.probe(machine, limits, entry);
    } catch (error) {
      this.parts.log.error({ error, machine: machine.name, monitor: entry.name }, 'a monitor failed');
      return null;
    }
  }

  private async store(
    job: JobMap['probe.run'],
    { file, entry }: { readonly file: NetworkFile; readonly entry: MonitorEntry },
    settled: readonly Settled<StoredMachine, ProbeResult>[],
    batch: number,
  ): Promise<void> {
    const observedAt = this.parts.clock.now();
    const observations = settled.map(({ item, result }): Observation => ({
      machineId: item.machineId,
      monitor: entry.name,
      observer: this.parts.observerOf(job.network),
      dueAt: new Date(job.due * 1000),
      observedAt,
      reason: result.reason,
      latencyMs: result.latencyMs,
      clockOffsetMs: result.clockOffsetMs,
      values: result.values,
      fullestMount: result.fullestMount,
      detail: result.detail,
      measures: result.measures,
    }));
    const toJudge = await this.parts.storage.observations.record(observations, this.parts.windowMs);
    for (const { item, result } of settled) {
      if (result.facts !== null) await this.machines.rememberAgent(file, item.machineId, result.facts, observedAt);
    }
    if (toJudge.length === 0) return;
    const payload = { network: job.network, machines: toJudge, at: job.due };
    const id = verdictEvaluateId(payload, `${job.monitor}-${job.shard}-${batch}`);
    await this.parts.publisher.publish({ name: 'verdict.evaluate', id, payload });
  }
}
