import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Below the ports that systems hand out to outgoing connections, so that it is probably free again after a restart. */
const FIRST_PORT = 20_000;
const LAST_PORT = 30_000;

/** The port this directory's server had last if it is free, else another free one of 127.0.0.1. */
export async function choosePort(directory: string): Promise<number> {
  const path = join(directory, 'port');
  const last = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  if (Number.isInteger(last) && last > 0 && (await isFree(last))) return last;
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) return port;
  }
}

export function rememberPort(directory: string, port: number): void {
  writeFileSync(join(directory, 'port'), `${port}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
