import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Client, type Dispatcher } from 'undici';
import type { AgentTarget } from './agent-target.ts';
import type { ConnectionFacts } from './reason-of.ts';

/** Netdata closes idle connections after 60 s, so we stop using one before that. */
const KEEP_ALIVE_MS = 50_000;

/**
 * One keep-alive connection to one origin in one name, one request at a time. It knows its socket, and so whether a connection that
 * broke was a fresh one (we are denied) or one that had only been idle for too long (worth another try).
 */
export class AgentConnection {
  readonly #client: Client;
  readonly #target: AgentTarget;
  readonly #tls: boolean;
  readonly #lookup: LookupFunction;
  #socket: Socket | null = null;
  #socketError: Error | null = null;
  #connected = false;
  #handshaking = false;
  #socketBefore: Socket | null = null;
  #bytesBefore = 0;
  /** The bytes of a TLS handshake are no answer. */
  #handshakeBytes = 0;

  /** @param target what matters of it are its origin and its credentials */
  constructor(target: AgentTarget, lookup: LookupFunction, onDisconnect: () => void) {
    this.#target = target;
    this.#tls = target.origin.startsWith('https:');
    this.#lookup = lookup;
    this.#client = new Client(target.origin, {
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) => this.#connect(options, callback),
    });
    this.#client.on('disconnect', onDisconnect);
  }

  /** Sends one GET. The next one only after this one has ended. */
  dispatch(path: string, handler: Dispatcher.DispatchHandler): void {
    this.#socketBefore = this.#socket?.destroyed === false ? this.#socket : null;
    this.#bytesBefore = this.#socketBefore?.bytesRead ?? 0;
    const { headers } = this.#target.credentials;
    this.#client.dispatch({ path, method: 'GET', headers }, handler);
  }

  /** It is connected and may carry another request. */
  get alive(): boolean {
    return this.#connected && this.#socket?.destroyed === false;
  }

  /** What happened to the connection during the last request. */
  facts(): ConnectionFacts {
    const reused = this.#socketBefore !== null && this.#socketBefore === this.#socket;
    const bytes = (this.#socket?.bytesRead ?? 0) - (reused ? this.#bytesBefore : this.#handshakeBytes);
    return { connected: this.#connected, handshaking: this.#handshaking, reused, bytes, tls: this.#tls };
  }

  /**
   * What broke the last request, which failed with `error`: when the socket told of a TLS alert just before its end,
   * undici only tells of the end.
   */
  causeOf(error: unknown): unknown {
    return this.#socketError ?? error;
  }

  /** Breaks whatever is under way: a request that was given up leaves nothing behind. */
  destroy(): void {
    this.#socket?.destroy();
    this.#client.destroy(null).catch(() => undefined);
  }

  #connect(
    options: { hostname: string; port: string; servername?: string },
    callback: (...args: [null, Socket] | [Error, null]) => void,
  ): void {
    const target = {
      host: options.hostname.replace(/^\[|\]$/g, ''),
      port: Number(options.port) || (this.#tls ? 443 : 80),
    };
    const common = { ...target, noDelay: true, keepAlive: true, lookup: this.#lookup };
    const { context } = this.#target.credentials;
    const socket = this.#tls
      ? connectTls({
          ...common,
          ALPNProtocols: ['http/1.1'],
          ...(isIP(target.host) === 0 && { servername: target.host }),
          ...(context !== null && { secureContext: context }),
        })
      : connectTcp(common);
    this.#socket = socket;
    this.#socketError = null;
    this.#connected = false;
    this.#handshaking = false;
    this.#handshakeBytes = 0;
    let settled = false;
    if (this.#tls) socket.once('connect', () => (this.#handshaking = true));
    socket.once(this.#tls ? 'secureConnect' : 'connect', () => {
      settled = true;
      this.#connected = true;
      this.#handshaking = false;
      this.#handshakeBytes = socket.bytesRead;
      callback(null, socket);
    });
    const fail = (error: Error): void => {
      if (settled) return;
      settled = true;
      callback(error, null);
    };
    socket.on('error', error => {
      this.#socketError ??= error;
      fail(error);
    });
    socket.once('close', () => fail(Object.assign(new Error('closed while connecting'), { code: 'ECONNRESET' })));
  }
}
