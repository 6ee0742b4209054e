import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '#config';
import type { Dispatcher } from 'undici';
import { failure, type AgentAnswer, type AgentBody, type Failure, type Parsed } from './answer.types.ts';
import { Body, SMALL_BYTES } from './body.ts';
import type { BodyBlocks } from './body-blocks.ts';
import type { Credentials } from './credentials.ts';
import { failureOfRefusal, failureOfStatus, needsBody } from './reason-of-status.ts';

/** Of a page that says what is wrong only the first lines matter. */
const MAX_REFUSAL_BYTES = 16 * 1024;
/** A megabyte takes a thousand or two; a body in crumbs of a byte would cost a second of our CPU. */
const MAX_PIECES = 10_000;

const LARGE_PIECE_BYTES = 16 * 1024;

/** `ArrayBuffer.prototype.transfer` of ES2024, which Node has since version 21. */
type TransferableBuffer = ArrayBufferLike & { transfer(bytes: number): ArrayBuffer };

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
  readonly parse: (bytes: Buffer) => Parsed<unknown>;
  /** Their size is the most that a body may have. */
  readonly blocks: BodyBlocks;
  readonly credentials: Credentials;
  /** Called once. After an answer that is a failure found before its end, the connection must be destroyed. */
  readonly ended: (end: ExchangeEnd, clean: boolean) => void;
}

/** One request and its answer, bounded in size. The time limit is the caller's. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #deps: ExchangeDeps;
  #sentAt: Date | null = null;
  #head: Head | null = null;
  #body: Body | null = null;
  #pieces = 0;
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

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200 || this.#done) return;
    const { blocks, credentials } = this.#deps;
    const maxBytes = status === 200 ? blocks.blockBytes : MAX_REFUSAL_BYTES;
    const announced = Number(headers['content-length'] ?? Number.NaN);
    const refusal = needsBody(status)
      ? refuseHead(status, headers, { announced, maxBytes })
      : failureOfStatus(status, { credentials, challenge: headers['www-authenticate'] });
    if (refusal !== null) return this.#refuse(refusal);
    this.#head = { status, maxBytes, ...factsOf(headers), receivedAt: this.#deps.clock.now() };
    this.#body = new Body(blocks, announced);
    if (announced > SMALL_BYTES && !this.#body.reserve(() => this.#resumeSoon(controller))) controller.pause();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#done || this.#head === null || this.#body === null) return;
    if (++this.#pieces > MAX_PIECES) return this.#refuse(crumbs(this.#head));
    if (this.#body.length + chunk.length > this.#head.maxBytes) return this.#refuse(tooLarge(this.#head));
    if (this.#body.append(chunk, () => this.#resumeSoon(controller))) freeSoon(chunk);
    else controller.pause();
  }

  onResponseEnd(): void {
    if (this.#head === null || this.#body === null || this.#sentAt === null) return;
    const { maxBytes: _, ...head } = this.#head;
    const { bytes } = this.#body;
    // Parsed before the memory is given back: what is refused never becomes a string.
    const answer =
      head.status === 200
        ? this.#answerOf(bytes, { ...head, sentAt: this.#sentAt })
        : failureOfRefusal(head.status, bytes, this.#deps.credentials);
    this.#end({ answer }, true);
  }

  onResponseError(_: unknown, error: unknown): void {
    this.#end({ error }, false);
  }

  /** Ends it from outside: the time is up, or the process shuts down. */
  giveUp(answer: Failure): void {
    this.#refuse(answer);
  }

  /** Not at once: memory is given from within another parser's callback, and undici's parsers must not nest. */
  #resumeSoon(controller: Dispatcher.DispatchController): void {
    setImmediate(() => {
      if (!this.#done) controller.resume();
    });
  }

  #answerOf(bytes: Buffer, head: Omit<AgentBody, 'ok' | 'json'>): AgentAnswer {
    const json = this.#deps.parse(bytes);
    return json.ok ? { ok: true, json: json.value, ...head } : { ...json, status: head.status };
  }

  #refuse(answer: Failure): void {
    this.#end({ answer }, false);
  }

  #end(end: ExchangeEnd, clean: boolean): void {
    if (this.#done) return;
    this.#done = true;
    this.#body?.release();
    this.#body = null;
    this.#deps.ended(end, clean);
  }
}

/**
 * Frees a piece that fills a whole block of the socket as soon as the parser has let go of it. It would be garbage, but
 * outside of the heap, where V8 lets tens of megabytes gather before it looks.
 */
export function freeSoon(piece: Buffer): void {
  const { buffer } = piece;
  if (buffer.byteLength < LARGE_PIECE_BYTES || buffer.byteLength !== piece.byteLength) return;
  setImmediate(() => (buffer as TransferableBuffer).transfer(0));
}

function refuseHead(
  status: number,
  headers: IncomingHttpHeaders,
  size: { readonly announced: number; readonly maxBytes: number },
): Failure | null {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    return failure('bad_response', 'The agent sends a compressed body that nobody asked for.', status);
  return size.announced > size.maxBytes ? tooLarge({ status, maxBytes: size.maxBytes }) : null;
}

function tooLarge(head: { readonly status: number; readonly maxBytes: number }): Failure {
  return failure('too_large', `The answer is larger than ${head.maxBytes / 1024} KiB.`, head.status);
}

function crumbs(head: { readonly status: number }): Failure {
  return failure('bad_response', 'The answer comes in crumbs.', head.status);
}

function factsOf(headers: IncomingHttpHeaders): { date: Date | null; server: string | null } {
  const date = new Date(headers.date ?? Number.NaN);
  return {
    date: Number.isNaN(date.getTime()) ? null : date,
    server: typeof headers.server === 'string' ? headers.server : null,
  };
}
