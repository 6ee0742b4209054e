import type { EntityManager } from '@mikro-orm/postgresql';
import { keyHashOf } from './hashed-keys.ts';
import { msOf } from './instants.ts';

/** How many requests are let through in which time. */
export interface RequestWindow {
  readonly now: Date;
  /** What is above it is not counted further. */
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * The window is over; or it ends so far ahead that the clock must have been set back since it began. Clocks of servers
 * that share the database differ by less than a window.
 */
const IS_OVER = `(c.resets_at <= ? or c.resets_at > ?)`;

/** Parameters: hash of the key, end of a window that begins now; twice: now, the end after it; between: the limit. */
const COUNT = `
insert into request_count as c (key_hash, hits, resets_at) values (?, 1, ?)
on conflict (key_hash) do update set
  hits = case when ${IS_OVER} then 1 else least(c.hits, ?) + 1 end,
  resets_at = case when ${IS_OVER} then excluded.resets_at else c.resets_at end
returning hits, ${msOf('resets_at')} as resets_ms`;

/** How many requests somebody made, counted by all processes together. */
export class RequestCounts {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /**
   * Counts a request of `key` and says how many that are in its window, at most `limit + 1`, and when the next one begins. A
   * window begins with its first request.
   */
  async count(key: string, { now, limit, windowMs }: RequestWindow): Promise<{ hits: number; resetsInMs: number }> {
    const end = new Date(now.getTime() + windowMs);
    const over = [now, new Date(now.getTime() + 2 * windowMs)];
    const parameters = [keyHashOf(key), end, ...over, limit, ...over];
    const [row] = await this.em.fork().execute<{ hits: number; resets_ms: number }[]>(COUNT, parameters);
    if (row === undefined) throw new Error('an upsert that returns its row gave none');
    return { hits: row.hits, resetsInMs: Math.max(0, row.resets_ms - now.getTime()) };
  }
}
