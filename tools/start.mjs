import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { releaseSignals, signalExitCode } from './capture.mjs';
import { install } from './install.mjs';
import { DIST, ROOT } from './project.mjs';

const MAIN = join(DIST, 'apps', 'server', 'src', 'main.js');
const WATCH_LAUNCHER = pathToFileURL(join(ROOT, 'tools', 'watch-launcher.mjs')).href;
/**
 * How Node runs the server, one flag a line. It lets young objects fill 48 MiB before it looks; with less the server takes
 * less memory. Four threads to collect them cost twice the CPU of one, for they mostly wait for each other. And nobody opens a
 * debugger by a signal: a plugin, which has our user, could.
 */
const SERVER_FLAGS = readFileSync(join(ROOT, 'tools', 'server-flags.txt'), 'utf8')
  .trim()
  .split('\n');
/** Long enough to finish a request and to close the database. */
const GRACE_MS = 5_000;

/** Installs, builds and runs the server; returns its exit code. */
export async function start() {
  const node = await install('runtime');
  await build(node, ['server', 'dashboard']);
  return await runServer(node);
}

/**
 * The server gets a session of its own and one signal. In the terminal's group Ctrl-C would reach it twice or three
 * times, from the terminal, from npm and from here, and a second signal means "now" to many programs.
 */
function runServer(node) {
  const child = spawn(node, [...SERVER_FLAGS, '--import', WATCH_LAUNCHER, MAIN, ...process.argv.slice(3)], {
    cwd: ROOT,
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, DISTOMON_LAUNCHER_FD: '3' },
  });
  releaseSignals();
  forwardOnce(child);
  return new Promise(resolve => {
    child.once('error', error => {
      console.error(`distomon: ${node} cannot be started: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? signalExitCode(signal)));
  });
}

function forwardOnce(child) {
  let forwarded = false;
  const forward = signal => {
    if (forwarded) return;
    forwarded = true;
    child.kill(signal);
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
  };
  process.on('SIGINT', () => forward('SIGINT'));
  process.on('SIGTERM', () => forward('SIGTERM'));
  // The terminal was closed.
  process.on('SIGHUP', () => forward('SIGTERM'));
}
