import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Failure } from './failure.ts';
import { say } from './progress.ts';

/** What a process needs besides its connections to agents. */
export const SPARE_FILES = 300;
/** distomon reads a window over two connections to each agent. */
const CONNECTIONS_EACH = 2;

/**
 * Makes room for the server's connections to this many agents, in this process and all that it starts, and returns how
 * many files one process may open. Root may raise the limit, with `prlimit` of util-linux; others are told.
 *
 * @throws Failure when there is not even room for one connection to each
 */
export function makeRoomForFiles(machines: number): number {
  const needed = CONNECTIONS_EACH * machines + SPARE_FILES;
  if (limit() < needed) spawnSync('prlimit', ['--pid', String(process.pid), `--nofile=${needed}:${needed}`]);
  const files = limit();
  if (files >= needed) return files;
  const problem =
    `A server needs ${needed} open files for windows of ${machines} machines, and the limit here is ${files} ` +
    `(root may raise it where it has the right to: ulimit -n ${needed}).`;
  if (files < machines + SPARE_FILES) throw new Failure(`${problem}\nTake fewer machines.`);
  say(`${problem} It goes on; machines that find no connection end up without values.`);
  return files;
}

function limit(): number {
  const soft = /^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}
