import { expect, it } from 'vitest';
import { isLoopback } from './loopback.ts';

it.each(['127.0.0.1', '127.9.9.9', '::1', '[::1]', 'localhost', 'LocalHost'])('%s is this machine alone', host => {
  expect(isLoopback(host)).toBe(true);
});

it.each(['0.0.0.0', '::', '128.0.0.1', '127.0.0.1.example.com', 'localhost.example', '', '10.0.0.1'])(
  '%j may be reached by others',
  host => {
    expect(isLoopback(host)).toBe(false);
  },
);
