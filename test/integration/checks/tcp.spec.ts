import { beforeAll, expect, test } from 'vitest';
import { CLOSED_PORT, NO_SUCH_NAME, UNREACHABLE, usePorts } from './ports.ts';
import { HASTY_MS, PATIENT_MS, useProbe, type Written } from './probe.ts';

const probe = useProbe();
const open = usePorts();
const ports: Record<string, number> = { closed: CLOSED_PORT };
const HOST = '127.0.0.1';

beforeAll(async () => {
  ports['silent'] = await open.that(() => undefined);
  ports['greets'] = await open.that(socket => void socket.write('SSH-2.0-OpenSSH_9.2\r\n'));
  ports['greets in pieces'] = await open.that(socket => {
    socket.setNoDelay(true).write('SSH');
    setTimeout(() => socket.write('-2.0'), 20);
  });
  ports['answers'] = await open.that(socket =>
    socket.on('data', piece => socket.write(piece.toString() === 'PING\r\n' ? '+PONG\r\n' : '-ERR\r\n')),
  );
  ports['says goodbye'] = await open.that(socket => socket.end('421 too many connections\r\n'));
  ports['closes'] = await open.that(socket => socket.end());
  ports['resets'] = await open.that(socket => socket.resetAndDestroy());
  ports['resets later'] = await open.that(socket => socket.on('data', () => socket.resetAndDestroy()));
  ports['talks for ever'] = await open.that(socket => {
    const talk = (): void => {
      while (!socket.destroyed && socket.write('blah '.repeat(1_000)));
    };
    socket.on('drain', talk);
    talk();
  });
  ports['full'] = await open.full();
});

/** What is at the port, the rest of the monitor, and what a probe says. */
test.each<[at: string, monitor: Written, reason: string | null, detail: RegExp]>([
  ['silent', {}, null, /^Accepts connections, in \d+ ms\.$/],
  ['silent', { host: 'localhost' }, null, /^Accepts/],
  ['greets', { expect: 'SSH-2.0' }, null, /says “SSH-2\.0-OpenSSH_9\.2”/],
  ['greets in pieces', { expect: 'SSH-2.0' }, null, /says “SSH-2\.0”/],
  ['answers', { send: 'PING\r\n', expect: '+PONG' }, null, /says “\+PONG”/],
  [
    'answers',
    { send: 'HELLO\r\n', expect: '+PONG' },
    'bad_response',
    /should say “\+PONG”, but said “-ERR” and nothing/,
  ],
  [
    'greets',
    { expect: 'HTTP' },
    'bad_response',
    /should say “HTTP”, but said “SSH-2\.0-OpenSSH_9\.2” and nothing more/,
  ],
  ['says goodbye', { expect: '220' }, 'bad_response', /but said “421 too many connections” and closed the connection/],
  ['talks for ever', { expect: '220' }, 'bad_response', /but said “blah .*…” and more than 16 KiB/],
  ['closes', { expect: '220' }, 'reset', /closed the connection without a word/],
  ['resets', { expect: '220' }, 'reset', /broke the connection/],
  ['resets later', { send: 'x', expect: '220' }, 'reset', /broke the connection/],
  ['silent', { expect: '220' }, 'timeout', /accepted the connection, but said nothing within 700 ms/],
  ['full', {}, 'timeout', /accepted no connection within 700 ms/],
  ['closed', {}, 'refused', /^127\.0\.0\.1:1 refuses the connection: nothing listens there/],
  ['closed', { host: UNREACHABLE }, 'unreachable', /^There is no way to 127\.255\.255\.255:1 \(ENETUNREACH\)/],
  ['closed', { host: NO_SUCH_NAME }, 'dns', /no-such-host\.invalid (cannot be|was not) resolved/],
])('a port that is %s, with %j, is %s', async (at, monitor, reason, detail) => {
  // What is said may be followed by more until the time is up.
  const isLate = reason === 'timeout' || detail.source.includes('and nothing');
  const result = await probe(
    { kind: 'tcp', host: HOST, port: ports[at], ...monitor },
    { timeoutMs: isLate ? HASTY_MS : PATIENT_MS },
  );
  expect(result).toMatchObject({ reason, detail: expect.stringMatching(detail), values: null, facts: null });
  expect(result.latencyMs).toBeGreaterThan(0);
});

test('a machine is looked at by its own address', async () => {
  expect(await probe({ kind: 'tcp', port: ports['silent'], on: ['m1'] })).toMatchObject({ reason: null });
  const elsewhere = await probe({ kind: 'tcp', port: 1, on: ['m1'] }, { address: '127.0.0.9' });
  expect(elsewhere).toMatchObject({ reason: 'refused', detail: expect.stringContaining('127.0.0.9:1') });
});

test('a probe that is cut off by the end of the process says nothing about the port', async () => {
  const shutDown = new AbortController();
  const result = probe({ kind: 'tcp', host: HOST, port: ports['silent'], expect: 'x' }, { signal: shutDown.signal });
  shutDown.abort();
  expect(await result).toMatchObject({ reason: 'unobserved', latencyMs: null });
});
