import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { askGoogle } from './google-request.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
}

const ask = (url: string, timeoutMs?: number): Promise<string> =>
  askGoogle({ method: 'POST', url, headers: { 'Content-Type': 'text/plain' }, body: 'code=1' }, timeoutMs);

it('gives back what Google says, and sends it method, headers and body', async () => {
  const url = await serve((request, response) => {
    let body = '';
    request.on('data', chunk => (body += String(chunk)));
    request.on('end', () =>
      response.end(JSON.stringify({ access_token: [request.method, request.headers['content-type'], body].join() })),
    );
  });
  expect(await ask(url)).toBe('{"access_token":"POST,text/plain,code=1"}');
});

describe('Google says no', () => {
  it.each([400, 401, 403, 404])('with %i', async status => {
    const url = await serve((_request, response) => response.writeHead(status).end('{"error":"invalid_grant"}'));
    await expect(ask(url)).rejects.toMatchObject({
      code: 'GOOGLE_REFUSED',
      cause: { message: `Google answers ${status}: {"error":"invalid_grant"}` },
    });
  });
});

describe('Google is not itself', () => {
  const answers: Record<string, RequestListener> = {
    'answers 503': (_request, response) => response.writeHead(503).end('{"error":"backend"}'),
    'has too much to do': (_request, response) => response.writeHead(429).end('{"error":"slow_down"}'),
    'answers null': (_request, response) => response.end('null'),
    'answers a list': (_request, response) => response.end('[]'),
    'answers a page': (_request, response) => response.end('<html>Sign in to the hotel</html>'),
    'answers without a token': (_request, response) => response.end('{"access_token":7}'),
    'answers nothing': (_request, response) => response.end(),
    'sends elsewhere': (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    'hangs up': request => request.socket.destroy(),
    'hangs up in the middle': (request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"a":');
      setImmediate(() => request.socket.destroy());
    },
    'answers more than there can be': (_request, response) => response.end(`{"a":"${'x'.repeat(70_000)}"}`),
  };
  it.each(Object.entries(answers))('%s', async (_, listener) => {
    await expect(ask(await serve(listener))).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
  });

  it('is not there', async () => {
    const url = await serve(() => {});
    servers[0]?.close();
    await once(servers[0] as Server, 'close');
    await expect(ask(url)).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
  });

  it.each<[string, RequestListener]>([
    ['says nothing', () => {}],
    ['does not come to an end', (_request, response) => void response.write('{"a":')],
  ])('%s, and is given up', async (_, listener) => {
    await expect(ask(await serve(listener), 200)).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
  });
});
