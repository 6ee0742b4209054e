import type { IncomingHttpHeaders } from 'node:http';
import { errors, type Dispatcher } from 'undici';
import { Body, SMALL_BYTES } from '../../reading/body.ts';
import type { BodyBlocks } from '../../reading/body-blocks.ts';
import { freeSoon } from '../../reading/exchange.ts';
import type { Attempt } from '../check/attempt.ts';
import { decideFailure } from '../check/decide-failure.ts';
import { ended, found, wrong, type Finding, type Found } from '../check/finding.ts';
import { showPeer, type Peer } from '../check/peer.ts';
import type { Answer, AnswerHead, BodyWish } from './answer.types.ts';

/** A megabyte takes a thousand or two; a body in crumbs of a byte would cost a second of our CPU. */
const MAX_PIECES = 10_000;

interface ReceiverDeps {
  readonly attempt: Attempt;
  readonly peer: Peer;
  /** Their size is the most that a body may have. */
  readonly blocks: BodyBlocks;
  readonly wish: (head: AnswerHead) => BodyWish;
  /** What the socket itself complained of first: undici tells of the last error, and that may be the consequence. */
  readonly brokenBy: () => unknown;
  /** Called once. */
  readonly done: (answer: Found<Answer>) => void;
}

/** Receives one answer, bounded in size. The time limit is the attempt's. */
export class Receiver implements Dispatcher.DispatchHandler {
  readonly #deps: ReceiverDeps;
  readonly #where: string;
  #head: AnswerHead | null = null;
  #body: Body | null = null;
  #bytes = 0;
  #pieces = 0;
  #isDone = false;

  constructor(deps: ReceiverDeps) {
    this.#deps = deps;
    this.#where = showPeer(deps.peer);
  }

  onRequestStart(): void {
    this.#deps.attempt.ifLate('timeout', `${this.#where} accepted the connection, but did not answer`);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200 || this.#isDone) return;
    this.#head = { status, headers };
    const wish = this.#deps.wish(this.#head);
    if (wish === 'nothing') return this.#succeed(null);
    const announced = Number(headers['content-length'] ?? Number.NaN);
    if (announced > this.#deps.blocks.blockBytes) return this.#end(this.#tooLarge());
    this.#waitForMore();
    if (wish === 'text') this.#openBody(controller, announced);
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#isDone || this.#head === null) return;
    this.#bytes += piece.length;
    if (this.#bytes > this.#deps.blocks.blockBytes) return this.#end(this.#tooLarge());
    if (++this.#pieces > MAX_PIECES) return this.#end(wrong('bad_response', `${this.#where} answers in crumbs.`));
    if (this.#body?.append(piece, () => this.#resumeSoon(controller)) ?? true) freeSoon(piece);
    else this.#pause(controller);
  }

  onResponseEnd(): void {
    this.#succeed(this.#bytes);
  }

  onResponseError(_: unknown, error: unknown): void {
    if (isUnasked(error)) this.#end(wrong('bad_response', `${this.#where} does something else than answer HTTP/1.1.`));
    else this.#end(decideFailure(this.#deps.brokenBy() ?? error, this.#deps.peer, 'connected'));
  }

  #openBody(controller: Dispatcher.DispatchController, announced: number): void {
    const body = new Body(this.#deps.blocks, announced);
    this.#body = body;
    this.#deps.attempt.whenOver(() => body.release());
    if (announced > SMALL_BYTES && !body.reserve(() => this.#resumeSoon(controller))) this.#pause(controller);
  }

  /** Until memory is free it is we who keep the other side waiting. */
  #pause(controller: Dispatcher.DispatchController): void {
    controller.pause();
    this.#deps.attempt.ifLate('unobserved', `distomon had no memory free for the answer of ${this.#where}`);
  }

  /** Not at once: memory is given from within another parser's callback, and undici's parsers must not nest. */
  #resumeSoon(controller: Dispatcher.DispatchController): void {
    setImmediate(() => {
      if (this.#isDone) return;
      this.#waitForMore();
      controller.resume();
    });
  }

  #waitForMore(): void {
    this.#deps.attempt.ifLate('timeout', `${this.#where} began to answer, but did not end`);
  }

  #tooLarge(): Finding {
    const limit = `${this.#deps.blocks.blockBytes / 1024} KiB`;
    return wrong(
      'too_large',
      `The answer of ${this.#where} is larger than ${limit}; method: HEAD leaves the body out.`,
    );
  }

  #succeed(bytes: number | null): void {
    if (this.#isDone || this.#head === null) return;
    this.#isDone = true;
    this.#deps.done(found({ ...this.#head, bytes, body: this.#body }));
  }

  #end(finding: Finding): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#deps.done(ended(finding));
  }
}

/** undici breaks a connection itself, with `bad upgrade` or `bad response`, on a status 101 or 100 that nobody asked for. */
function isUnasked(error: unknown): boolean {
  return error instanceof errors.SocketError && error.message.startsWith('bad ');
}
