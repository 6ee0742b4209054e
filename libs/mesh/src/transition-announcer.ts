import type { Clock } from '#config';
import { transitionAnnounceId, type Handlers, type JobLog, type JobPublisher } from '#jobs';
import type { OutboxEntry, Storage } from '#storage';

/** An entry this old that nobody has handled was lost on its way: its job is queued again. */
const LOST_AFTER_MS = 10_000;
const SWEEP_LIMIT = 500;

/** What the announcer needs of the world. */
export interface TransitionAnnouncerParts {
  readonly storage: Pick<Storage, 'outbox'>;
  readonly publisher: JobPublisher;
  readonly clock: Clock;
  readonly log: JobLog;
}

/**
 * Tells about committed state changes; so far in the log. The outbox is the record: an entry is announced at least
 * once, whatever dies in between, and marked only afterwards.
 */
export class TransitionAnnouncer {
  private readonly parts: TransitionAnnouncerParts;

  constructor(parts: TransitionAnnouncerParts) {
    this.parts = parts;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'transition.announce'> {
    return { 'transition.announce': ({ sequence }) => this.announce(sequence) };
  }

  /** Queues again what was committed but never announced. Resolves with how many. */
  async sweep(): Promise<number> {
    const now = this.parts.clock.now();
    const lost = await this.parts.storage.outbox.unhandled(new Date(now.getTime() - LOST_AFTER_MS), SWEEP_LIMIT);
    const round = Math.floor(now.getTime() / LOST_AFTER_MS);
    await this.parts.publisher.publishAll(
      lost.map(({ sequence }) => ({
        name: 'transition.announce',
        id: transitionAnnounceId(sequence, round),
        payload: { sequence },
      })),
    );
    return lost.length;
  }

  private async announce(sequence: number): Promise<void> {
    const entry = await this.parts.storage.outbox.find(sequence);
    if (entry === null || entry.handledAt !== null) return;
    const { network, machine, from, to, reason, because } = entry;
    const facts = { sequence, network, machine, from, to, reason, at: entry.at };
    this.parts.log[to === 'down' ? 'warn' : 'info'](facts, sentenceOf(entry, because));
    await this.parts.storage.outbox.markHandled(sequence, this.parts.clock.now());
  }
}

/** What is said of a state change: `fra-1/db-1 is down (was up): …`. */
export function sentenceOf(entry: Pick<OutboxEntry, 'network' | 'machine' | 'from' | 'to'>, because: string): string {
  const was = entry.from === null ? '' : ` (was ${entry.from})`;
  return `${entry.network}/${entry.machine} is ${entry.to}${was}: ${because}`;
}
