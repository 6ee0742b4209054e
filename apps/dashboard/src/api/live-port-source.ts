import { HERE_MS, type Port, type ToTab, type ToWorker } from './live-port.ts';
import type { SharedRequest } from './live-shared.ts';
import type { EventSourceLike } from './live-stream.ts';

const [CONNECTING, OPEN, CLOSED] = [0, 1, 2] as const;

/** A stream that comes from the worker, with the face of an EventSource. It never connects again by itself. */
export class PortSource extends EventTarget implements EventSourceLike {
  #readyState: number = CONNECTING;
  readonly #port: Port;
  readonly #here: ReturnType<typeof setInterval>;
  readonly #leave = (): void => this.close();

  constructor(port: Port, request: SharedRequest) {
    super();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<ToTab>) => this.#told(data);
    this.#say({ say: 'join', ...request });
    this.#here = setInterval(() => this.#say({ say: 'here' }), HERE_MS);
    // What is not told then is found out by the worker, later.
    globalThis.addEventListener?.('pagehide', this.#leave);
  }

  get readyState(): number {
    return this.#readyState;
  }

  close(): void {
    if (this.#readyState === CLOSED) return;
    this.#readyState = CLOSED;
    clearInterval(this.#here);
    globalThis.removeEventListener?.('pagehide', this.#leave);
    this.#say({ say: 'leave' });
    this.#port.close();
  }

  /** Nothing more will come: the worker said so, or there is no worker. */
  end(): void {
    if (this.#readyState === CLOSED) return;
    this.close();
    this.dispatchEvent(new Event('error'));
  }

  #told(message: ToTab): void {
    if (this.#readyState === CLOSED) return;
    if (message.say === 'ended') return this.end();
    this.#readyState = OPEN;
    this.dispatchEvent(new MessageEvent(message.type, { data: message.data }));
  }

  #say(message: ToWorker): void {
    this.#port.postMessage(message);
  }
}
