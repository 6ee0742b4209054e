import type { JobLog } from '#jobs';
import type { MachineKind, OutboxEntry, Storage } from '#storage';
import { ProblemException } from '../problem/problem.ts';
import { decideStart, type KeptChanges } from './decide-start.ts';
import type { LiveEvent } from './live-event.ts';
import type { LiveSubscriber } from './live-subscriber.ts';
import type { LiveValues } from './live-values.ts';

const TICK_MS = 1_000;
/** State changes told to all in one second at most; the rest follows in the next. */
const MAX_TOLD = 1_000;
/** State changes told to one who resumes before others have their turn. */
const REPLAY_PAGE = 250;
/** Each stream holds a socket and up to a megabyte of what it has not taken yet. */
const MAX_STREAMS = 200;
/** So that one account cannot have them all. */
const MAX_STREAMS_OF_ACCOUNT = 20;
/** A stream that is still told what it missed; no change is new to it. */
const CATCHING_UP = Number.POSITIVE_INFINITY;

/** Everybody who looks. It works only while there is somebody. */
export class LiveHub {
  private readonly storage: Pick<Storage, 'outbox' | 'machines'>;
  private readonly values: LiveValues;
  private readonly log: JobLog;
  private readonly tickMs: number;
  /** Each stream with the last state change it was told. */
  private readonly subscribers = new Map<LiveSubscriber, number>();
  private readonly closing = new AbortController();
  /** The last state change that everybody was told; `null` while nobody looks. */
  private head: number | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(storage: Pick<Storage, 'outbox' | 'machines'>, values: LiveValues, log: JobLog, tickMs = TICK_MS) {
    this.storage = storage;
    this.values = values;
    this.log = log;
    this.tickMs = tickMs;
  }

  /** How many streams are open. */
  get size(): number {
    return this.subscribers.size;
  }

  /**
   * Adds a stream. State changes after `lastSeen` come first, in order, then what happens from now on.
   *
   * @param lastSeen the last state change that the client has seen; `null`: it starts afresh
   * @throws ProblemException `TOO_MANY_STREAMS`: 429 of this account, 503 of all
   */
  async join(subscriber: LiveSubscriber, lastSeen: number | null, at: string): Promise<void> {
    this.requireRoom(subscriber);
    this.subscribers.set(subscriber, CATCHING_UP);
    try {
      const { after, reason } = decideStart(lastSeen, await this.kept(lastSeen));
      this.log.debug({ lastSeen, after, reason }, 'a live stream begins');
      subscriber.send({ event: 'hello', id: after, data: { sequence: after, at } });
      await this.catchUp(subscriber, after);
    } catch (error) {
      this.leave(subscriber);
      throw error;
    }
  }

  /** Removes a stream; the last one ends the work. */
  leave(subscriber: LiveSubscriber): void {
    this.subscribers.delete(subscriber);
    if (this.size === 0) this.head = null;
  }

  /** Ends all streams. */
  close(): void {
    clearTimeout(this.timer);
    this.closing.abort();
    for (const subscriber of this.subscribers.keys()) subscriber.end();
    this.subscribers.clear();
  }

  private requireRoom({ accountId }: LiveSubscriber): void {
    const own = [...this.subscribers.keys()].filter(other => other.accountId === accountId);
    if (own.length >= MAX_STREAMS_OF_ACCOUNT) throw tooManyOfAccount();
    if (this.size >= MAX_STREAMS) throw tooManyStreams();
  }

  private async kept(lastSeen: number | null): Promise<KeptChanges> {
    const { outbox } = this.storage;
    const [newest, entry] = await Promise.all([
      outbox.latestSequence(),
      lastSeen === null ? null : outbox.find(lastSeen),
    ]);
    return { newest, hasLastSeen: entry !== null };
  }

  /**
   * Tells one stream what it missed, then lets it in with the others. While its last page was read the others must not
   * have gone on: what they were told in that time is in none of its pages.
   */
  private async catchUp(subscriber: LiveSubscriber, after: number): Promise<void> {
    let told = after;
    for (;;) {
      const { head } = this;
      const page = await this.changesAfter(told, REPLAY_PAGE);
      if (!this.subscribers.has(subscriber)) return; // it went away meanwhile
      for (const entry of page) tell(subscriber, entry);
      told = page.at(-1)?.sequence ?? told;
      if (page.length < REPLAY_PAGE && this.head === head) break;
    }
    this.head ??= told;
    this.subscribers.set(subscriber, told);
    this.timer ??= setTimeout(() => void this.tick(), 0);
  }

  private async tick(): Promise<void> {
    const started = performance.now();
    const present = [...this.subscribers].flatMap(([one, told]) => (told === CATCHING_UP ? [] : one));
    try {
      await Promise.all([this.tellChanges(), this.values.tick(present, this.closing.signal)]);
    } catch (error) {
      this.log.warn({ error }, 'live values are late');
    }
    const nextMs = Math.max(50, this.tickMs - (performance.now() - started));
    const more = this.size > 0 && !this.closing.signal.aborted;
    this.timer = more ? setTimeout(() => void this.tick(), nextMs) : undefined;
  }

  /** The state changes that follow this sequence, in order, and what each is about. */
  private async changesAfter(sequence: number, limit: number): Promise<Change[]> {
    const entries = await this.storage.outbox.after(sequence, limit);
    const machines = await this.storage.machines.byIds([...new Set(entries.map(({ machineId }) => machineId))]);
    const kindOf = new Map(machines.map(({ machineId, kind }) => [machineId, kind]));
    return entries.map(entry => ({ ...entry, kind: kindOf.get(entry.machineId) ?? 'machine' }));
  }

  /** One look at the outbox serves all streams. One that has just joined knows some of it already. */
  private async tellChanges(): Promise<void> {
    const { head } = this;
    if (head === null) return;
    const entries = await this.changesAfter(head, MAX_TOLD);
    for (const entry of entries) {
      for (const [subscriber, told] of this.subscribers) {
        if (told >= entry.sequence) continue;
        tell(subscriber, entry);
        this.subscribers.set(subscriber, entry.sequence);
      }
    }
    // Another head: all had left meanwhile, and somebody new has begun further on.
    if (this.head === head) this.head = entries.at(-1)?.sequence ?? head;
  }
}

/** A committed state change of a machine or a service. */
interface Change extends OutboxEntry {
  readonly kind: MachineKind;
}

function tell(subscriber: LiveSubscriber, entry: Change): void {
  if (subscriber.wants({ network: entry.network, name: entry.machine })) subscriber.send(changeEvent(entry));
}

/** A state change as the stream tells it; its id is the outbox sequence, by which a client resumes. */
function changeEvent(entry: Change): LiveEvent {
  const { sequence, network, kind, machine, from, to, reason, because, at } = entry;
  return {
    event: 'verdict',
    id: sequence,
    data: { sequence, network, kind, machine, from, to, reason, because, at: at.toISOString() },
  };
}

function tooManyOfAccount(): ProblemException {
  const detail = `Your account has ${MAX_STREAMS_OF_ACCOUNT} live streams open already, as many as one may have. Close some.`;
  return new ProblemException(429, 'TOO_MANY_STREAMS', detail);
}

function tooManyStreams(): ProblemException {
  const detail = `This server has ${MAX_STREAMS} live streams open already. Close some, or try again later.`;
  return new ProblemException(503, 'TOO_MANY_STREAMS', detail);
}
