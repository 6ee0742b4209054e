import type { BackfillTask, FilledRow, StoredMachine } from '#storage';
import { decideGap, type GapStep } from './backfill-schedule.ts';
import type { CollectorParts } from './collector-parts.ts';
import type { PoliteReader } from './polite-reader.ts';
import type { Outcome } from './read-machine-window.ts';

/** After so many windows, or so long, it is another machine's turn. */
export const WINDOWS_PER_TURN = 36;
const TURN_MS = 20_000;
/** What was read is stored in steps of this, so that whoever waits for it sees it come. */
const WINDOWS_PER_STEP = 6;

/** The machine whose turn it is. */
export interface TurnSubject {
  readonly task: BackfillTask;
  readonly machine: StoredMachine;
  /** Aborted when the work is no longer ours. */
  readonly signal: AbortSignal;
}

/** Windows that are to be asked for, in this order. */
export interface Questions {
  readonly starts: readonly Date[];
  /** Since when the agent answers; what it may not have loaded yet is left for later. */
  readonly answersSince: Date;
  /** Told, when some of them are done with, which was the last. */
  readonly reached?: (start: Date) => Promise<void>;
}

/** How far it came: through all of them, to the end of the turn, or to a machine that cannot be asked. */
export type AskedTo = 'all' | 'end of turn' | 'failure';

/** A window that was asked for. */
interface Asked {
  readonly start: Date;
  readonly outcome: Outcome;
  readonly step: GapStep;
}

/** Asks one machine for windows, for the length of one turn, and stores what it says. */
export class BackfillAsker {
  /** What came of it. `left`: windows that were to be asked for and are not done with. */
  readonly figures = { filled: 0, noData: 0, left: 0 };
  /** Why the machine could not be asked, or not for all of them. */
  failure: string | null = null;
  /** Some are left until then: the agent may not have loaded yet what it kept. */
  loadedAt: Date | null = null;
  private readonly parts: CollectorParts;
  private readonly reader: PoliteReader;
  private readonly subject: TurnSubject;
  private readonly endsAt = performance.now() + TURN_MS;
  private windowsLeft = WINDOWS_PER_TURN;

  constructor(parts: CollectorParts, reader: PoliteReader, subject: TurnSubject) {
    this.parts = parts;
    this.reader = reader;
    this.subject = subject;
  }

  /** @throws when aborted, and when the database is away; what was stored by then stays. */
  async ask({ starts, answersSince, reached }: Questions): Promise<AskedTo> {
    this.figures.left += starts.length;
    for (let first = 0; first < starts.length; first += WINDOWS_PER_STEP) {
      const some = starts.slice(first, first + WINDOWS_PER_STEP);
      const asked = await this.read(some, answersSince);
      await this.store(asked);
      const last = asked.findLast(({ step }) => step.kind !== 'stop');
      if (last !== undefined) await reached?.(last.start);
      if (asked.at(-1)?.step.kind === 'stop') return 'failure';
      if (asked.length < some.length) return 'end of turn';
    }
    return 'all';
  }

  /** Ends early when the turn is over, and when there is no point in going on. */
  private async read(starts: readonly Date[], answersSince: Date): Promise<Asked[]> {
    const asked: Asked[] = [];
    for (const start of starts) {
      if (this.windowsLeft === 0 || performance.now() > this.endsAt) break;
      this.windowsLeft -= 1;
      const step = await this.readOne(start, answersSince);
      asked.push(step);
      if (step.step.kind === 'stop') break;
    }
    return asked;
  }

  private async readOne(start: Date, answersSince: Date): Promise<Asked> {
    const { machine, signal } = this.subject;
    const outcome = await this.reader.read(machine, { start, lengthMs: this.parts.windowMs }, signal);
    signal.throwIfAborted(); // a read that we ourselves cut off says nothing about the machine
    const step = decideGap(outcome.reading, answersSince, this.parts.clock.now());
    if (step.kind === 'later') this.loadedAt = step.notBefore;
    if (step.kind === 'stop' || step.kind === 'skip') this.failure = step.because;
    return { start, outcome, step };
  }

  private async store(asked: readonly Asked[]): Promise<void> {
    const { metricRows } = this.parts.storage;
    const { machineId } = this.subject.task;
    const filledAt = this.parts.clock.now();
    const rows = asked.flatMap(one => filledRowOf(machineId, one, filledAt));
    const empty = asked.flatMap(({ start, step }) => (step.kind === 'conclude' ? [start] : []));
    if (rows.length > 0) this.figures.filled += await metricRows.fill(rows);
    if (empty.length > 0) this.figures.noData += await metricRows.conclude(machineId, empty);
    this.figures.left -= rows.length + empty.length;
  }
}

/** One, or none when there is nothing to fill it with. */
function filledRowOf(machineId: number, { start, outcome, step }: Asked, filledAt: Date): FilledRow[] {
  const { source, reading } = outcome;
  if (step.kind !== 'fill' || reading.reason !== null || source === null) return [];
  const { metrics, charts, fullestMount } = reading;
  return [{ machineId, windowStart: start, filledAt, source, fullestMount, metrics, charts }];
}
