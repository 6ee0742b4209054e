import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf, identifyProcess, type ProcessIdentity } from './process-identity.ts';

/** What a running server says about itself in `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** It answers; otherwise it is starting, recovering or stopping. */
  readonly ready: boolean;
}

/** `null`: no server, or one that has just begun. Lines as in PostgreSQL's `src/include/utils/pidfile.h`. */
export function readPostmasterFile(cluster: string): PostmasterFile | null {
  try {
    const lines = readFileSync(postmasterPath(cluster), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The server that a former owner left running in this cluster. */
export function findOrphan(cluster: string): ProcessIdentity | null {
  const file = readPostmasterFile(cluster);
  if (file === null || !commandLineOf(file.pid).includes(cluster)) return null;
  return identifyProcess(file.pid);
}

/** Above every limit for process numbers, so that no process ever has it. */
const NO_PID = 2_000_000_000;

/**
 * Makes PostgreSQL understand that the server of this file is dead. It refuses to start as long as any process has the
 * number in the file: a stranger's (after a restart of a container numbers begin at 1 again) or a zombie that nobody
 * waits for. Only the number is replaced: by the rest of the file PostgreSQL makes sure that no part of the dead server
 * still holds its memory.
 */
export function disownDeadPostmaster(cluster: string): void {
  if (readPostmasterFile(cluster) === null || findOrphan(cluster) !== null) return;
  const path = postmasterPath(cluster);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, `${NO_PID}`));
}

function postmasterPath(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
