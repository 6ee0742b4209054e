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

test.each([
  ['https://status.acme.example', 'status.acme.example', 200],
  ['https://status.acme.example', 'status.acme.example:443', 200],
  ['https://Status.Acme.example:8443/', 'STATUS.acme.example:8443', 200],
  ['https://status.acme.example', '127.0.0.1:3000', 200],
  ['https://status.acme.example', 'acme.example', 421],
  ['https://status.acme.example', 'status.acme.example.attacker.example', 421],
  [null, 'status.acme.example', 421],
])('with PUBLIC_URL %s the host %s gets %i', async (publicUrl, host, status) => {
  const app = express().use(loopbackOnly(publicUrl), (_request, response) => void response.end('here'));
  const answer = await request(app).get('/').set('host', host);
  expect(answer.status).toBe(status);
  if (status === 421) expect(JSON.parse(answer.text)).toMatchObject({ code: 'NOT_LOOPBACK' });
});
