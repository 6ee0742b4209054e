import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '#config';
import type { Dispatcher } from 'undici';
import { failure, type AgentAnswer, type Failure } from './answer.types.ts';
import type { BodyBudget, Lease } from './body-budget.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import { failureOfMissing, failureOfStatus } from './reason-of-status.ts';

/** Every honest probe and 10-minute window is smaller: such a body never waits. */
const FREE_BYTES = 64 * 1024;
/** Of a 404 only its first line matters. */
const MAX_MISSING_BYTES = 16 * 1024;

interface Head {
  readonly status: number;
  readonly maxBytes: number;
  readonly date: Date | null;
  readonly server: string | null;
  readonly receivedAt: Date;
}

/** How an exchange ended: with an answer, or with an error of the connection. */
export type ExchangeEnd = { readonly answer: AgentAnswer } | { readonly error: unknown };

interface ExchangeDeps {
  readonly clock: Clock;
  readonly budget: BodyBudget;
  readonly maxBytes: number;
  /** Called once. After an answer that is a failure found before its end, the connection must be destroyed. */
  readonly ended: (end: ExchangeEnd, clean: boolean) => void;
}

/** One request and its answer, bounded in size. The time limit is the caller's. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #deps: ExchangeDeps;
  #sentAt: Date | null = null;
  #head: Head | null = null;
  #body: GrowingBuffer | null = null;
  #lease: Lease | null = null;
  #done = false;

  constructor(deps: ExchangeDeps) {
    this.#deps = deps;
  }

  onRequestStart(): void {
    this.#sentAt = this.#deps.clock.now();
  }

  onRequestUpgrade(): void {
    this.#refuse(failure('bad_response', 'The agent wants another protocol.'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200 || this.#done) return;
    const maxBytes = status === 404 ? MAX_MISSING_BYTES : this.#deps.maxBytes;
    const announced = Number(headers['content-length'] ?? Number.NaN);
    const refusal = refuseHead(status, headers, { announced, maxBytes });
    if (refusal !== null) return this.#refuse(refusal);
    this.#head = { status, maxBytes, ...factsOf(headers), receivedAt: this.#deps.clock.now() };
    this.#body = new GrowingBuffer(Math.min(Number.isNaN(announced) ? 8192 : announced, FREE_BYTES));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#done || this.#head === null || this.#body === null) return;
    if (this.#body.length + chunk.length > this.#head.maxBytes) return this.#refuse(tooLarge(this.#head));
    this.#body.append(chunk);
    if (this.#body.length > FREE_BYTES && this.#lease === null) this.#waitForRoom(controller, this.#head.maxBytes);
  }

  onResponseEnd(): void {
    if (this.#head === null || this.#body === null || this.#sentAt === null) return;
    const { maxBytes: _, ...head } = this.#head;
    const body = this.#body.take();
    const answer = head.status === 404 ? failureOfMissing(body) : ({ ok: true, body, sentAt: this.#sentAt, ...head } as const);
    this.#end({ answer }, true);
  }

  onResponseError(_: unknown, error: unknown): void {
    this.#end({ error }, false);
  }

  /** Ends it from outside: the time is up, or the process shuts down. */
  giveUp(answer: Failure): void {
    this.#refuse(answer);
  }

  #waitForRoom(controller: Dispatcher.DispatchController, bytes: number): void {
    let waiting = true;
    this.#lease = this.#deps.budget.reserve(bytes, () => {
      waiting = false;
      if (controller.paused && !this.#done) controller.resume();
    });
    if (waiting) controller.pause();
  }

  #refuse(answer: Failure): void {
    this.#end({ answer }, false);
  }

  #end(end: ExchangeEnd, clean: boolean): void {
    if (this.#done) return;
    this.#done = true;
    this.#lease?.release();
    this.#body = null;
    this.#deps.ended(end, clean);
  }
}

function refuseHead(
  status: number,
  headers: IncomingHttpHeaders,
  size: { readonly announced: number; readonly maxBytes: number },
): Failure | null {
  const refusal = status === 200 ? null : failureOfStatus(status);
  if (refusal !== null) return refusal;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    return failure('bad_response', 'The agent sends a compressed body that nobody asked for.', status);
  return size.announced > size.maxBytes ? tooLarge({ status, maxBytes: size.maxBytes }) : null;
}

function tooLarge(head: { readonly status: number; readonly maxBytes: number }): Failure {
  return failure('too_large', `The answer is larger than ${head.maxBytes / 1024} KiB.`, head.status);
}

function factsOf(headers: IncomingHttpHeaders): { date: Date | null; server: string | null } {
  const date = new Date(headers.date ?? Number.NaN);
  return { date: Number.isNaN(date.getTime()) ? null : date, server: typeof headers.server === 'string' ? headers.server : null };
}
