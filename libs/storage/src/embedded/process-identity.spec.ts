import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { commandLineOf, identifyProcess, isRunning } from './process-identity.ts';

test('a process runs until it has ended', async () => {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const identity = identifyProcess(child.pid ?? 0);
  expect(identity !== null && isRunning(identity)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(identity !== null && isRunning(identity)).toBe(false);
});

test('another process with the same number is not the same process', () => {
  expect(isRunning({ pid: process.pid, startedAt: 'another time' })).toBe(false);
});

test('the command line of a process can be read, and that of none is empty', () => {
  expect(commandLineOf(process.pid)).toContain('node');
  expect(commandLineOf(2_000_000_000)).toBe('');
});
