import type { JobLog } from '#jobs';
import type { OutboxEntry, Storage } from '#storage';
import type { LiveEvent } from './live-event.ts';
import type { LiveSubscriber } from './live-subscriber.ts';
import type { LiveValues } from './live-values.ts';

const TICK_MS = 1_000;
/** State changes told in one second at most; the rest follows in the next. */
const MAX_REPLAY = 1_000;

/** Everybody who looks. It works only while there is somebody. */
export class LiveHub {
  private readonly storage: Pick<Storage, 'outbox'>;
  private readonly values: LiveValues;
  private readonly log: JobLog;
  /** Each stream with the last state change it was told. */
  private readonly subscribers = new Map<LiveSubscriber, number>();
  private readonly closing = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(storage: Pick<Storage, 'outbox'>, values: LiveValues, log: JobLog) {
    this.storage = storage;
    this.values = values;
    this.log = log;
  }

  /** How many streams are open. */
  get size(): number {
    return this.subscribers.size;
  }

  /**
   * Adds a stream. State changes after `lastSequence` come first, in order, then what happens from now on.
   *
   * @param lastSequence the last state change that the client has seen; `null`: it starts afresh
   */
  async join(subscriber: LiveSubscriber, lastSequence: number | null, at: string): Promise<void> {
    const sequence = lastSequence ?? (await this.storage.outbox.latestSequence());
    subscriber.send({ event: 'hello', data: { sequence, at } });
    this.subscribers.set(subscriber, sequence);
    this.timer ??= setTimeout(() => void this.tick(), 0);
  }

  /** Removes a stream; the last one ends the work. */
  leave(subscriber: LiveSubscriber): void {
    this.subscribers.delete(subscriber);
  }

  /** Ends all streams. */
  close(): void {
    clearTimeout(this.timer);
    this.closing.abort();
    for (const subscriber of this.subscribers.keys()) subscriber.end();
    this.subscribers.clear();
  }

  private async tick(): Promise<void> {
    const started = performance.now();
    try {
      await Promise.all([this.tellChanges(), this.values.tick([...this.subscribers.keys()], this.closing.signal)]);
    } catch (error) {
      this.log.warn({ error }, 'live values are late');
    }
    const nextMs = Math.max(50, TICK_MS - (performance.now() - started));
    const more = this.subscribers.size > 0 && !this.closing.signal.aborted;
    this.timer = more ? setTimeout(() => void this.tick(), nextMs) : undefined;
  }

  /** One look at the outbox serves all streams; each is told what it has not been told. */
  private async tellChanges(): Promise<void> {
    if (this.subscribers.size === 0) return;
    const oldest = Math.min(...this.subscribers.values());
    for (const entry of await this.storage.outbox.after(oldest, MAX_REPLAY)) {
      for (const [subscriber, told] of this.subscribers) if (told < entry.sequence) this.tell(subscriber, entry);
    }
  }

  private tell(subscriber: LiveSubscriber, entry: OutboxEntry): void {
    if (subscriber.wants({ network: entry.network, name: entry.machine })) subscriber.send(changeEvent(entry));
    this.subscribers.set(subscriber, entry.sequence);
  }
}

/** A state change as the stream tells it; its id is the outbox sequence, by which a client resumes. */
function changeEvent(entry: OutboxEntry): LiveEvent {
  const { sequence, network, machine, from, to, reason, because, at } = entry;
  return {
    event: 'verdict',
    id: sequence,
    data: { sequence, network, machine, from, to, reason, because, at: at.toISOString() },
  };
}
