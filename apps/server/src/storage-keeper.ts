import type { Clock } from '#config';
import type { Handlers, JobLog } from '#jobs';
import type { Storage } from '#storage';

const DAY_MS = 86_400_000;
/** Rows are kept for 25 months, so that a year can be compared with the one before. */
const ROW_RETENTION_DAYS = 761;
/** State changes are kept as long as the rows they explain. */
const EVENT_RETENTION_DAYS = 761;
/** The last observation of a monitor or a machine that is gone. */
const LATEST_RETENTION_DAYS = 7;
/** The host's raw seconds are kept long enough to fill a row that could not be written in time. */
const HOST_SECONDS_RETENTION_DAYS = 2;
/** Finished tasks are only needed as long as somebody may ask what happened to a window. */
const TASK_RETENTION_DAYS = 7;

/** Keeps the database in shape: partitions ahead, and what is past its retention dropped whole. */
export class StorageKeeper {
  private readonly storage: Storage;
  private readonly clock: Clock;
  private readonly log: JobLog;

  constructor(storage: Storage, clock: Clock, log: JobLog) {
    this.storage = storage;
    this.clock = clock;
    this.log = log;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'storage.maintain'> {
    return { 'storage.maintain': () => this.maintain() };
  }

  private async maintain(): Promise<void> {
    const now = this.clock.now();
    const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const { partitions, hostSamples, windowTasks, outbox, verdicts, observations } = this.storage;
    await partitions.ensure(now);
    const dropped = await partitions.dropOlderThan(before(ROW_RETENTION_DAYS));
    await hostSamples.forget(before(HOST_SECONDS_RETENTION_DAYS));
    await windowTasks.forget(before(TASK_RETENTION_DAYS));
    await outbox.forget(before(EVENT_RETENTION_DAYS));
    await verdicts.forget(before(EVENT_RETENTION_DAYS));
    await observations.forget(before(LATEST_RETENTION_DAYS));
    await observations.sumDays(now);
    await observations.forgetDays(before(ROW_RETENTION_DAYS));
    this.log.debug({ dropped }, 'the database has been kept');
  }
}
