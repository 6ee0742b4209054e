import type { Clock } from '#config';
import type { JobLog } from './job-log.ts';
import type { Queues } from './queues.ts';
import {
  evaluateLateTick,
  evaluateSchedule,
  TICK_EVERY_MS,
  TICKS,
  type FoundSchedule,
  type TickName,
} from './schedule.ts';

const CHECK_EVERY_MS = 10_000;
/** A tick that waits longer than this for a worker: nobody does the work. */
const UNSERVED_LIMIT_MS = 30_000;
/** So many checks may be late or fail before the schedules count as unwatched. */
const MISSED_CHECKS = 4;

export interface SchedulerWatchdogOptions {
  readonly clock: Clock;
  readonly log: JobLog;
  /** Other intervals than the usual 10 s for `probe.plan` and `window.plan`, an hour for `storage.maintain`. */
  readonly everyMs?: Partial<Record<TickName, number>>;
  /** How often to look; default 10 s. */
  readonly checkEveryMs?: number;
}

/**
 * Keeps the schedules of `probe.plan`, `window.plan` and `storage.maintain` alive. BullMQ's schedules do not catch up and
 * are gone when the queue is emptied or is another one; so every process looks now and then whether a next tick
 * lies ahead, and makes a lost schedule anew. Several may do so at once: a tick too many is harmless, for a plan compares
 * with what is stored.
 */
export class SchedulerWatchdog {
  private readonly queues: Queues;
  private readonly options: SchedulerWatchdogOptions;
  private readonly everyMs: Readonly<Record<TickName, number>>;
  private readonly checkEveryMs: number;
  private readonly unserved = new Set<TickName>();
  private timer: NodeJS.Timeout | undefined;
  private checking: Promise<void> = Promise.resolve();
  private stopped = false;
  private firstTicksSent = false;
  private checkedAtMs: number | null = null;

  constructor(queues: Queues, options: SchedulerWatchdogOptions) {
    this.queues = queues;
    this.options = options;
    this.everyMs = { ...TICK_EVERY_MS, ...options.everyMs };
    this.checkEveryMs = options.checkEveryMs ?? CHECK_EVERY_MS;
  }

  /** Sends a tick of each kind at once, makes the schedules, and looks after them from now on. Never rejects. */
  async start(): Promise<void> {
    this.checking = this.checkAndRepeat();
    await this.checking;
  }

  /** Stops looking. The schedules stay: they are the cluster's. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.checking;
  }

  /** For /readyz: the schedules were looked at just now, and somebody takes their ticks. */
  isHealthy(): boolean {
    if (this.checkedAtMs === null || this.unserved.size > 0) return false;
    return performance.now() - this.checkedAtMs < MISSED_CHECKS * this.checkEveryMs;
  }

  private async checkAndRepeat(): Promise<void> {
    try {
      await this.sendFirstTicks();
      for (const name of TICKS) await this.check(name);
      this.checkedAtMs = performance.now();
    } catch (err) {
      this.options.log.debug({ err }, 'the schedules could not be looked at');
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => void (this.checking = this.checkAndRepeat()), this.checkEveryMs);
  }

  /** Whoever starts plans at once, instead of waiting for the next tick of a schedule that is there already. */
  private async sendFirstTicks(): Promise<void> {
    if (this.firstTicksSent) return;
    await this.sendTicks(TICKS);
    this.firstTicksSent = true;
  }

  private async sendTicks(names: readonly TickName[]): Promise<void> {
    const tick = Math.floor(this.options.clock.now().getTime() / 1000);
    await this.queues.publishAll(names.map(name => ({ name, payload: { tick }, id: `${name}-now-${tick}` })));
  }

  private async check(name: TickName): Promise<void> {
    const found = await this.queues.findSchedule(name);
    const now = this.options.clock.now();
    const state = evaluateSchedule(found, this.everyMs[name], now);
    if (state === 'on_time') this.unserved.delete(name);
    else if (state === 'late' && found?.nextAt != null) await this.checkLate(name, found.nextAt, now);
    else await this.replace(name, state, found);
  }

  private async checkLate(name: TickName, nextAt: Date, now: Date): Promise<void> {
    if (evaluateLateTick(await this.queues.tickStateOf(name, nextAt)) === 'lost') {
      await this.replace(name, 'lost', { nextAt, everyMs: this.everyMs[name] });
      return;
    }
    const lateMs = now.getTime() - nextAt.getTime();
    if (lateMs <= UNSERVED_LIMIT_MS || this.unserved.has(name)) return;
    this.unserved.add(name);
    this.options.log.warn({ job: name, lateMs }, 'nobody takes the ticks of a schedule');
  }

  private async replace(name: TickName, reason: string, found: FoundSchedule | null): Promise<void> {
    await this.queues.replaceSchedule(name, this.everyMs[name]);
    await this.sendTicks([name]);
    this.unserved.delete(name);
    const usual = reason === 'missing' && this.checkedAtMs === null; // the first start on this queue
    this.options.log[usual ? 'debug' : 'info']({ job: name, reason, found }, 'made a schedule anew');
  }
}
