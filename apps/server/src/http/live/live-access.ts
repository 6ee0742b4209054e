import { type Principal, TOUCH_MS } from '#auth';
import type { Clock } from '#config';
import type { JobLog } from '#jobs';
import type { Storage } from '#storage';
import { decideStream, type Standing } from './decide-stream.ts';

/** So often it is looked whether the streams may go on: two looks fit into the ten seconds in which they have to end. */
const CHECK_MS = 5_000;
/** While the database is away nothing can be looked up. A stream that nobody could look up for this long ends. */
const MAX_UNSEEN_MS = 60_000;

/** An open stream, as far as it can be ended. */
interface Endable {
  end(): void;
}

/** What the looks need. */
interface LiveAccessParts {
  readonly storage: Pick<Storage, 'sessions' | 'apiTokens'>;
  readonly clock: Clock;
  readonly idleMs: number;
  readonly log: JobLog;
}

/**
 * Ends the streams of those who may not look any more: signed out, revoked, disabled, or changed. A request is decided once
 * when it begins; a stream lasts for hours. One look at the database serves all streams.
 */
export class LiveAccess {
  private readonly parts: LiveAccessParts;
  private readonly checkMs: number;
  private readonly streams = new Map<Endable, Principal>();
  /** When each session with a stream was last said to be used. */
  private readonly touched = new Map<string, number>();
  private seenAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(parts: LiveAccessParts, checkMs = CHECK_MS) {
    this.parts = parts;
    this.checkMs = checkMs;
  }

  /** Looks after a stream from now on. Whoever opened it was let in just now. */
  watch(stream: Endable, principal: Principal): void {
    const now = this.parts.clock.now().getTime();
    if (this.streams.size === 0) this.seenAt = now;
    this.streams.set(stream, principal);
    if (principal.via === 'session' && !this.touched.has(principal.id)) this.touched.set(principal.id, now);
    this.timer ??= setTimeout(() => void this.check(), this.checkMs);
  }

  /** A stream is over; with the last one the work ends by itself. */
  forget(stream: Endable): void {
    this.streams.delete(stream);
  }

  /** Ends the work, not the streams. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private async check(): Promise<void> {
    const now = this.parts.clock.now();
    try {
      await this.endWhereOver(now);
      this.seenAt = now.getTime();
      await this.touchSessions(now);
    } catch (error) {
      this.parts.log.warn({ error }, 'it is not known whether live streams may go on');
      if (now.getTime() - this.seenAt >= MAX_UNSEEN_MS) this.endAll();
    }
    const more = this.streams.size > 0 && !this.isClosed;
    this.timer = more ? setTimeout(() => void this.check(), this.checkMs) : undefined;
  }

  private async endWhereOver(now: Date): Promise<void> {
    const looked = [...this.streams];
    const standings = await this.standings(now);
    for (const [stream, principal] of looked) {
      const fate = decideStream(principal, standings.get(principal.id));
      if (fate === 'goes-on') continue;
      this.parts.log.debug({ account: principal.accountId, fate }, 'a live stream ends');
      stream.end();
    }
  }

  /** By session id and token id, which are UUIDs: none is the other's. */
  private async standings(now: Date): Promise<ReadonlyMap<string, Standing>> {
    const { storage, idleMs } = this.parts;
    const [sessionIds, tokenIds] = [this.idsOf('session'), this.idsOf('token')];
    const [sessions, tokens] = await Promise.all([
      storage.sessions.alive(sessionIds, { now, idleMs }),
      storage.apiTokens.alive(tokenIds, now),
    ]);
    return new Map<string, Standing>([
      ...sessions.map(session => [session.sessionId, session] as const),
      ...tokens.map(token => [token.tokenId, token] as const),
    ]);
  }

  /** Who looks at a stream uses the session. */
  private async touchSessions(now: Date): Promise<void> {
    const open = new Set(this.idsOf('session'));
    for (const [id, at] of this.touched) {
      if (!open.has(id)) this.touched.delete(id);
      else if (now.getTime() - at >= TOUCH_MS) {
        this.touched.set(id, now.getTime());
        await this.parts.storage.sessions.touch(id, now);
      }
    }
  }

  private idsOf(via: Principal['via']): string[] {
    const principals = [...this.streams.values()].filter(principal => principal.via === via);
    return [...new Set(principals.map(({ id }) => id))];
  }

  private endAll(): void {
    for (const stream of this.streams.keys()) stream.end();
  }
}
