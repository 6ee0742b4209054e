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
await import('../dist/apps/server/src/main.js');
