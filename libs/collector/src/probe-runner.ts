import { monitorsInUse, type MonitorEntry } from '#config';
import { verdictEvaluateId, type Handlers, type JobContext, type JobMap } from '#jobs';
import type { Observation, StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import type { Monitor, ProbeResult } from './monitors/monitor.ts';
import { settleInBatches, type Settled } from './settle-in-batches.ts';

/** What is quick is stored after this long, whatever the slow ones do. */
const BATCH_MS = 500;

/** A probe this late is left out; less may be the clocks of two processes that differ. */
const LATE_MS = 60_000;

/** Runs one monitor against one shard and stores what it saw. */
export class ProbeRunner {
  private readonly parts: CollectorParts;

  constructor(parts: CollectorParts) {
    this.parts = parts;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'probe.run'> {
    return { 'probe.run': (payload, context) => this.run(payload, context) };
  }

  private async run(job: JobMap['probe.run'], { signal }: JobContext): Promise<void> {
    const file = await this.parts.networkFile(job.network);
    const entry = file === null ? undefined : monitorsInUse(file).find(monitor => monitor.name === job.monitor);
    if (entry === undefined) return; // the monitor was taken out of the file since
    if (this.isOverdue(job, entry)) return;
    const monitor = this.parts.monitors[entry.kind];
    const machines = (await this.parts.storage.machines.byIds(job.machines)).filter(machine =>
      monitor.appliesTo(machine),
    );
    const limits = { timeoutMs: entry.timeoutMs, signal };
    let batch = 0;
    for await (const settled of settleInBatches(machines, machine => this.probe(monitor, machine, limits), BATCH_MS)) {
      if (signal.aborted) return; // a read that we ourselves cut off says nothing about the machine
      const seen = settled.flatMap(({ item, result }) => (result === null ? [] : [{ item, result }]));
      if (seen.length > 0) await this.store(job, entry, seen, (batch += 1));
    }
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
    limits: { timeoutMs: number; signal: AbortSignal },
  ): Promise<ProbeResult | null> {
    try {
      return await monitor.probe(machine, limits);
    } catch (error) {
      this.parts.log.error({ error, machine: machine.name, monitor: monitor.kind }, 'a monitor failed');
      return null;
    }
  }

  private async store(
    job: JobMap['probe.run'],
    entry: MonitorEntry,
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
    }));
    await this.parts.storage.observations.record(observations, this.parts.windowMs);
    for (const { item, result } of settled) {
      if (result.facts !== null)
        await this.parts.storage.machines.rememberAgent(item.machineId, result.facts, observedAt);
    }
    const payload = { network: job.network, machines: observations.map(o => o.machineId), at: job.due };
    const id = verdictEvaluateId(payload, `${job.monitor}-${job.shard}-${batch}`);
    await this.parts.publisher.publish({ name: 'verdict.evaluate', id, payload });
  }
}
