import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import { beforeAll, expect, test, vi } from 'vitest';
import { makeAuthority, makeIdentity } from './certificates.ts';
import { usePorts } from './ports.ts';
import { HASTY_MS, PATIENT_MS, useProbe, type Written } from './probe.ts';

const root = makeAuthority('Own Root');
const identity = makeIdentity({ name: 'site', by: root, names: ['127.0.0.1'] });
const probe = useProbe(() => ({ own: { ca: root.certificate } }));
const open = usePorts();
const ports: Record<string, number> = {};
/** Connections that a probe has opened, and those that are still open. */
let [opened, left] = [0, 0];

function opens(socket: Socket): Socket {
  [opened, left] = [opened + 1, left + 1];
  return socket.on('close', () => left--);
}

/** Who does not read does not notice the end. */
function count(socket: Socket): Socket {
  return opens(socket).resume();
}

beforeAll(async () => {
  const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n';
  ports['silent'] = await open.that(socket => void count(socket));
  ports['talks'] = await open.that(socket => void count(socket).write('hello'));
  ports['answers'] = await open.that(socket => void count(socket).write(`${answer}0123456789`));
  ports['stalls'] = await open.that(socket => void count(socket).write(`${answer}01234`));
  ports['leads on'] = await open.that(
    socket => void count(socket).write('HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n'),
  );
  const secure = createServer({ cert: identity.chain, key: identity.key }, socket => socket.resume());
  // Who leaves right after the handshake is one of these at times.
  secure.on('tlsClientError', () => undefined);
  secure.on('connection', socket => void opens(socket));
  ports['secure'] = await open.listen(secure);
});

test.each<[at: string, monitor: Written, reason: string | null]>([
  ['silent', { kind: 'tcp' }, null],
  ['silent', { kind: 'tcp', expect: 'x' }, 'timeout'],
  ['talks', { kind: 'tcp', expect: 'hello' }, null],
  ['silent', { kind: 'tls' }, 'timeout'],
  ['secure', { kind: 'tls', auth: 'own' }, null],
  ['secure', { kind: 'tls' }, 'tls'],
  ['silent', { kind: 'http' }, 'timeout'],
  ['answers', { kind: 'http' }, null],
  ['answers', { kind: 'http', status: 204 }, 'bad_response'],
  ['stalls', { kind: 'http' }, 'timeout'],
  ['leads on', { kind: 'http', redirects: 3 }, 'bad_response'],
])('a probe of a port that %s, with %j, leaves no connection behind', async (at, { kind, ...rest }, reason) => {
  const before = opened;
  const port = ports[at];
  const target = kind === 'http' ? { url: `http://127.0.0.1:${port}/` } : { host: '127.0.0.1', port };
  const result = await probe({ kind, ...target, ...rest }, { timeoutMs: reason === 'timeout' ? HASTY_MS : PATIENT_MS });
  expect(result.reason).toBe(reason);
  await vi.waitFor(() => expect(opened).toBeGreaterThan(before), PATIENT_MS);
  await vi.waitFor(() => expect(left).toBe(0), PATIENT_MS);
});

test('a page that only leads on is left before the next one is asked', async () => {
  const shutDown = new AbortController();
  const before = opened;
  const away = await open.that(
    socket => void count(socket).write(`HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:${ports['silent']}/\r\n\r\n`),
  );
  const monitor = { kind: 'http', url: `http://127.0.0.1:${away}/`, redirects: 1 };
  const result = probe(monitor, { timeoutMs: PATIENT_MS, signal: shutDown.signal });
  await vi.waitFor(() => expect({ opened, left }).toEqual({ opened: before + 2, left: 1 }), PATIENT_MS);
  shutDown.abort();
  expect(await result).toMatchObject({ reason: 'unobserved' });
});
