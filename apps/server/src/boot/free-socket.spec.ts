import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freeSocket } from './free-socket.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'socket-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test('a path where nothing is needs nothing', async () => {
  await expect(freeSocket(join(directory, 'none'))).resolves.toBeUndefined();
});

test('a file that is no socket is never removed', async () => {
  const path = join(directory, 'notes');
  await writeFile(path, 'precious');
  await expect(freeSocket(path)).rejects.toMatchObject({ code: 'SOCKET_TAKEN' });
  await expect(access(path)).resolves.toBeUndefined();
});

test('a socket that answers is not stolen', async () => {
  const path = join(directory, 'live');
  const server = createServer().listen(path);
  await once(server, 'listening');
  await expect(freeSocket(path)).rejects.toMatchObject({ code: 'SOCKET_TAKEN' });
  server.close();
});
