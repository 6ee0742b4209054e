import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { isInsecure } from './insecure.ts';

const app = express()
  .set('trust proxy', 1)
  .use((asked, response) => void response.json(isInsecure(asked)));
const REMOTE = { 'x-forwarded-for': '198.51.100.1' };

test.each([
  ['at this machine by its name', { host: 'localhost:3000' }, false],
  ['at this machine by its address', { host: '127.0.0.1:3000' }, false],
  ['at this machine by its IPv6 address', { host: '[::1]:3000' }, false],
  ['over the network', { host: '192.0.2.1:3000' }, true],
  ['by a name', { host: 'status.acme.example' }, true],
  ['by a name that only begins so', { host: 'localhost.acme.example' }, true],
  ['over TLS', { host: 'status.acme.example', 'x-forwarded-proto': 'https', ...REMOTE }, false],
  ['from elsewhere, through a proxy that asks by its own name', { host: '127.0.0.1:3000', ...REMOTE }, true],
  ['from here, through a proxy here', { host: '127.0.0.1:3000', 'x-forwarded-for': '127.0.0.1' }, false],
])('somebody who looks %s is read by others: %j, %s', async (_where, headers, expected) => {
  expect((await request(app).get('/').set(headers)).body).toBe(expected);
});

test('a browser beside a container comes from its bridge, and is at this machine all the same', () => {
  const socket = { remoteAddress: '172.17.0.1' } as Parameters<typeof isInsecure>[0]['socket'];
  expect(isInsecure({ secure: false, hostname: 'localhost', ip: '172.17.0.1', socket })).toBe(false);
});
