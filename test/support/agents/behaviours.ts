import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** Answers one request, badly. `json` is what an honest agent would have answered. */
type Behaviour = (response: ServerResponse, request: IncomingMessage, json: unknown) => void;

const MIB = 1024 * 1024;
const HUGE_BYTES = 256 * MIB;
const NO_METRICS = 'No metrics where matched to query.';

let bomb: Buffer | undefined;

const send = (response: ServerResponse, body: string | Buffer, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.end(body);
};
const status =
  (code: number, body: string): Behaviour =>
  response => {
    response.writeHead(code, { 'content-type': 'text/plain' });
    response.end(body);
  };
const pour = (response: ServerResponse, chunk: Buffer, totalBytes: number): void => {
  let left = totalBytes;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
};
const raw =
  (text: string, after: 'end' | 'reset' | 'stay'): Behaviour =>
  (_, request) => {
    if (after === 'end') request.socket.end(text);
    else if (after === 'reset')
      request.socket.write(text, () => setTimeout(() => request.socket.resetAndDestroy(), 50));
    else request.socket.write(text);
  };
/** Replaces every number of the honest answer. */
const withNumbers =
  (replacement: string): Behaviour =>
  (response, _, json) =>
    send(
      response,
      JSON.stringify(json).replace(/"value":-?[\d.e+-]+|(?<=[[,])-?\d+\.\d+(?=[,\]])/g, found =>
        found.startsWith('"value"') ? `"value":${replacement}` : replacement,
      ),
    );

/** What agents (and things that stand where an agent should be) have been seen to do, or could do on purpose. */
export const BEHAVIOURS = {
  'huge body with length': response => {
    response.writeHead(200, { 'content-length': String(HUGE_BYTES) });
    pour(response, Buffer.alloc(MIB, 0x20), HUGE_BYTES);
  },
  'huge body without length': response => pour(response, Buffer.alloc(MIB, 0x20), HUGE_BYTES),
  'huge body of one-byte chunks': (_, request) => {
    const chunk = Buffer.from('1\r\n \r\n'.repeat(4096));
    request.socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    const more = (): void => {
      while (!request.socket.destroyed && request.socket.write(chunk));
      if (!request.socket.destroyed) request.socket.once('drain', more);
    };
    more();
  },
  'gzip bomb': response => send(response, (bomb ??= gzipSync(Buffer.alloc(64 * MIB))), { 'content-encoding': 'gzip' }),
  'a byte every 200 ms': response => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(' '), 200);
    response.once('close', () => clearInterval(timer));
  },
  redirect: (response, request) => {
    response.writeHead(302, { location: `http://${request.headers.host}/elsewhere` });
    response.end();
  },
  garbage: response => send(response, '<html>\u0000 it works'),
  'empty body': response => send(response, ''),
  'empty object': response => send(response, '{}'),
  'cut json': (response, _, json) => send(response, JSON.stringify(json).slice(0, -20)),
  'cut body': raw('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"a":', 'end'),
  'NaN for numbers': withNumbers('NaN'),
  'strings for numbers': withNumbers('"12"'),
  'objects for numbers': withNumbers('{"a":1}'),
  '1e308 for numbers': withNumbers('1e308'),
  '1e999 for numbers': withNumbers('1e999'),
  'deep json': response => send(response, '['.repeat(100_000) + ']'.repeat(100_000)),
  'a million objects': response => send(response, `[${'{},'.repeat(330_000)}{}]`),
  'an array': response => send(response, '[1,2,3]'),
  null: response => send(response, 'null'),
  'charts of the wrong shape': response =>
    send(
      response,
      '{"system.cpu":{"context":"system.cpu","last_updated":"now","dimensions":[1]},"result":{"data":{}}}',
    ),
  'wrong window': (response, _, json) => {
    const answer = json as { after?: number; before?: number };
    send(
      response,
      JSON.stringify(
        'after' in answer ? { ...answer, after: answer.after! - 60, before: answer.before! - 60 } : answer,
      ),
    );
  },
  'points outside of the window': (response, _, json) => {
    const answer = json as { result?: { data: number[][] } };
    for (const row of answer.result?.data ?? []) row[0]! += 100_000;
    send(response, JSON.stringify(answer));
  },
  'a last point that is late': (response, _, json) => {
    const [last] = (json as { result?: { data: (number | null)[][] } }).result?.data ?? [];
    last?.fill(null, 1);
    send(response, JSON.stringify(json));
  },
  'not http': raw('SSH-2.0-OpenSSH_9.2p1\r\n', 'stay'),
  'header overflow': raw(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`, 'stay'),
  silence: () => undefined,
  'reset after bytes': raw('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"a":', 'reset'),
  'closed without a byte': (_, request) => void request.socket.end(),
  '401': status(401, 'who are you'),
  '403': status(403, 'You are not allowed to access this resource.'),
  '404': status(404, 'File does not exist'),
  '404 no metrics': status(404, NO_METRICS),
  '412': status(412, 'You need to be authorized to access this resource'),
  '451': status(451, 'You need to be authorized to access this resource'),
  '500': status(500, 'oops'),
  '503': status(503, 'starting'),
} as const satisfies Readonly<Record<string, Behaviour>>;

export type HostileKind = keyof typeof BEHAVIOURS | 'stale values';
