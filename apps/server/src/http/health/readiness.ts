import type { JobLog, Queues, SchedulerWatchdog } from '#jobs';
import type { Storage } from '#storage';
import type { Check, ReadinessReport } from './health.dto.ts';

const CHECK_TIMEOUT_MS = 2_000;
/** With fewer the next process, or an administrator, may find none. */
const MIN_CONNECTIONS_LEFT = 5;

/** Everybody may read these: addresses, names of accounts and what else an error holds are for the log. */
const SENTENCES = {
  database: 'the database does not answer',
  connections: 'the database does not say whether it has connections left',
  fewConnections: 'the database has hardly any connections left: raise max_connections, or run fewer processes',
  queue: 'the queue does not answer',
  scheduler: 'a scheduler is late',
} as const;

/** Why a check fails: for everybody, and for the log. */
interface Trouble {
  readonly detail: (typeof SENTENCES)[keyof typeof SENTENCES];
  readonly facts: object;
}

/** Whether this process can do its work: the database answers and has room, the queue answers, the schedulers run. */
export class Readiness {
  private readonly storage: Pick<Storage, 'ping' | 'connections'>;
  private readonly queues: Pick<Queues, 'ping'>;
  private readonly schedulers: Pick<SchedulerWatchdog, 'isHealthy'>;
  private readonly log: JobLog;
  /** What was logged last of each check that failed then. */
  private readonly logged = new Map<keyof ReadinessReport, Trouble['detail']>();

  constructor(
    storage: Pick<Storage, 'ping' | 'connections'>,
    queues: Pick<Queues, 'ping'>,
    schedulers: Pick<SchedulerWatchdog, 'isHealthy'>,
    log: JobLog,
  ) {
    this.storage = storage;
    this.queues = queues;
    this.schedulers = schedulers;
    this.log = log;
  }

  /** Runs all checks at once; takes 2 s at most. */
  async check(): Promise<ReadinessReport> {
    const [database, connections, queue] = await Promise.all([
      troubleOf(SENTENCES.database, () => this.storage.ping()),
      troubleOf(SENTENCES.connections, () => this.connectionsLeft()),
      troubleOf(SENTENCES.queue, () => this.queues.ping()),
    ]);
    const scheduler = this.schedulers.isHealthy() ? null : { detail: SENTENCES.scheduler, facts: {} };
    return {
      database: this.tell('database', database),
      connections: this.tell('connections', connections),
      queue: this.tell('queue', queue),
      scheduler: this.tell('scheduler', scheduler),
    };
  }

  private async connectionsLeft(): Promise<Trouble | null> {
    const { used, max } = await this.storage.connections();
    return max - used >= MIN_CONNECTIONS_LEFT ? null : { detail: SENTENCES.fewConnections, facts: { used, max } };
  }

  /** Logs what is new; somebody asks every few seconds. */
  private tell(check: keyof ReadinessReport, trouble: Trouble | null): Check {
    const before = this.logged.get(check);
    if (trouble === null) {
      this.logged.delete(check);
      if (before !== undefined) this.log.info({ check }, `this is over: ${before}`);
      return { ok: true };
    }
    this.logged.set(check, trouble.detail);
    if (before !== trouble.detail) this.log.warn({ check, ...trouble.facts }, trouble.detail);
    return { ok: false, detail: trouble.detail };
  }
}

/** @param detail what is said when the work fails, or takes too long */
async function troubleOf(
  detail: Trouble['detail'],
  work: () => Promise<Trouble | null | void>,
): Promise<Trouble | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    return (await Promise.race([work(), late])) ?? null;
  } catch (error) {
    return { detail, facts: { error } };
  } finally {
    clearTimeout(timer);
  }
}
