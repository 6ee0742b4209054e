import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#config';
import { spawnAs } from './account.ts';
import type { Placement } from './placement.ts';
import { PostgresProcess } from './postgres-process.ts';
import { readPostmasterFile, disownDeadPostmaster } from './postmaster-file.ts';
import { identifyProcess } from './process-identity.ts';

export interface PostgresLaunch {
  readonly placement: Placement;
  readonly port: number;
  /** `name=value` each. */
  readonly settings: readonly string[];
  readonly log: (line: string) => void;
  /** Aborting gives up a start that is under way. */
  readonly signal: AbortSignal;
}

const POLL_MS = 15;
const PATIENCE_MS = 10_000;
const TAIL_LINES = 8;

/**
 * Starts the server and resolves when it accepts connections. Recovery after a crash may take long; it is waited for.
 *
 * @throws AppError `EMBEDDED_PORT_TAKEN` `EMBEDDED_BUSY` (parts of a killed server still run) `EMBEDDED_DISK_FULL`
 * `EMBEDDED_START_FAILED`
 */
export async function launchPostgres(launch: PostgresLaunch): Promise<PostgresProcess> {
  launch.signal.throwIfAborted();
  disownDeadPostmaster(launch.placement.cluster);
  const child = spawnPostgres(launch);
  const ended = endOf(child);
  const tail = collectLines(child, launch);
  const giveUp = (): void => void child.kill('SIGQUIT');
  launch.signal.addEventListener('abort', giveUp);
  try {
    const failure = await Promise.race([ended, untilReady(child, launch)]);
    const identity = child.pid === undefined ? null : identifyProcess(child.pid);
    if (failure === null && identity !== null) return new PostgresProcess(identity, launch.port, ended);
    await Promise.race([once(child, 'close'), sleep(500)]);
    throw startFailure(failure ?? 'it ended at once', tail, launch.port);
  } finally {
    launch.signal.removeEventListener('abort', giveUp);
  }
}

/** A session of its own, so that Ctrl-C in a terminal reaches it only through its owner, who stops it last. */
function spawnPostgres({ placement, port, settings }: PostgresLaunch): ChildProcess {
  const args = ['-D', placement.cluster, ...[`port=${port}`, ...settings].flatMap(setting => ['-c', setting])];
  return spawn(join(placement.binaries.directory, 'bin', 'postgres'), args, {
    ...spawnAs(placement.account),
    cwd: '/',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`),
    );
  });
}

/** Keeps the last lines to explain a failure, and passes on what the server says while it serves. */
function collectLines(child: ChildProcess, { placement, log }: PostgresLaunch): string[] {
  const tail: string[] = [];
  if (child.stderr === null) return tail;
  createInterface({ input: child.stderr }).on('line', line => {
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    // Starting and stopping are told by their owner, in one line instead of eight.
    const file = readPostmasterFile(placement.cluster);
    if (file?.pid === child.pid && file?.ready === true && !line.includes('ready to accept connections'))
      log(`PostgreSQL: ${line}`);
  });
  return tail;
}

/** Resolves with `null`, also when the process is gone: then its end has been told already. */
async function untilReady(child: ChildProcess, { placement, log }: PostgresLaunch): Promise<null> {
  let patientUntil = performance.now() + PATIENCE_MS;
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const file = readPostmasterFile(placement.cluster);
    if (file?.pid === child.pid && file?.ready === true) return null;
    if (performance.now() > patientUntil) {
      log('PostgreSQL is still starting; after a crash it first repeats what was not written out.');
      patientUntil += PATIENCE_MS;
    }
    await sleep(POLL_MS);
  }
  return null;
}

function startFailure(failure: string, tail: readonly string[], port: number): AppError {
  const lines = tail.join('\n');
  const { code, message } = explainFailure(lines, port) ?? {
    code: 'EMBEDDED_START_FAILED',
    message: `The database did not start: ${failure}.`,
  };
  return new AppError(code, `${message}\n${lines}`, { retryable: true });
}

function explainFailure(lines: string, port: number): { code: string; message: string } | null {
  if (lines.includes('Address already in use'))
    return { code: 'EMBEDDED_PORT_TAKEN', message: `Port ${port} is taken.` };
  if (lines.includes('pre-existing shared memory block')) {
    return { code: 'EMBEDDED_BUSY', message: 'Processes of a database that was killed are still running.' };
  }
  if (lines.includes('No space left on device')) {
    return { code: 'EMBEDDED_DISK_FULL', message: 'The disk is full: the database cannot start.' };
  }
  return null;
}
