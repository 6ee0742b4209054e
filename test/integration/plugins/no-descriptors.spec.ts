import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const CHILD = fileURLToPath(new URL('./no-descriptors-child.ts', import.meta.url));

test('a server without file descriptors left tells that the process could not be started, and goes on', async () => {
  const script = 'ulimit -n 64; exec "$@"';
  const node = [process.execPath, '--conditions=source', CHILD];
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script, 'sh', ...node]);
  expect(stdout).toMatch(/^its process could not be started: .*EMFILE/);
});
