import type { Clock } from '#config';
import type { AgentConnection } from './agent-connection.ts';
import { failure, type AgentAnswer, type Failure, type ReadOptions } from './answer.types.ts';
import { BodyBlocks } from './body-blocks.ts';
import { ConnectionPool } from './connection-pool.ts';
import { Exchange, type ExchangeEnd } from './exchange.ts';
import { decideRetry, reasonOf } from './reason-of.ts';
import { asText } from './shape.ts';

/** A longer body is refused, at once when its Content-Length says so. */
const MAX_BODY_BYTES = 1024 * 1024;
/** How many bodies over 64 KiB are read at a time. */
const LARGE_BODIES = 4;

/**
 * Reads agents over HTTP and believes nothing: every read is bounded in time and size, follows no redirect, accepts no
 * compression, and ends in a body or in a {@link Reason}. It never throws for what the other side does.
 */
export class AgentReader {
  readonly #clock: Clock;
  readonly #pool = new ConnectionPool();
  readonly #blocks = new BodyBlocks(LARGE_BODIES, MAX_BODY_BYTES);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** One GET. Best effort in nothing: it always resolves, at the latest at `timeoutMs`. */
  read(address: string, options: ReadOptions): Promise<AgentAnswer> {
    const url = URL.parse(address);
    if (url === null || !['http:', 'https:'].includes(url.protocol))
      return Promise.resolve(failure('bad_response', 'The address is not an http or https URL.'));
    if (options.signal.aborted) return Promise.resolve(shutDown());
    return new Promise(resolve => {
      new Read({ url, options, clock: this.#clock, pool: this.#pool, blocks: this.#blocks, resolve }).start();
    });
  }

  /** Closes idle connections. Reads under way end by their own limits. */
  close(): void {
    this.#pool.close();
  }
}

interface ReadDeps {
  readonly url: URL;
  readonly options: ReadOptions;
  readonly clock: Clock;
  readonly pool: ConnectionPool;
  readonly blocks: BodyBlocks;
  readonly resolve: (answer: AgentAnswer) => void;
}

/** One read: waiting for a connection, the exchange, and one more on a fresh connection when the first was stale. */
class Read {
  readonly #deps: ReadDeps;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = (): void => this.#giveUp(shutDown());
  #withdraw: () => void = () => undefined;
  #exchange: Exchange | null = null;
  #retried = false;

  constructor(deps: ReadDeps) {
    this.#deps = deps;
    this.#timer = setTimeout(() => this.#giveUp(timedOut(deps)), Math.max(deps.options.timeoutMs, 0));
    deps.options.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  start(): void {
    const { pool, url } = this.#deps;
    this.#withdraw = pool.acquire(url.origin, connection => this.#run(connection));
  }

  #run(connection: AgentConnection): void {
    const { url, clock, blocks } = this.#deps;
    const ended = (end: ExchangeEnd, clean: boolean): void => this.#ended(connection, end, clean);
    this.#exchange = new Exchange({ clock, blocks, ended });
    connection.dispatch(url.pathname + url.search, this.#exchange);
  }

  #ended(connection: AgentConnection, end: ExchangeEnd, clean: boolean): void {
    const { pool, url } = this.#deps;
    const facts = connection.facts();
    if (clean) pool.release(url.origin, connection);
    else pool.discard(url.origin, connection);
    this.#exchange = null;
    if ('answer' in end) return this.#finish(end.answer);
    if (!this.#retried && decideRetry(end.error, facts)) {
      this.#retried = true;
      this.#withdraw = pool.acquireFresh(url.origin, fresh => this.#run(fresh));
      return;
    }
    this.#finish(failure(reasonOf(end.error, facts), `${url.host}: ${messageOf(end.error)}`));
  }

  #giveUp(answer: Failure): void {
    this.#withdraw();
    if (this.#exchange === null) this.#finish(answer);
    else this.#exchange.giveUp(answer);
  }

  #finish(answer: AgentAnswer): void {
    clearTimeout(this.#timer);
    this.#deps.options.signal.removeEventListener('abort', this.#onAbort);
    this.#deps.resolve(answer);
  }
}

function timedOut({ url, options }: ReadDeps): Failure {
  return failure('timeout', `${url.host} gave no whole answer within ${Math.round(options.timeoutMs)} ms.`);
}

function shutDown(): Failure {
  return failure('unobserved', 'distomon is shutting down.');
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return asText(error.message) ?? ('code' in error ? String(error.code) : error.name);
}
