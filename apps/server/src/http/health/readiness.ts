import type { Queues, SchedulerWatchdog } from '#jobs';
import type { Storage } from '#storage';

const CHECK_TIMEOUT_MS = 2_000;

/** The result of one check. */
export interface Check {
  readonly ok: boolean;
  /** For people, when it is not ok. */
  readonly detail?: string;
}

export type ReadinessReport = Readonly<Record<'database' | 'queue' | 'scheduler', Check>>;

/** Whether this process can do its work: the database answers, the queue answers, the schedulers run. */
export class Readiness {
  private readonly storage: Pick<Storage, 'ping'>;
  private readonly queues: Pick<Queues, 'ping'>;
  private readonly schedulers: Pick<SchedulerWatchdog, 'isHealthy'>;

  constructor(
    storage: Pick<Storage, 'ping'>,
    queues: Pick<Queues, 'ping'>,
    schedulers: Pick<SchedulerWatchdog, 'isHealthy'>,
  ) {
    this.storage = storage;
    this.queues = queues;
    this.schedulers = schedulers;
  }

  /** Runs all checks at once; takes 2 s at most. */
  async check(): Promise<ReadinessReport> {
    const [database, queue] = await Promise.all([
      attempt(() => this.storage.ping()),
      attempt(() => this.queues.ping()),
    ]);
    const scheduler = this.schedulers.isHealthy() ? { ok: true } : { ok: false, detail: 'a scheduler is late' };
    return { database, queue, scheduler };
  }
}

async function attempt(work: () => Promise<unknown>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([work(), late]);
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
