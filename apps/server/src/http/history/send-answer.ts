import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** How long a browser may keep what will not change: a name can be given to another machine. */
const SETTLED_SECONDS = 3_600;

/** In which form a client wants an answer: what it names counts more than what it accepts. */
export function decideFormat(named: 'json' | 'csv' | undefined, { req }: Response): 'json' | 'csv' {
  if (named !== undefined) return named;
  return req.accepts(['application/json', 'text/csv']) === 'text/csv' ? 'csv' : 'json';
}

/** Aborted when the client goes away before it was answered. */
export function abandoned(response: Response): AbortSignal {
  const controller = new AbortController();
  if (response.destroyed) controller.abort();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Sends JSON text. Express adds the ETag, and answers 304 to who has it already. */
export function sendJson(response: Response, text: string, settled: boolean): void {
  response.set(headersOf(settled)).type('application/json').send(text);
}

/** A download: its name, or null for one to be read here. */
export interface CsvHead {
  readonly fileName: string | null;
  readonly settled: boolean;
}

/**
 * Sends CSV as it is read, and reads no more of it once the client is gone. What fails before the first piece is an
 * error like any other; after it, the connection is cut, so that nobody takes a part for the whole.
 */
export async function sendCsv(
  response: Response,
  { fileName, settled }: CsvHead,
  pieces: AsyncGenerator<string>,
): Promise<void> {
  const first = await pieces.next();
  response.set(headersOf(settled)).set('X-Content-Type-Options', 'nosniff');
  if (fileName !== null) response.attachment(fileName); // which guesses a type of its own
  response.type('text/csv; charset=utf-8; header=present');
  try {
    if (response.destroyed) return;
    if (response.req.method === 'HEAD') response.end();
    else await pipeline(Readable.from(withFirst(first, pieces)), response);
  } catch (error) {
    if (!isGone(error)) throw error;
  } finally {
    await pieces.return(undefined);
  }
}

async function* withFirst(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

function headersOf(settled: boolean): Record<string, string> {
  return {
    'Cache-Control': `private, ${settled ? `max-age=${SETTLED_SECONDS}` : 'no-cache'}`,
    // What a browser kept for one account is not for the next one that signs in there.
    Vary: 'Accept, Authorization, Cookie',
  };
}

/** The client closed the connection before the end. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
