import type { Pool, PoolClient } from 'pg';

/**
 * Knows which connections of a pool are open. `pool.end()` resolves before their sockets are closed; a server that is
 * stopped, or a database that is dropped, right then meets them alive.
 */
export class ClientTracker {
  private readonly open = new Set<PoolClient>();
  private onChange: () => void = () => {};

  /** From now on, before the pool has any connection. */
  track(pool: Pool): void {
    pool.on('connect', client => {
      this.open.add(client);
      client.once('end', () => {
        this.open.delete(client);
        this.onChange();
      });
    });
  }

  /** Resolves when no connection is open; false when some are still open after `timeoutMs`. */
  closed(timeoutMs: number): Promise<boolean> {
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.onChange = () => {
        if (this.open.size > 0) return;
        clearTimeout(timer);
        resolve(true);
      };
      this.onChange();
    });
  }
}
