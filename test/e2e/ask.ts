import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

/** What is asked. */
export interface Question {
  /** Default: GET. */
  readonly method?: string;
  /** Path and query. */
  readonly path: string;
  /** Sent as they are, `Host` and `Cookie` too; nothing is added that a browser would add. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is; anything else as JSON. */
  readonly body?: unknown;
}

/** What was answered. */
export class Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Empty for an event stream, which is left as soon as it has begun. */
  readonly text: string;

  constructor({ statusCode = 0, headers }: IncomingMessage, text: string) {
    this.status = statusCode;
    this.headers = headers;
    this.text = text;
  }

  get type(): string {
    return this.headers['content-type'] ?? '';
  }

  /** The body; empty when it is no JSON. */
  get body(): Record<string, unknown> {
    return /\bjson\b/.test(this.type) && this.text !== '' ? (JSON.parse(this.text) as Record<string, unknown>) : {};
  }

  /** Of a problem document. */
  get code(): string | null {
    const { code } = this.body;
    return typeof code === 'string' ? code : null;
  }

  /** What this cookie was set to; `null`: it was not set. */
  cookie(name: string): string | null {
    const line = this.cookieLine(name);
    return line === null ? null : (line.slice(name.length + 1).split(';')[0] ?? '');
  }

  /** The whole line that sets this cookie, with its attributes. */
  cookieLine(name: string): string | null {
    return this.headers['set-cookie']?.find(line => line.startsWith(`${name}=`)) ?? null;
  }
}

/**
 * One request over a connection of its own, exactly as it is written down: no library adds, follows or resolves anything.
 *
 * @throws the error of the socket, also when nothing is answered within half a minute
 */
export function ask(url: string, { method = 'GET', path, headers = {}, body }: Question): Promise<Reply> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const type = body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' };
  const { hostname, port } = new URL(url);
  const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, method, path, agent: false, headers: { ...type, ...length, ...headers }, timeout: 30_000 },
      answer => {
        if (answer.headers['content-type']?.startsWith('text/event-stream') === true) {
          resolve(new Reply(answer, ''));
          answer.destroy();
          return;
        }
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => resolve(new Reply(answer, Buffer.concat(pieces).toString())));
        answer.on('error', reject);
      },
    );
    asked.on('timeout', () => asked.destroy(new Error(`${method} ${path} was not answered`)));
    asked.on('error', reject);
    asked.end(text);
  });
}
