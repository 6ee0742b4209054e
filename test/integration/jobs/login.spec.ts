import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openQueues, WorkerHost } from '#jobs';
import { waitFor } from '../../support/services.ts';
import { MemoryLog } from './memory-log.ts';
import { OwnServer } from './own-server.ts';

const RIGHT = 'the-right-password';
const WRONG = 'hunter2';
const REFUSED = 'the queue refuses the login: check its user and password; trying again until it accepts them';

let server: OwnServer;
let log: MemoryLog;

beforeEach(async () => {
  server = await OwnServer.start('redis');
  log = new MemoryLog();
  await configure(server.url, 'CONFIG', 'SET', 'requirepass', RIGHT);
});
afterEach(() => server.remove());

const urlWith = (password: string): string => server.url.replace('redis://', `redis://:${password}@`);

test('a wrong password is called one, and stands in no error and in no line of the log', async () => {
  const opening = openQueues({ backend: { kind: 'redis', url: urlWith(WRONG) }, log });
  const error: unknown = await opening.catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'QUEUE_REFUSED', retryable: false });
  expect(String(error)).toContain('the queue refuses the login: check its user and password: WRONGPASS');
  expect(log.of('error')).toEqual([REFUSED]);
  expect(deeply(error)).not.toContain(WRONG);
  expect(deeply(log.lines)).not.toContain(WRONG);
});

test('a password that was changed while the queues work is told so once, and nowhere written', async () => {
  const queues = await openQueues({ backend: { kind: 'redis', url: urlWith(RIGHT) }, log });
  const host = new WorkerHost(queues, {}, { label: 'here', log });
  await host.start();
  await configure(urlWith(RIGHT), 'CONFIG', 'SET', 'requirepass', 'another-one');
  await configure(urlWith('another-one'), 'CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  // Every one of the workers' own connections has tried, some of them again.
  await waitFor(() => log.lines.filter(line => deeply(line).includes('WRONGPASS')).length > 10);
  const error: unknown = await queues.ping().catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
  expect(log.of('error').filter(message => message === REFUSED)).toHaveLength(1);
  expect(log.of('error').filter(message => message === 'the queue refused a command')).toEqual([]);
  await host.stop(1_000);
  await queues.close();
  expect(deeply(error)).not.toContain(RIGHT);
  expect(deeply(log.lines)).not.toContain(RIGHT);
});

test('a Redis before version 6, which repeats an unknown command, does not bring the password into the log', async () => {
  const old = createServer(socket => {
    socket.on('error', () => {});
    socket.on('data', data => {
      const repeated = data.toString().replaceAll(/\s+/g, ' ');
      for (const _ of data.toString().matchAll(/^\*/gm))
        socket.write(`-ERR unknown command \`HELLO\`, with args beginning with: ${repeated}\r\n`);
    });
  });
  await once(old.listen(0, '127.0.0.1'), 'listening');
  const url = `redis://:${WRONG}@127.0.0.1:${(old.address() as AddressInfo).port}`;
  const error: unknown = await openQueues({ backend: { kind: 'redis', url }, log }).catch((cause: unknown) => cause);
  old.close();
  expect(String(error)).toContain('unknown command `HELLO`');
  expect(deeply([error, log.lines])).not.toContain(WRONG);
});

/** Everything that a logger could print, hidden properties included. */
function deeply(value: unknown): string {
  return inspect(value, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity });
}

async function configure(url: string, command: string, ...args: string[]): Promise<void> {
  const redis = new Redis(url);
  await redis.call(command, ...args);
  redis.disconnect();
}
