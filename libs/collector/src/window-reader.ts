import type { Window } from '#config';
import type { MetricRow, StoredMachine, StoredObservation } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import type { WindowReading } from './monitors/monitor.ts';
import { Places } from './places.ts';
import { pause } from './pause.ts';
import { readMachineWindow, type Outcome } from './read-machine-window.ts';
import { settleInBatches, type Settled } from './settle-in-batches.ts';
import { askableAt, lateDelayMs, retryDelayMs } from './window-schedule.ts';

/** Rows are stored in steps of this, so that the quick machines' rows do not wait for the slow ones. */
const BATCH_MS = 300;
/** Machines that are read at a time, in all shards: each is eight answers of some 20 kB. */
const WINDOWS_AT_ONCE = 24;
const HOLD_MS = 400;
/** Offsets are known to a second or so; a smaller one is noise. */
const NOTICEABLE_OFFSET_MS = 1_500;

/**
 * Reads one window from all machines of a shard at once. Each machine is asked, asked again until its own deadline, and
 * gets its row as soon as that is decided: the values, or NULL with the last reason.
 */
export class WindowReader {
  private readonly parts: CollectorParts;
  private readonly places = new Places(WINDOWS_AT_ONCE, HOLD_MS);

  constructor(parts: CollectorParts) {
    this.parts = parts;
  }

  /** Whether answers are on their way just now; those that are slow to come do not count. */
  get isBusy(): boolean {
    return !this.places.isIdle;
  }

  /** Resolves when each machine has its row. Rejects when aborted; the rows stored by then stay. */
  async read(window: Window, machines: readonly StoredMachine[], deadline: Date, signal: AbortSignal): Promise<void> {
    const ended = new AbortController(); // when one of them ends the whole read, the others stop asking
    try {
      await this.readAll(window, machines, deadline, AbortSignal.any([signal, ended.signal]));
    } finally {
      ended.abort(new Error('the read of this window has ended'));
    }
  }

  private async readAll(
    window: Window,
    machines: readonly StoredMachine[],
    deadline: Date,
    signal: AbortSignal,
  ): Promise<void> {
    const delays = await this.clockDelays(machines);
    const missing: string[] = [];
    const run = (machine: StoredMachine): Promise<Outcome> => {
      const delayMs = delays.get(machine.machineId) ?? 0;
      return this.readMachine(machine, window, { delayMs, deadline, signal });
    };
    for await (const batch of settleInBatches(machines, run, BATCH_MS)) {
      signal.throwIfAborted();
      await this.store(window, batch);
      for (const { item, result } of batch) missing.push(...failureOf(item, result.reading));
    }
    const facts = { window: window.start, stored: machines.length - missing.length, of: machines.length };
    if (missing.length === 0) this.parts.log.info(facts, 'window stored');
    else
      this.parts.log.info({ ...facts, missing: missing.slice(0, 20) }, 'window stored, some machines without values');
  }

  private async readMachine(
    machine: StoredMachine,
    window: Window,
    { delayMs, deadline, signal }: { delayMs: number; deadline: Date; signal: AbortSignal },
  ): Promise<Outcome> {
    await this.awaitAgentClock(window, delayMs, signal);
    const outcome = await this.readUntil(new Date(deadline.getTime() + delayMs), machine, window, signal);
    const lateMs = lateDelayMs(window, delayMs, this.parts.clock.now());
    if (outcome.reading.reason !== null || outcome.reading.reachesEnd || lateMs === 0) return outcome;
    await pause(lateMs, signal);
    const later = await this.places.run(() => readMachineWindow(this.parts, machine, window, signal));
    return later.reading.reason === null ? later : outcome;
  }

  private async readUntil(
    deadline: Date,
    machine: StoredMachine,
    window: Window,
    signal: AbortSignal,
  ): Promise<Outcome> {
    for (let round = 1; ; round += 1) {
      const outcome = await this.places.run(() => readMachineWindow(this.parts, machine, window, signal));
      const { reading } = outcome;
      if (reading.reason === null || reading.isPaused === true) return outcome;
      const again = retryDelayMs(round, deadline, this.parts.clock.now());
      if (again === null) return outcome;
      await pause(again, signal);
    }
  }

  /** How far each agent's clock is behind ours, in milliseconds: it has the window that much later. */
  private async clockDelays(machines: readonly StoredMachine[]): Promise<Map<number, number>> {
    const latest = await this.parts.storage.observations.latestOf(machines.map(machine => machine.machineId));
    const measured = latest.filter(({ clockOffsetMs }) => clockOffsetMs !== null); // no check measures any
    const oldestFirst = measured.toSorted((a, b) => a.observedAt.getTime() - b.observedAt.getTime());
    return new Map(oldestFirst.map(observation => [observation.machineId, this.delayOf(observation)]));
  }

  /** A clock that is behind by more than the grace is wrong, or lies: it is waited for no longer than that. */
  private delayOf({ clockOffsetMs }: StoredObservation): number {
    const behindMs = -(clockOffsetMs ?? 0);
    return behindMs < NOTICEABLE_OFFSET_MS ? 0 : Math.min(behindMs, this.parts.windowGraceMs);
  }

  private async awaitAgentClock(window: Window, delayMs: number, signal: AbortSignal): Promise<void> {
    const waitMs = askableAt(window).getTime() + delayMs - this.parts.clock.now().getTime();
    if (delayMs > 0 && waitMs > 0) await pause(waitMs, signal);
  }

  private async store(window: Window, batch: readonly Settled<StoredMachine, Outcome>[]): Promise<void> {
    const collectedAt = this.parts.clock.now();
    await this.parts.storage.metricRows.write(
      batch.map(({ item, result }) => rowOf(item.machineId, window, result, collectedAt)),
    );
  }
}

function rowOf(machineId: number, window: Window, { source, reading }: Outcome, collectedAt: Date): MetricRow {
  const row = { machineId, windowStart: window.start, collectedAt, filledAt: null, conclusion: null };
  if (reading.reason !== null) {
    return {
      ...row,
      reachable: false,
      reason: reading.reason,
      source: null,
      fullestMount: null,
      metrics: {},
      charts: {},
    };
  }
  const { metrics, charts, fullestMount } = reading;
  return { ...row, reachable: true, reason: null, source, fullestMount, metrics, charts };
}

function failureOf(machine: StoredMachine, reading: WindowReading): string[] {
  return reading.reason === null ? [] : [`${machine.name}: ${reading.reason} (${reading.detail})`];
}
