import type { PgPoolClient, PgQueryResult } from 'bullmq';
import type { PostgresClient } from './queue-backend.ts';

type EventName = 'error' | 'end' | 'notification';
/** Whatever the event hands over: BullMQ's types and pg's differ, their values do not. */
type Listener = (value: never) => void;

/**
 * A client that BullMQ has taken out of the pool. BullMQ removes all listeners of a client when it is done with it; here
 * these are only its own, for the pool's creator may have some too. And one stays as long as the client is out: without
 * it, a lost connection would end the process.
 */
export class BorrowedClient implements PgPoolClient {
  private readonly client: PostgresClient;
  private readonly guard: () => void;
  private own: { readonly event: EventName; readonly listener: () => void }[] = [];

  constructor(client: PostgresClient, guard: (error: Error) => void) {
    this.client = client;
    this.guard = guard as () => void;
    client.on('error', this.guard);
  }

  /** pg's own; BullMQ switches the socket's keepalive on through it. */
  get connection(): { stream?: unknown } {
    return (this.client as PostgresClient & { connection?: { stream?: unknown } }).connection ?? {};
  }

  async query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    // Without parameters pg takes the simple protocol, which alone allows several statements, as migrations have them.
    const { rows } = await (params === undefined ? this.client.query(text) : this.client.query(text, [...params]));
    return { rows: rows as R[] };
  }

  on(event: EventName, listener: Listener): this {
    const own = { event, listener: listener as () => void };
    this.own.push(own);
    this.client.on(event, own.listener);
    return this;
  }

  removeListener(event: EventName, listener: Listener): this {
    this.own = this.own.filter(one => one.event !== event || one.listener !== listener);
    this.client.removeListener(event, listener as () => void);
    return this;
  }

  removeAllListeners(event?: string): this {
    for (const one of this.own.filter(({ event: name }) => event === undefined || event === name)) {
      this.removeListener(one.event, one.listener);
    }
    return this;
  }

  release(destroy?: boolean): void {
    this.removeAllListeners();
    // A client that is destroyed may still say how its connection ended.
    if (destroy !== true) this.client.removeListener('error', this.guard);
    this.client.release(destroy);
  }
}
