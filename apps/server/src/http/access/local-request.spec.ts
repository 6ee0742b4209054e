import type { Request } from 'express';
import { expect, test } from 'vitest';
import { readSettings } from '#config';
import { expectsProxy, isLocalRequest } from './local-request.ts';

const HERE = { host: 'localhost:3000' };

test.each([
  ['a program here', '127.0.0.1', HERE, true],
  ['one that asks by address', '127.0.0.1', { host: '127.0.0.1:3000' }, true],
  ['one over IPv6', '::1', { host: '[::1]:3000' }, true],
  ['one over both', '::ffff:127.0.0.1', HERE, true],
  ['another machine', '192.0.2.7', HERE, false],
  ['another machine over both', '::ffff:192.0.2.7', HERE, false],
  ['a UNIX socket', undefined, HERE, false],
  ['a proxy here', '127.0.0.1', { ...HERE, 'x-forwarded-for': '127.0.0.1' }, false],
  ['a proxy of the newer kind', '127.0.0.1', { ...HERE, forwarded: 'for=127.0.0.1' }, false],
  ['a proxy that says little', '127.0.0.1', { ...HERE, 'x-real-ip': '127.0.0.1' }, false],
  ['a proxy that empties its header', '127.0.0.1', { ...HERE, 'x-forwarded-for': '' }, false],
  ['a page of another site whose name points here', '127.0.0.1', { host: 'evil.example:3000' }, false],
  ['a name that only begins so', '127.0.0.1', { host: 'localhost.evil.example' }, false],
  ['the name of this machine in the network', '127.0.0.1', { host: '192.0.2.1:3000' }, false],
  ['who names no host', '127.0.0.1', {}, false],
])('%s asks the server itself: %s, %j, %s', (_who, remoteAddress, headers, expected) => {
  const request = { socket: { remoteAddress }, headers } as unknown as Request;
  expect([isLocalRequest(request, false), isLocalRequest(request, true)]).toEqual([expected, false]);
});

test.each([
  ['nothing', {}, false],
  ['another address', { HOST: '0.0.0.0' }, false],
  ['no proxy', { TRUST_PROXY: '0' }, false],
  ['a proxy', { TRUST_PROXY: '1' }, true],
  ['a name of its own', { PUBLIC_URL: 'https://status.example.org' }, true],
  ['a socket', { LISTEN: '/run/d.sock' }, true],
])('with %s in the settings a proxy is expected or not', (_what, env, expected) => {
  const readFile = (): never => {
    throw new Error('there are no files');
  };
  expect(expectsProxy(readSettings(env, { cwd: '/srv', hostname: 'box-1', readFile }))).toBe(expected);
});
