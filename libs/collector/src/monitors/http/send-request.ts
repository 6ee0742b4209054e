import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { BodyBlocks } from '../../reading/body-blocks.ts';
import type { Attempt } from '../check/attempt.ts';
import type { Found } from '../check/finding.ts';
import type { Peer } from '../check/peer.ts';
import type { Answer, AnswerHead, BodyWish } from './answer.types.ts';
import type { Method } from './http-parameters.ts';
import { Receiver } from './receive-answer.ts';

/** One request as it is sent. */
export interface Request {
  readonly url: URL;
  readonly method: Method;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string | null;
}

interface Exchange {
  readonly peer: Peer;
  readonly blocks: BodyBlocks;
  readonly wish: (head: AnswerHead) => BodyWish;
}

/** Sends one request over an open connection, which carries no other after it, and receives the answer. */
export function sendRequest(
  attempt: Attempt,
  socket: Socket,
  { url, method, headers, body }: Request,
  exchange: Exchange,
): Promise<Found<Answer>> {
  const client = new Client(url.origin, {
    // Not at once: undici takes no notice of a connection that is there before it began to wait.
    connect: (_, callback) => queueMicrotask(() => callback(null, socket)),
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
  });
  const close = (): void => void client.destroy(null).catch(() => undefined);
  attempt.whenOver(close);
  let firstError: unknown = null;
  socket.once('error', error => (firstError = error));
  return new Promise(resolve => {
    const done = (answer: Found<Answer>): void => {
      resolve(answer);
      close();
    };
    const path = url.pathname + url.search;
    const receiver = new Receiver({ attempt, ...exchange, brokenBy: () => firstError, done });
    client.dispatch({ path, method, headers: [...headers], body, reset: true }, receiver);
  });
}
