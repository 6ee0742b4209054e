import express from 'express';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { clientAddress, plainAddress } from './client-address.ts';
import { throttleKey } from './request-limit.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:192.0.2.7', '192.0.2.7'],
  ['2001:DB8::7', '2001:db8::7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::1', '::1'],
  [undefined, 'unknown'],
  ['', 'unknown'],
  ['localhost', 'unknown'],
  ['192.0.2.7, 10.0.0.1', 'unknown'],
  ["'; DROP TABLE account", 'unknown'],
  ['192.0.2.7:80', 'unknown'],
])('the address %s is written %s', (address, written) => {
  expect(plainAddress(address)).toBe(written);
});

test.each([
  ['an account, wherever it is', { accountId: 17 }, '192.0.2.7', 'account:17'],
  ['the address of whoever is not signed in', null, '192.0.2.7', 'address:192.0.2.7'],
  ['all addresses of one subscriber', null, '2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2::/64'],
  ['whoever has no address', null, 'unknown', 'address:unknown'],
])('requests are counted by %s', (_what, caller, address, key) => {
  expect(throttleKey(caller, address)).toBe(key);
});

describe('the address of a client', () => {
  const answer = async (trusted: number, forwarded: string): Promise<string> => {
    const app = express().set('trust proxy', trusted);
    app.use((asked, response) => void response.send(clientAddress(asked)));
    return (await request(app).get('/').set('X-Forwarded-For', forwarded)).text;
  };

  test.each([
    ['nobody is believed', 0, '192.0.2.7', '127.0.0.1'],
    ['one proxy is believed', 1, '192.0.2.7', '192.0.2.7'],
    ['a client has forged what the proxy adds to', 1, '203.0.113.9, 192.0.2.7', '192.0.2.7'],
    ['a proxy passes on what is no address', 1, 'me', 'unknown'],
  ])('when %s', async (_what, trusted, forwarded, expected) => {
    await expect(answer(trusted, forwarded)).resolves.toBe(expected);
  });
});
