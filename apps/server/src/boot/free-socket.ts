import { lstat, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { AppError } from '#config';

/**
 * Makes the path of a UNIX socket free: removes a socket that a dead process has left.
 *
 * @throws AppError `SOCKET_TAKEN` when somebody answers there, or when it is something else than a socket
 */
export async function freeSocket(path: string): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return;
  if (!found.isSocket())
    throw new AppError('SOCKET_TAKEN', `${path} is there already and is no socket; LISTEN needs another path`);
  if (await answers(path))
    throw new AppError('SOCKET_TAKEN', `another process listens on ${path}; stop it or give LISTEN another path`);
  await rm(path, { force: true });
}

function answers(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection(path);
    const end = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
