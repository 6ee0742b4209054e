import { AgentConnection } from './agent-connection.ts';
import { NameLookups } from './name-lookups.ts';

/** Enough for a parent that stands for many machines, few enough not to trouble one agent. */
const MAX_PER_ORIGIN = 6;

interface Origin {
  readonly idle: AgentConnection[];
  readonly waiting: ((connection: AgentConnection) => void)[];
  open: number;
}

/** Keep-alive connections by origin. What breaks or is given up is destroyed, what ended well is used again. */
export class ConnectionPool {
  readonly #origins = new Map<string, Origin>();
  readonly #names = new NameLookups();

  /**
   * Hands over a connection for one request, perhaps before it returns; otherwise as soon as one is free.
   *
   * @returns withdraws the wish, if it is not granted yet.
   */
  acquire(origin: string, granted: (connection: AgentConnection) => void): () => void {
    const entry = this.#entryOf(origin);
    const idle = entry.idle.pop();
    if (idle !== undefined) granted(idle);
    else if (entry.open < MAX_PER_ORIGIN) granted(this.#open(origin, entry));
    else entry.waiting.push(granted);
    return () => {
      const place = entry.waiting.indexOf(granted);
      if (place >= 0) entry.waiting.splice(place, 1);
    };
  }

  /** Like {@link acquire}, but never one that was used before: the others may be just as stale. */
  acquireFresh(origin: string, granted: (connection: AgentConnection) => void): () => void {
    for (const connection of this.#entryOf(origin).idle.splice(0)) this.discard(origin, connection);
    return this.acquire(origin, granted);
  }

  /** Gives a connection back whose request ended well: the next in line has it, or it rests. */
  release(origin: string, connection: AgentConnection): void {
    const entry = this.#entryOf(origin);
    const next = entry.waiting.shift();
    if (next !== undefined) next(connection);
    else if (connection.alive) entry.idle.push(connection);
    else this.discard(origin, connection);
  }

  /** Destroys a connection; whoever waits gets a fresh one. */
  discard(origin: string, connection: AgentConnection): void {
    const entry = this.#entryOf(origin);
    connection.destroy();
    entry.open--;
    const next = entry.waiting.shift();
    if (next !== undefined) next(this.#open(origin, entry));
    else if (entry.open === 0) this.#origins.delete(origin);
  }

  /** Destroys every connection at rest. Those in use end with their requests. */
  close(): void {
    for (const [origin, entry] of this.#origins)
      for (const connection of entry.idle.splice(0)) this.discard(origin, connection);
  }

  #open(origin: string, entry: Origin): AgentConnection {
    entry.open++;
    const connection: AgentConnection = new AgentConnection(origin, this.#names.lookup, () => {
      const place = entry.idle.indexOf(connection);
      if (place < 0) return;
      entry.idle.splice(place, 1);
      this.discard(origin, connection);
    });
    return connection;
  }

  #entryOf(origin: string): Origin {
    const known = this.#origins.get(origin);
    if (known !== undefined) return known;
    const entry: Origin = { idle: [], waiting: [], open: 0 };
    this.#origins.set(origin, entry);
    return entry;
  }
}
