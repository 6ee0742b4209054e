import { Client } from 'undici';
import { Failure } from '../../support/failure.ts';

/** An answer that came whole. */
export interface Answer {
  readonly bytes: Buffer;
  /** From sending the request to the first byte of the body, and to its last. */
  readonly firstByteMs: number;
  readonly ms: number;
}

/** One connection that is kept open; one request after another. */
export class HttpClient {
  readonly #client: Client;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param headers what each request is sent with */
  constructor(origin: string, headers: Readonly<Record<string, string>>) {
    this.#headers = headers;
    this.#client = new Client(origin, { pipelining: 1 });
  }

  /** @throws Failure when the answer is not 200 */
  async get(path: string, accept = 'application/json'): Promise<Answer> {
    const pieces: Buffer[] = [];
    const measured = await this.read(path, accept, piece => pieces.push(piece));
    return { ...measured, bytes: Buffer.concat(pieces) };
  }

  /** Reads an answer that is too large to be kept. */
  async read(path: string, accept: string, onPiece: (piece: Buffer) => void): Promise<Omit<Answer, 'bytes'>> {
    const startedAt = performance.now();
    const headers = { ...this.#headers, accept };
    const { statusCode, body } = await this.#client.request({ method: 'GET', path, headers });
    if (statusCode !== 200)
      throw new Failure(`GET ${path} answers ${statusCode}: ${(await body.text()).slice(0, 500)}`);
    let firstByteMs: number | undefined;
    for await (const piece of body as AsyncIterable<Buffer>) {
      firstByteMs ??= performance.now() - startedAt;
      onPiece(piece);
    }
    const ms = performance.now() - startedAt;
    return { firstByteMs: firstByteMs ?? ms, ms };
  }

  async stop(): Promise<void> {
    await this.#client.destroy();
  }
}
