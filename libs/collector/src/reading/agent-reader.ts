import type { Clock } from '#config';
import { AbortWatch } from './abort-watch.ts';
import type { AgentConnection } from './agent-connection.ts';
import type { AgentTarget } from './agent-target.ts';
import { failure, type AgentAnswer, type Failure, type ReadOptions } from './answer.types.ts';
import { BodyBlocks } from './body-blocks.ts';
import { ConnectionPool } from './connection-pool.ts';
import { Exchange, type ExchangeEnd } from './exchange.ts';
import { failureOfError } from './failure-of-error.ts';
import { parseJson } from './parse-json.ts';
import { NameLookups } from './name-lookups.ts';
import { decideRetry } from './reason-of.ts';

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
  readonly #pool: ConnectionPool;
  readonly #aborts = new AbortWatch();
  readonly #blocks = new BodyBlocks(LARGE_BODIES, MAX_BODY_BYTES);

  /** @param names those of the whole process, when others look up names too */
  constructor(clock: Clock, names = new NameLookups()) {
    this.#clock = clock;
    this.#pool = new ConnectionPool(names);
  }

  /**
   * One GET. Best effort in nothing: it always resolves, at the latest at `timeoutMs`.
   *
   * @param path what is asked, with its query, below the path of the target
   */
  read<T = unknown>(target: AgentTarget, path: string, options: ReadOptions<T>): Promise<AgentAnswer<T>> {
    if (options.signal.aborted) return Promise.resolve(shutDown());
    return new Promise(resolve => {
      const deps = { clock: this.#clock, pool: this.#pool, blocks: this.#blocks, aborts: this.#aborts };
      // Whatever is parsed is what `parse` gives.
      const done = (answer: AgentAnswer): void => resolve(answer as AgentAnswer<T>);
      new Read({ target, path, options, ...deps, resolve: done }).start();
    });
  }

  /** Closes idle connections. Reads under way end by their own limits. */
  close(): void {
    this.#pool.close();
  }
}

interface ReadDeps {
  readonly target: AgentTarget;
  readonly path: string;
  readonly options: ReadOptions;
  readonly clock: Clock;
  readonly pool: ConnectionPool;
  readonly blocks: BodyBlocks;
  readonly aborts: AbortWatch;
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
    deps.aborts.add(deps.options.signal, this.#onAbort);
  }

  start(): void {
    const { pool, target } = this.#deps;
    this.#withdraw = pool.acquire(target, connection => this.#run(connection));
  }

  #run(connection: AgentConnection): void {
    const { target, path, options, clock, blocks } = this.#deps;
    const { parse = parseJson } = options;
    const ended = (end: ExchangeEnd, clean: boolean): void => this.#ended(connection, end, clean);
    this.#exchange = new Exchange({ clock, parse, blocks, credentials: target.credentials, ended });
    connection.dispatch(target.path + path, this.#exchange);
  }

  #ended(connection: AgentConnection, end: ExchangeEnd, clean: boolean): void {
    const { pool, target } = this.#deps;
    const facts = connection.facts();
    if (clean) pool.release(target, connection);
    else pool.discard(target, connection);
    this.#exchange = null;
    if ('answer' in end) return this.#finish(end.answer);
    const error = connection.causeOf(end.error);
    if (!this.#retried && decideRetry(error, facts)) {
      this.#retried = true;
      this.#withdraw = pool.acquireFresh(target, fresh => this.#run(fresh));
      return;
    }
    this.#finish(failureOfError(error, facts, target));
  }

  #giveUp(answer: Failure): void {
    this.#withdraw();
    if (this.#exchange === null) this.#finish(answer);
    else this.#exchange.giveUp(answer);
  }

  #finish(answer: AgentAnswer): void {
    clearTimeout(this.#timer);
    this.#deps.aborts.remove(this.#deps.options.signal, this.#onAbort);
    this.#deps.resolve(answer);
  }
}

function timedOut({ target, options }: ReadDeps): Failure {
  return failure('timeout', `${target.host} gave no whole answer within ${Math.round(options.timeoutMs)} ms.`);
}

function shutDown(): Failure {
  return failure('unobserved', 'distomon is shutting down.');
}
