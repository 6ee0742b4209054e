import type { Handlers, JobContext, JobMap } from '#jobs';
import { isStorageOutage } from '#storage';
import { BackfillLease } from './backfill-lease.ts';
import type { BackfillPlanner } from './backfill-planner.ts';
import { BackfillTurn } from './backfill-turn.ts';
import type { CollectorParts } from './collector-parts.ts';
import { PoliteReader, type UrgentWork } from './polite-reader.ts';

/** What fails by our own fault is not tried again with every tick. */
const AFTER_ERROR_MS = 600_000;

/**
 * Asks one machine again about the windows of which it has no values. A row that says that the machine was not reachable
 * goes on saying so; the values stand beside it.
 */
export class BackfillRunner {
  private readonly parts: CollectorParts;
  private readonly planner: BackfillPlanner;
  private readonly urgent: UrgentWork;

  constructor(parts: CollectorParts, planner: BackfillPlanner, urgent: UrgentWork) {
    this.parts = parts;
    this.planner = planner;
    this.urgent = urgent;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'window.backfill'> {
    return { 'window.backfill': (payload, context) => this.run(payload, context) };
  }

  private async run(job: JobMap['window.backfill'], { signal }: JobContext): Promise<void> {
    const lease = await BackfillLease.take(this.parts, job, signal);
    if (lease === null) return; // over, or another is at it
    try {
      await this.takeTurn(lease);
    } catch (error) {
      if (lease.signal.aborted) return; // another goes on with it
      if (!isStorageOutage(error)) await lease.finish({ kind: 'failed', notBefore: this.afterError() });
      throw error;
    } finally {
      await lease.release();
    }
    // whoever is next does not wait for the next tick
    if (!signal.aborted) await this.planner.plan(job.network);
  }

  private afterError(): Date {
    return new Date(this.parts.clock.now().getTime() + AFTER_ERROR_MS);
  }

  private async takeTurn(lease: BackfillLease): Promise<void> {
    const { task, signal } = lease;
    const [machine] = await this.parts.storage.machines.byIds([task.machineId]);
    if (machine === undefined) return;
    const turn = new BackfillTurn(this.parts, new PoliteReader(this.parts, this.urgent), { task, machine, signal });
    const outcome = await turn.run();
    await lease.finish(outcome);
    const { figures, failure } = turn.asker;
    const facts = { machine: task.name, ...figures, ended: outcome.kind };
    if (failure !== null) this.parts.log.info({ ...facts, failure }, 'a machine could not tell all of its past');
    else if (figures.filled + figures.noData > 0) this.parts.log.info(facts, 'a machine told its past');
  }
}
