import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#config';
import { type Account, isRoot, requireKnownUser, spawnAs, unknownUser } from './account.ts';
import type { Placement } from './placement.ts';

const SUPERUSER = 'distomon';
/** Inside the cluster, so that the password appears, moves and is saved together with what it opens. */
const PASSWORD_FILE = 'distomon.password';

/**
 * Makes the cluster if there is none, in one step: either all of it exists afterwards or nothing does.
 *
 * @throws AppError `EMBEDDED_OTHER_MAJOR` `EMBEDDED_UNKNOWN_UID` `EMBEDDED_DISK_FULL` `EMBEDDED_INIT_FAILED`
 */
export async function ensureCluster(placement: Placement, fast: boolean): Promise<void> {
  if (existsSync(placement.cluster)) return requireMajor(placement);
  if (!isRoot()) requireKnownUser();
  const draft = `${placement.cluster}.draft`;
  rmSync(draft, { recursive: true, force: true });
  const passwordFile = join(placement.directory, '.password.draft');
  writeOwned(passwordFile, randomBytes(24).toString('base64url'), placement.account);
  try {
    mkdirSync(draft, { mode: 0o700 });
    if (isRoot()) chownSync(draft, placement.account.uid, placement.account.gid);
    await runInitdb(placement, ['-D', draft, `--pwfile=${passwordFile}`, ...(fast ? ['--no-sync'] : [])]);
    renameSync(passwordFile, join(draft, PASSWORD_FILE));
    renameSync(draft, placement.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The database's address for its superuser, password included. */
export function clusterUrl(placement: Placement, port: number, database: string): string {
  const password = readFileSync(join(placement.cluster, PASSWORD_FILE), 'utf8');
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

function requireMajor({ cluster, binaries }: Placement): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === `${binaries.major}`) return;
  throw new AppError(
    'EMBEDDED_OTHER_MAJOR',
    `The database in ${cluster} was written by PostgreSQL ${found}; this distomon brings PostgreSQL ${binaries.major}. ` +
      `Run the distomon that wrote it and save its content with pg_dump, or serve it with a PostgreSQL ${found} and set ` +
      'DATABASE_URL, or move the directory away to begin with an empty database.',
  );
}

/** A file that only one account may read. */
function writeOwned(path: string, text: string, account: Account): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600 });
  if (isRoot()) chownSync(path, account.uid, account.gid);
}

/** The builtin C.UTF-8 needs no locale of the system, and sorts the same on every machine. */
const INITDB = [
  '-U',
  SUPERUSER,
  '-A',
  'scram-sha-256',
  '-E',
  'UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

async function runInitdb({ binaries, account }: Placement, args: readonly string[]): Promise<void> {
  const child = spawn(join(binaries.directory, 'bin', 'initdb'), [...INITDB, ...args], {
    ...spawnAs(account),
    cwd: '/',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4096)));
  const failure = await new Promise<string | null>(resolve => {
    child.on('error', error => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? null : `initdb ended with ${signal ?? code}`));
  });
  if (failure !== null) throw initFailure(failure, stderr, account);
}

function initFailure(failure: string, stderr: string, account: Account): AppError {
  if (stderr.includes('could not look up effective user ID')) return unknownUser(account.uid, stderr);
  const lines = stderr.trim().split('\n').slice(-5).join('\n');
  if (stderr.includes('No space left on device')) {
    return new AppError('EMBEDDED_DISK_FULL', `The disk is full: the database could not be created.\n${lines}`, {
      retryable: true,
    });
  }
  return new AppError('EMBEDDED_INIT_FAILED', `The database could not be created: ${failure}.\n${lines}`);
}
