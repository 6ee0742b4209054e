import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One answer, as it is sent. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** `null`: closed without a byte. `'silence'`: nothing is ever said. */
export type Route = (url: URL, request: IncomingMessage) => Reply | null | 'silence';

/** An agent of this process, to be told what to answer. */
export interface ReplayServer {
  /** Its address, without a trailing slash. */
  readonly url: string;
  /** What it was asked for, oldest first: path and query as they came. */
  readonly requests: readonly string[];
  /** How many connections were made to it. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** @param tls makes it an https server */
export async function startReplay(route: Route, tls: ServerOptions | null = null): Promise<ReplayServer> {
  const requests: string[] = [];
  let connections = 0;
  const server = (tls === null ? createServer() : createTlsServer(tls)).on('request', (request, response) => {
    requests.push(request.url ?? '');
    const reply = route(new URL(request.url ?? '/', 'http://agent'), request);
    if (reply === 'silence') return;
    if (reply === null) request.socket.end();
    else response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
  });
  server.on('connection', socket => {
    connections += 1;
    socket.on('error', () => undefined); // we break some on purpose
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http${tls === null ? '' : 's'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
