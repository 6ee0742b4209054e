import { AgentConnection } from './agent-connection.ts';
import type { AgentTarget } from './agent-target.ts';
import type { Credentials } from './credentials.ts';
import type { NameLookups } from './name-lookups.ts';

/** Enough for a parent that stands for many machines, few enough not to trouble one agent. */
const MAX_PER_SITE = 6;

/** One origin, as one name connects to it. */
interface Site {
  readonly idle: AgentConnection[];
  readonly waiting: ((connection: AgentConnection) => void)[];
  open: number;
}

/**
 * Keep-alive connections by credentials and origin: those of one name are nobody else's. What breaks or is given up is
 * destroyed, what ended well is used again.
 */
export class ConnectionPool {
  readonly #sites = new Map<Credentials, Map<string, Site>>();
  readonly #names: NameLookups;

  constructor(names: NameLookups) {
    this.#names = names;
  }

  /**
   * Hands over a connection for one request, perhaps before it returns; otherwise as soon as one is free.
   *
   * @returns withdraws the wish, if it is not granted yet.
   */
  acquire(target: AgentTarget, granted: (connection: AgentConnection) => void): () => void {
    const site = this.#siteOf(target);
    const idle = site.idle.pop();
    if (idle !== undefined) granted(idle);
    else if (site.open < MAX_PER_SITE) granted(this.#open(target, site));
    else site.waiting.push(granted);
    return () => {
      const place = site.waiting.indexOf(granted);
      if (place >= 0) site.waiting.splice(place, 1);
    };
  }

  /** Like {@link acquire}, but never one that was used before: the others may be just as stale. */
  acquireFresh(target: AgentTarget, granted: (connection: AgentConnection) => void): () => void {
    for (const connection of this.#siteOf(target).idle.splice(0)) this.discard(target, connection);
    return this.acquire(target, granted);
  }

  /** Gives a connection back whose request ended well: the next in line has it, or it rests. */
  release(target: AgentTarget, connection: AgentConnection): void {
    const site = this.#siteOf(target);
    const next = site.waiting.shift();
    if (next !== undefined) next(connection);
    else if (connection.alive) site.idle.push(connection);
    else this.discard(target, connection);
  }

  /** Destroys a connection; whoever waits gets a fresh one. */
  discard(target: AgentTarget, connection: AgentConnection): void {
    const site = this.#siteOf(target);
    retire(site, connection);
    const next = site.waiting.shift();
    if (next !== undefined) next(this.#open(target, site));
    else if (site.open === 0) this.#sites.get(target.credentials)?.delete(target.origin);
  }

  /** Destroys every connection at rest. Those in use end with their requests. */
  close(): void {
    for (const origins of this.#sites.values())
      for (const site of origins.values()) for (const connection of site.idle.splice(0)) retire(site, connection);
  }

  #open(target: AgentTarget, site: Site): AgentConnection {
    site.open++;
    const connection: AgentConnection = new AgentConnection(target, this.#names.lookup, () => {
      const place = site.idle.indexOf(connection);
      if (place < 0) return;
      site.idle.splice(place, 1);
      this.discard(target, connection);
    });
    return connection;
  }

  #siteOf({ credentials, origin }: AgentTarget): Site {
    const known = this.#sites.get(credentials)?.get(origin);
    if (known !== undefined) return known;
    const site: Site = { idle: [], waiting: [], open: 0 };
    const origins = this.#sites.get(credentials) ?? new Map<string, Site>();
    this.#sites.set(credentials, origins.set(origin, site));
    return site;
  }
}

function retire(site: Site, connection: AgentConnection): void {
  connection.destroy();
  site.open--;
}
