import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { CHANNEL_FD } from '../host/channel.ts';

const HOST_DIRECTORY = join(import.meta.dirname, '..', 'host', '/');
/** `.ts` in the sources, `.js` in what is built of them. */
const HOST = join(HOST_DIRECTORY, `plugin-host${extname(import.meta.filename)}`);

/** Of the memory that a process may take: near its own limit a heap is cleared again and again before it gives up. */
const HEAP_SHARE = 0.9;

/** The end of a pipe that the server holds open for as long as it lives. */
export const LIFELINE_FD = 4;

/**
 * A shell that becomes the plugin's process (`exec`) and leaves a guard behind: it waits at the end of a pipe of which
 * the server holds the other one. The kernel closes that one however the server ends, and the guard kills the process,
 * also one that is in an endless loop; a line tells it that there is nothing left to kill. No core dumps: a plugin that
 * crashes again and again would fill the disk. `env -i`, for a shell adds variables of its own to an empty environment.
 */
const SCRIPT = `ulimit -c 0
{ read -r _ <&${LIFELINE_FD} || kill -9 $$; } ${CHANNEL_FD}<&- >/dev/null 2>&1 &
exec ${LIFELINE_FD}<&-
exec /usr/bin/env -i "$@"`;

/** How a plugin's process is started. */
export interface Launch {
  readonly readable: readonly string[];
  readonly memoryMiB: number;
}

/**
 * Starts the process of a plugin, without anything of our environment and with no more rights than it needs: it may read
 * `readable` and use the network; other files, processes, threads, addons and the inspector are denied to it.
 */
export function launchPlugin({ readable, memoryMiB }: Launch): ChildProcess {
  const node = [process.execPath, ...flagsOf({ readable, memoryMiB }), HOST];
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'distomon-plugin', ...node], {
    cwd: '/',
    env: {},
    detached: true, // Ctrl-C at a terminal is for the server, which ends it in its own time
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) endFirst(child.pid);
  return child;
}

function flagsOf({ readable, memoryMiB }: Launch): string[] {
  return [
    '--permission',
    ...[HOST_DIRECTORY, ...readable].map(path => `--allow-fs-read=${path}`),
    // From Node 25 on the network is one of the things that have to be allowed.
    ...(process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : []),
    `--max-old-space-size=${Math.floor(memoryMiB * HEAP_SHARE)}`,
    '--max-semi-space-size=2',
    '--disable-sigusr1',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
  ];
}

/** When a system has no memory left, Linux ends the process with the highest score: this one, and not the database. */
function endFirst(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
  } catch {
    // Another system, or it is gone already.
  }
}
