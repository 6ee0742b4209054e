import type { Window } from '#config';
import type { Handlers, JobContext, JobMap } from '#jobs';
import type { StoredMachine, WindowTask } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { WindowLease } from './window-lease.ts';
import { decideCollect } from './window-schedule.ts';
import { WindowReader } from './window-reader.ts';
import { pause } from './pause.ts';

/** Stores the rows of one shard of one window. Whatever happens, each machine ends up with exactly one row. */
export class WindowCollector {
  private readonly parts: CollectorParts;
  private readonly reader: WindowReader;

  constructor(parts: CollectorParts) {
    this.parts = parts;
    this.reader = new WindowReader(parts);
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'window.collect'> {
    return { 'window.collect': (payload, context) => this.collect(payload, context) };
  }

  /** Whether this process is reading a window that has just closed: who has time waits. */
  get isBusy(): boolean {
    return this.reader.isBusy;
  }

  private async collect(job: JobMap['window.collect'], context: JobContext): Promise<void> {
    const key = {
      network: job.network,
      windowStart: new Date(job.windowStart * 1000),
      shard: job.shard,
      attempt: job.attempt,
    };
    const lease = await WindowLease.take(this.parts, key, context.signal);
    if (lease === null) return; // done, or another worker is at it
    try {
      if (await this.fill(lease.task, lease.signal)) await lease.finish();
    } finally {
      await lease.release();
    }
  }

  /** False: it is too late for this window; the planner closes it. */
  private async fill(task: WindowTask, signal: AbortSignal): Promise<boolean> {
    const window: Window = { start: task.windowStart, lengthMs: this.parts.windowMs };
    const machines = await this.withoutRow(task);
    if (machines.length === 0) return true;
    const now = (): Date => this.parts.clock.now();
    let mode = decideCollect(window, this.parts.windowGraceMs, now());
    // a timer may fire a little early, and a clock may be set back
    while (mode.kind === 'wait') {
      await pause(mode.ms, signal);
      mode = decideCollect(window, this.parts.windowGraceMs, now());
    }
    if (mode.kind === 'missed') return false;
    await this.reader.read(window, machines, mode.deadline, signal);
    return true;
  }

  /** A former attempt may have written some of the rows before it died. */
  private async withoutRow(task: WindowTask): Promise<StoredMachine[]> {
    const { machines, metricRows } = this.parts.storage;
    const written = await metricRows.written(task.windowStart, task.machineIds);
    return machines.byIds(task.machineIds.filter(id => !written.has(id)));
  }
}
