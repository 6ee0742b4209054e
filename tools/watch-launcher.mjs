import { Socket } from 'node:net';

/**
 * Loaded into the server before its own code: stops it when its launcher is gone, even by kill -9. The launcher never
 * writes; the system closes its end of the pipe when it dies. Processes that the server forks inherit this import, but
 * not the variable.
 */
const fd = Number(process.env.DISTOMON_LAUNCHER_FD);
delete process.env.DISTOMON_LAUNCHER_FD;
if (fd > 0) {
  const pipe = new Socket({ fd, readable: true, writable: false });
  pipe.on('error', () => {});
  pipe.on('close', () => process.kill(process.pid, 'SIGTERM'));
  pipe.resume();
  pipe.unref();
}
