import type { Queues, SchedulerWatchdog } from '#jobs';
import type { Storage } from '#storage';
import type { Check, ReadinessReport } from './health.dto.ts';

const CHECK_TIMEOUT_MS = 2_000;
/** With fewer the next process, or an administrator, may find none. */
const MIN_CONNECTIONS_LEFT = 5;

/** Whether this process can do its work: the database answers and has room, the queue answers, the schedulers run. */
export class Readiness {
  private readonly storage: Pick<Storage, 'ping' | 'connections'>;
  private readonly queues: Pick<Queues, 'ping'>;
  private readonly schedulers: Pick<SchedulerWatchdog, 'isHealthy'>;

  constructor(
    storage: Pick<Storage, 'ping' | 'connections'>,
    queues: Pick<Queues, 'ping'>,
    schedulers: Pick<SchedulerWatchdog, 'isHealthy'>,
  ) {
    this.storage = storage;
    this.queues = queues;
    this.schedulers = schedulers;
  }

  /** Runs all checks at once; takes 2 s at most. */
  async check(): Promise<ReadinessReport> {
    const [database, connections, queue] = await Promise.all([
      attempt(() => this.storage.ping()),
      attempt(() => this.requireConnectionsLeft()),
      attempt(() => this.queues.ping()),
    ]);
    const scheduler = this.schedulers.isHealthy() ? { ok: true } : { ok: false, detail: 'a scheduler is late' };
    return { database, connections, queue, scheduler };
  }

  private async requireConnectionsLeft(): Promise<void> {
    const { used, max } = await this.storage.connections();
    if (max - used >= MIN_CONNECTIONS_LEFT) return;
    throw new Error(`${used} of ${max} connections are in use: raise max_connections, or run fewer processes`);
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
