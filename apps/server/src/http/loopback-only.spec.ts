import { expect, test } from 'vitest';
import { isLoopbackName } from './loopback-only.ts';

test.each([
  ['localhost', true],
  ['localhost:3000', true],
  ['127.0.0.1:3000', true],
  ['127.8.9.1', true],
  ['[::1]:3000', true],
  [undefined, true],
  ['attacker.example', false],
  ['localhost.attacker.example', false],
  ['127.0.0.1.attacker.example:3000', false],
  ['10.0.0.1:3000', false],
])('the host %s is this machine: %s', (host, expected) => {
  expect(isLoopbackName(host)).toBe(expected);
});
