import { openDoor } from './door.ts';

/**
 * The first process of a container gets only the signals that it listens for, and the server listens when it has read its
 * configuration: until then this ends it, for nothing has been started yet.
 */
function endUntilServerListens(name: 'SIGTERM' | 'SIGINT', exitCode: number): void {
  process.on(name, () => {
    if (process.listenerCount(name) === 1) process.exit(exitCode);
  });
}

endUntilServerListens('SIGTERM', 143);
endUntilServerListens('SIGINT', 130);
// Of a port that is none the server itself tells.
const port = Number(process.argv[2]);
if (Number.isInteger(port) && port > 0 && port < 65_536) openDoor(port);
await import('../dist/apps/server/src/main.js');
