import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { isAllowedHost, loopbackOnly } from './loopback-only.ts';

test.each([
  ['localhost', true],
  ['LOCALHOST', true],
  ['localhost:3000', true],
  ['127.0.0.1:3000', true],
  ['127.8.9.1', true],
  ['[::1]:3000', true],
  [undefined, true],
  ['', false],
  ['attacker.example', false],
  ['localhost.attacker.example', false],
  ['127.0.0.1.attacker.example:3000', false],
  ['10.0.0.1:3000', false],
])('the host %s is this machine: %s', (host, expected) => {
  expect(isAllowedHost(host, null)).toBe(expected);
});

const HERE = { status: 200 };
const REFUSED = { status: 421, code: 'NOT_LOOPBACK' };
test.each([
  ['https://status.acme.example', 'status.acme.example', HERE],
  ['https://status.acme.example', 'status.acme.example:443', HERE],
  ['https://Status.Acme.example:8443/', 'STATUS.acme.example:8443', HERE],
  ['https://status.acme.example', '127.0.0.1:3000', HERE],
  ['https://status.acme.example', 'acme.example', REFUSED],
  ['https://status.acme.example', 'status.acme.example.attacker.example', REFUSED],
  [null, 'status.acme.example', REFUSED],
])('with PUBLIC_URL %s the host %s gets %j', async (publicUrl, host, expected) => {
  const app = express().use(loopbackOnly(publicUrl), (_request, response) => void response.json({ status: 200 }));
  const answer = await request(app).get('/').set('host', host);
  expect(JSON.parse(answer.text)).toMatchObject(expected);
  expect(answer.status).toBe(expected.status);
});
