import { windowStartOf } from '#config';
import type { BackfillOutcome } from '#storage';
import { BackfillAsker, WINDOWS_PER_TURN, type AskedTo, type TurnSubject } from './backfill-asker.ts';
import { failurePauseMs, oldestGapAt, pastOf, type Stretch } from './backfill-schedule.ts';
import type { CollectorParts } from './collector-parts.ts';
import { findMetricsMonitor } from './find-monitor.ts';
import type { PoliteReader } from './polite-reader.ts';

/** What may be asked beside the windows takes at most this long. */
const QUESTION_MS = 5_000;
const NEVER_LOADING = new Date(0);

/** One turn of one machine: its gaps, newest first, then the time before it was added. */
export class BackfillTurn {
  readonly asker: BackfillAsker;
  private readonly parts: CollectorParts;
  private readonly subject: TurnSubject;
  /** The past was asked for further than before. */
  private hasReached = false;

  constructor(parts: CollectorParts, reader: PoliteReader, subject: TurnSubject) {
    this.parts = parts;
    this.subject = subject;
    this.asker = new BackfillAsker(parts, reader, subject);
  }

  /** @throws when aborted, and when the database is away; what was stored by then stays. */
  async run(): Promise<BackfillOutcome> {
    const gaps = await this.askForGaps();
    const past = gaps === 'all' ? await this.askForPast() : gaps;
    const { failure, loadedAt, figures } = this.asker;
    if (past instanceof Date) return { kind: 'failed', notBefore: past };
    // a turn that changed nothing must not be followed by the next at once
    const hasProgress = this.hasReached || figures.filled + figures.noData > 0;
    if (past === 'end of turn' && hasProgress) return { kind: 'more' };
    if (past !== 'all' || failure !== null) return { kind: 'failed', notBefore: this.afterPause() };
    return loadedAt === null ? { kind: 'done' } : { kind: 'failed', notBefore: loadedAt };
  }

  private async askForGaps(): Promise<AskedTo> {
    const { machineId, failures } = this.subject.task;
    const now = this.parts.clock.now();
    // When distomon was away as well, nobody saw that the agent began anew: at first it is believed only what is whole.
    const answersSince = failures === 0 ? now : this.subject.task.answersSince;
    const gaps = await this.parts.storage.backfills.gaps(machineId, oldestGapAt(now), WINDOWS_PER_TURN);
    const asked = await this.asker.ask({ starts: gaps.map(({ windowStart }) => windowStart), answersSince });
    // those that wait, for their agent or after a failure, would be found again, and nothing else
    const { loadedAt, failure } = this.asker;
    const mayBeMore = gaps.length === WINDOWS_PER_TURN && loadedAt === null && failure === null;
    return asked === 'all' && mayBeMore ? 'end of turn' : asked;
  }

  /** An instant: the rest can be asked for from then on. */
  private async askForPast(): Promise<AskedTo | Date> {
    const { task } = this.subject;
    if (task.pastReadAt !== null) return 'all';
    const { storage, windowMs, windowGraceMs, clock } = this.parts;
    const { older, newest, newestAskableAt } = pastOf(task, windowMs, windowGraceMs);
    const known = { from: latest(older.from, await this.knownSince()), to: older.to };
    const asked = await this.asker.ask({
      starts: await this.withoutRow(known),
      answersSince: NEVER_LOADING,
      reached: start => this.reached(start),
    });
    if (asked !== 'all') return asked;
    if (clock.now() < newestAskableAt) return newestAskableAt;
    const askedNewest = await this.asker.ask({ starts: await this.withoutRow(newest), answersSince: NEVER_LOADING });
    if (askedNewest === 'all') await storage.machines.pastRead(task.machineId, clock.now());
    return askedNewest;
  }

  private async reached(start: Date): Promise<void> {
    await this.parts.storage.machines.pastAsked(this.subject.task.machineId, start);
    this.hasReached = true;
  }

  /** The start of the first window of which the machine may have anything. */
  private async knownSince(): Promise<Date> {
    const { machine, signal } = this.subject;
    const monitor = await findMetricsMonitor(this.parts, machine);
    const since = (await monitor?.knowsSince(machine, { timeoutMs: QUESTION_MS, signal })) ?? new Date(0);
    return windowStartOf(since, this.parts.windowMs);
  }

  private withoutRow({ from, to }: Stretch): Promise<Date[]> {
    const { storage, windowMs } = this.parts;
    return storage.backfills.windowsWithoutRow(this.subject.task.machineId, from, to, windowMs);
  }

  private afterPause(): Date {
    const pauseMs = failurePauseMs(this.subject.task.failures);
    return new Date(this.parts.clock.now().getTime() + pauseMs);
  }
}

function latest(a: Date, b: Date): Date {
  return a > b ? a : b;
}
