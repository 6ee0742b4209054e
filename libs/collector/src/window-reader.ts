import type { Reason, Window } from '#config';
import { monitorsOf } from '#config';
import type { MetricRow, StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import type { Monitor, WindowReading } from './monitors/monitor.ts';
import { pause } from './pause.ts';
import { settleInBatches, type Settled } from './settle-in-batches.ts';
import { askableAt, retryDelayMs } from './window-schedule.ts';

/** Rows are stored in steps of this, so that the quick machines' rows do not wait for the slow ones. */
const BATCH_MS = 300;
/** All requests for one machine's window together take at most this long. */
const READ_TIMEOUT_MS = 10_000;

/** Why a machine has no values yet. */
interface Failure {
  readonly reason: Reason;
  readonly detail: string;
}

/**
 * Reads one window from all machines of a shard at once, stores what it gets as it comes, asks the others again until
 * the deadline, and then stores NULL with the last reason.
 */
export class WindowReader {
  private readonly parts: CollectorParts;

  constructor(parts: CollectorParts) {
    this.parts = parts;
  }

  /** Resolves when each machine has its row. Rejects when aborted; the rows stored by then stay. */
  async read(window: Window, machines: readonly StoredMachine[], deadline: Date, signal: AbortSignal): Promise<void> {
    const delays = await this.clockDelays(machines);
    let failures = new Map<StoredMachine, Failure>();
    let pending: readonly StoredMachine[] = machines;
    for (let round = 1; ; round += 1) {
      failures = await this.readOnce(window, pending, delays, signal);
      const delayMs = failures.size === 0 ? null : retryDelayMs(round, deadline, this.parts.clock.now());
      if (delayMs === null) break;
      pending = [...failures.keys()];
      await pause(delayMs, signal);
    }
    await this.storeFailures(window, machines.length, failures);
  }

  private async readOnce(
    window: Window,
    machines: readonly StoredMachine[],
    delays: ReadonlyMap<number, number>,
    signal: AbortSignal,
  ): Promise<Map<StoredMachine, Failure>> {
    const failures = new Map<StoredMachine, Failure>();
    const run = async (machine: StoredMachine): Promise<WindowReading> => {
      await this.awaitAgentClock(window, delays.get(machine.machineId) ?? 0, signal);
      return this.readMachine(machine, window, signal);
    };
    for await (const batch of settleInBatches(machines, run, BATCH_MS)) {
      signal.throwIfAborted();
      await this.storeGood(window, batch);
      for (const { item, result } of batch) if (result.reason !== null) failures.set(item, result);
    }
    return failures;
  }

  /** A monitor promises not to throw; one that does harms only its own machine. */
  private async readMachine(machine: StoredMachine, window: Window, signal: AbortSignal): Promise<WindowReading> {
    const monitor = await this.monitorOf(machine);
    if (monitor === null) return { reason: 'no_data', detail: 'nothing in the network file watches it' };
    try {
      return await monitor.readWindow(machine, window, { timeoutMs: READ_TIMEOUT_MS, signal });
    } catch (error) {
      this.parts.log.error({ error, machine: machine.name, monitor: monitor.kind }, 'a monitor failed');
      return { reason: 'bad_response', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  private async monitorOf(machine: StoredMachine): Promise<Monitor | null> {
    const file = await this.parts.networkFile(machine.network);
    const entry = file === null ? undefined : monitorsOf(file, machine)[0];
    return entry === undefined ? null : this.parts.monitors[entry.kind];
  }

  /** An agent whose clock is behind has the window later than we do. */
  private async clockDelays(machines: readonly StoredMachine[]): Promise<Map<number, number>> {
    const latest = await this.parts.storage.observations.latestOf(machines.map(machine => machine.machineId));
    return new Map(latest.map(({ machineId, clockOffsetMs }) => [machineId, Math.max(0, -(clockOffsetMs ?? 0))]));
  }

  /** Offsets are known to a second or so; a smaller one is noise that {@link SETTLE_MS} covers. */
  private async awaitAgentClock(window: Window, delayMs: number, signal: AbortSignal): Promise<void> {
    if (delayMs < 1500) return;
    const waitMs = askableAt(window).getTime() + delayMs - this.parts.clock.now().getTime();
    if (waitMs > 0) await pause(Math.min(waitMs, this.parts.windowMs), signal);
  }

  private async storeGood(window: Window, batch: readonly Settled<StoredMachine, WindowReading>[]): Promise<void> {
    const collectedAt = this.parts.clock.now();
    const rows = batch.flatMap(({ item, result }): MetricRow[] => {
      if (result.reason !== null) return [];
      const { metrics, fullestMount } = result;
      const source = item.host ? 'host' : 'agent';
      return [
        {
          machineId: item.machineId,
          windowStart: window.start,
          reachable: true,
          reason: null,
          source,
          collectedAt,
          fullestMount,
          metrics,
        },
      ];
    });
    if (rows.length > 0) await this.parts.storage.metricRows.write(rows);
  }

  private async storeFailures(
    window: Window,
    total: number,
    failures: ReadonlyMap<StoredMachine, Failure>,
  ): Promise<void> {
    const collectedAt = this.parts.clock.now();
    const rows = [...failures].map(([{ machineId }, { reason }]): MetricRow => ({
      machineId,
      windowStart: window.start,
      reachable: false,
      reason,
      source: null,
      collectedAt,
      fullestMount: null,
      metrics: {},
    }));
    if (rows.length > 0) await this.parts.storage.metricRows.write(rows);
    const missing = [...failures].map(([machine, { reason, detail }]) => `${machine.name}: ${reason} (${detail})`);
    const facts = {
      window: window.start,
      stored: total - failures.size,
      of: total,
      ...(missing.length > 0 ? { missing: missing.slice(0, 20) } : {}),
    };
    this.parts.log.info(facts, missing.length === 0 ? 'window stored' : 'window stored, some machines without values');
  }
}
