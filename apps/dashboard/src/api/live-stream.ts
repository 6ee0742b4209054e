import { parseHello, parseValues, parseVerdict } from './live-events.ts';
import type { HelloEvent, ValuesEvent, VerdictEvent } from './live-events.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';

export type StreamStatus = 'connecting' | 'live' | 'reconnecting';

/** What a stream tells its owner. Nothing is called after `close()`. */
export interface StreamListener {
  /** A new connection stands: whatever happened before it has to be read again. */
  connected(event: HelloEvent): void;
  verdict(event: VerdictEvent): void;
  values(event: ValuesEvent): void;
  status(status: StreamStatus): void;
  /** A connection was refused, or ended for good: perhaps nobody is signed in any more. It is tried again nevertheless. */
  refused(): void;
}

/** The part of EventSource that is used, so that a test can play the server and tabs can share one. */
export interface EventSourceLike {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

/** Values come every second, so silence this long is a dead connection that nobody closed (a laptop that slept, say). */
const SILENCE_MS = 15_000;
const CLOSED = 2;

/**
 * The live events of one network, kept up through every loss. EventSource itself retries only what broke after a good
 * answer; a refused or failed answer (401, 503, a proxy's page) closes it for good, so that is retried here.
 */
export class LiveStream {
  readonly #listener: StreamListener;
  readonly #open: (url: string) => EventSourceLike;
  #url = '';
  #current: EventSourceLike | null = null;
  /** A second connection with other machines, until it says hello: no verdict falls between the two. */
  #successor: EventSourceLike | null = null;
  /** The last state change that is known of; a new connection goes on after it, whichever machines it is about. */
  #sequence: number | null = null;
  /** Greeted and not broken since. */
  #isLive = false;
  #failures = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: StreamListener, open: (url: string) => EventSourceLike = url => new EventSource(url)) {
    this.#listener = listener;
    this.#open = open;
  }

  /** Connects, or moves a standing connection over to another address without a gap. */
  follow(url: string): void {
    if (url === this.#url) return;
    const isFirst = this.#url === '';
    this.#url = url;
    if (isFirst) {
      this.#listener.status('connecting');
      this.#connect();
    } else if (this.#isLive) {
      this.#successor?.close();
      this.#successor = this.#attach(url);
    } else if (this.#current !== null) {
      this.#drop();
      this.#connect();
    }
  }

  /** The server was found to answer: the next attempt need not wait any longer. */
  hurry(): void {
    if (this.#url === '' || this.#current !== null) return;
    clearTimeout(this.#retryTimer);
    this.#connect();
  }

  close(): void {
    this.#url = '';
    this.#drop();
    clearTimeout(this.#retryTimer);
  }

  #connect(): void {
    this.#current = this.#attach(this.#url);
    this.#watchSilence();
  }

  #attach(url: string): EventSourceLike {
    const after = this.#sequence;
    const source = this.#open(after === null ? url : `${url}&after=${after}`);
    const isMine = (): boolean => source === this.#current || source === this.#successor;
    const on = <T>(type: string, parse: (data: string) => T | null, act: (event: T) => void): void => {
      source.addEventListener(type, message => {
        if (!isMine()) return;
        this.#watchSilence();
        const event = parse(String((message as MessageEvent).data));
        if (event !== null) act(event);
      });
    };
    on('hello', parseHello, event => this.#greeted(source, event, event.sequence === after));
    on('verdict', parseVerdict, event => this.#changed(event));
    on('values', parseValues, event => this.#listener.values(event));
    source.addEventListener('error', () => {
      if (isMine()) this.#broke(source);
    });
    return source;
  }

  #changed(event: VerdictEvent): void {
    this.#sequence = Math.max(this.#sequence ?? 0, event.sequence);
    this.#listener.verdict(event);
  }

  /** @param isResumed false: the server starts afresh, whatever was asked for */
  #greeted(source: EventSourceLike, event: HelloEvent, isResumed: boolean): void {
    this.#failures = 0;
    if (!isResumed) this.#sequence = event.sequence;
    const isSeamless = source === this.#successor && this.#isLive && isResumed;
    if (source === this.#successor) {
      this.#current?.close();
      this.#current = source;
      this.#successor = null;
    }
    this.#isLive = true;
    if (isSeamless) return;
    this.#listener.status('live');
    this.#listener.connected(event);
  }

  #broke(source: EventSourceLike): void {
    this.#isLive = false;
    this.#listener.status('reconnecting');
    // The browser is retrying by itself, with the id of the last event.
    if (source.readyState !== CLOSED && source === this.#current) return;
    this.#listener.refused();
    this.#retryLater();
  }

  #retryLater(): void {
    this.#drop();
    this.#failures += 1;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#connect(), reconnectDelayMs(this.#failures, Math.random()));
  }

  #watchSilence(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => {
      this.#listener.status('reconnecting');
      this.#retryLater();
    }, SILENCE_MS);
  }

  #drop(): void {
    this.#isLive = false;
    clearTimeout(this.#silenceTimer);
    this.#current?.close();
    this.#successor?.close();
    this.#current = null;
    this.#successor = null;
  }
}
