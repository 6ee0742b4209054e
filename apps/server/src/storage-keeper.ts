import type { Clock, RetentionMs } from '#config';
import type { Handlers, JobLog } from '#jobs';
import { cutOffsOf, type DropOutcome, type Storage } from '#storage';

const DAY_MS = 86_400_000;
/** The last observation of a monitor or a machine that is gone. */
const LATEST_RETENTION_DAYS = 7;
/** The host's raw seconds are kept long enough to fill a row that could not be written in time. */
const HOST_SECONDS_RETENTION_DAYS = 2;
/** Finished tasks are only needed as long as somebody may ask what happened to a window. */
const TASK_RETENTION_DAYS = 7;

/** What the keeper works with. */
export interface StorageKeeperParts {
  readonly storage: Pick<
    Storage,
    'partitions' | 'observations' | 'retention' | 'hostSamples' | 'windowTasks' | 'accounts' | 'use'
  >;
  readonly clock: Clock;
  readonly log: JobLog;
  readonly retentionMs: RetentionMs;
}

/** Keeps the database in shape: partitions ahead, what is past its retention dropped whole, what is there measured. */
export class StorageKeeper {
  private readonly parts: StorageKeeperParts;

  constructor(parts: StorageKeeperParts) {
    this.parts = parts;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'storage.maintain'> {
    return { 'storage.maintain': () => this.maintain() };
  }

  private async maintain(): Promise<void> {
    const { storage, clock, retentionMs } = this.parts;
    const now = clock.now();
    const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    await storage.partitions.ensure(now);
    // Before the windows of these days may go.
    await storage.observations.sumDays(now);
    this.tell(await storage.retention.drop(cutOffsOf(retentionMs, now)));
    await storage.hostSamples.forget(before(HOST_SECONDS_RETENTION_DAYS));
    await storage.windowTasks.forget(before(TASK_RETENTION_DAYS));
    await storage.observations.forget(before(LATEST_RETENTION_DAYS));
    await storage.accounts.sweep(now);
    await storage.use.measure(now);
  }

  private tell({ gone, left }: DropOutcome): void {
    const deleted = gone.rows.filter(part => part.rows > 0).map(({ table, rows }) => ({ table, rows }));
    const facts = {
      dropped: gone.partitions.map(({ name }) => name),
      rows: sum(gone.partitions.map(part => part.rows ?? 0)),
      bytes: sum(gone.partitions.map(part => part.bytes)),
      deleted,
      left: left.map(({ name, waitsFor }) => ({ name, waitsFor })),
    };
    if (gone.partitions.length + deleted.length > 0) this.parts.log.info(facts, 'dropped what is past its retention');
    else if (left.length > 0) this.parts.log.info(facts, 'what is past its retention has to wait');
    else this.parts.log.debug(facts, 'nothing is past its retention');
  }
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
