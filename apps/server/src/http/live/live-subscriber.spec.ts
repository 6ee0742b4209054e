import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Server } from 'node:http';
import express, { type Response } from 'express';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveEvent } from './live-event.ts';
import { LiveSubscriber } from './live-subscriber.ts';

const BEHIND_BYTES = 256 * 1024;
const VALUES: LiveEvent = { event: 'values', data: { at: '2026-11-20T10:00:00.000Z', machines: {} } };

let server: Server;
let client: Socket;
let response: Response;
let subscriber: LiveSubscriber;

/** A reader with an open stream that takes nothing from its socket until it is told to. */
beforeEach(async () => {
  const opened = Promise.withResolvers<Response>();
  server = express()
    .use((_request, answer) => opened.resolve(answer))
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  client.on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  response = await opened.promise;
  subscriber = new LiveSubscriber({ accountId: 1, network: 'acme', machines: null }, response);
});
afterEach(() => {
  client.destroy();
  server.closeAllConnections();
  server.close();
});

/** A state change of `size` bytes. */
const change = (size: number): LiveEvent => ({ event: 'verdict', id: 1, data: 'x'.repeat(size) });

/** Writes what the reader does not take, until this much waits in this process: the system's buffers hold some too. */
async function fallBehind(bytes: number): Promise<void> {
  while (response.writableLength <= bytes && !response.destroyed) {
    subscriber.send(change(64 * 1024));
    await new Promise(resolve => setImmediate(resolve));
  }
}

test('a reader that cannot follow the state changes is cut off, though it never takes the rest', async () => {
  const closed = once(response, 'close');
  await fallBehind(Infinity);
  await closed;
  expect(response.writableFinished).toBe(false);
});

test('a reader that takes nothing for half a minute of values is cut off', async () => {
  const closed = once(response, 'close');
  await fallBehind(BEHIND_BYTES);
  const length = response.writableLength;
  for (let second = 1; second < 30; second++) subscriber.sendOrSkip(VALUES);
  expect([response.writableLength, response.destroyed]).toEqual([length, false]);
  subscriber.sendOrSkip(VALUES);
  await closed;
});

test('a reader that catches up in time stays, and gets values again', async () => {
  await fallBehind(BEHIND_BYTES);
  for (let second = 1; second < 30; second++) subscriber.sendOrSkip(VALUES);
  let text = '';
  client.on('data', chunk => (text = `${text}${String(chunk)}`.slice(-1_000))).resume();
  await vi.waitFor(() => expect(response.writableLength).toBe(0));
  for (let second = 1; second < 30; second++) subscriber.sendOrSkip(VALUES);
  await vi.waitFor(() => expect(text).toContain('event: values'));
  expect(response.destroyed).toBe(false);
});

test.each([
  ['that was ended', () => subscriber.end()],
  ['that was cut off', () => response.destroy()],
])('a stream %s can be told anything without harm', async (_what, finish) => {
  const failed = vi.fn<() => void>();
  response.on('error', failed);
  finish();
  client.resume();
  subscriber.send(change(10));
  subscriber.sendOrSkip(VALUES);
  subscriber.end();
  await vi.waitFor(() => expect(response.closed).toBe(true));
  expect(failed).not.toHaveBeenCalled();
});

test('while nothing was sent the answer can still be an error', () => {
  expect(response.headersSent).toBe(false);
});
