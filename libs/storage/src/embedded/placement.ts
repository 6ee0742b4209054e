import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#config';
import { type Account, canReach, isRoot, NOBODY, ownAccount } from './account.ts';
import { copyBinaries, findBinaries, linkLibraries, type PostgresBinaries } from './binaries.ts';

/** Where the server's files are and who runs it. */
export interface Placement {
  /** Holds the cluster, the owner files and the port. */
  readonly directory: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly account: Account;
  readonly binaries: PostgresBinaries;
}

const SYSTEM_DIRECTORY = '/var/lib/distomon';
const POINTER = 'moved-to.txt';

/**
 * Decides where the database lives: in `dataDirectory`, except for root when the account that has to run PostgreSQL
 * cannot get there. A decision once taken stays: a database that exists is never left behind for an empty one.
 *
 * @throws AppError `EMBEDDED_OTHER_USER` `EMBEDDED_UNREACHABLE` `EMBEDDED_MISPLACED` `EMBEDDED_NO_BINARIES`
 */
export function choosePlacement(dataDirectory: string, log: (line: string) => void): Placement {
  makeDirectory(dataDirectory);
  const directory = movedTo(dataDirectory) ?? stayOrMove(dataDirectory, log);
  const cluster = join(directory, 'cluster');
  const account = accountFor(cluster);
  if (!canReach(directory, account)) throw unreachable(directory, account);
  return { directory, cluster, account, binaries: reachableBinaries(directory, account, log) };
}

function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(path, { recursive: true });
  // Whatever the umask: nobody has to pass through what root made, and others have no business in a user's own.
  chmodSync(path, isRoot() ? 0o755 : 0o700);
}

function movedTo(dataDirectory: string): string | null {
  const pointer = join(dataDirectory, POINTER);
  if (!existsSync(pointer)) return null;
  const directory = readFileSync(pointer, 'utf8').split('\n')[0] ?? '';
  if (existsSync(directory)) return directory;
  throw new AppError(
    'EMBEDDED_MISPLACED',
    `${pointer} says that the database is in ${directory}, which does not exist. ` +
      'Bring that directory back, or delete the file to begin with an empty database.',
  );
}

function stayOrMove(dataDirectory: string, log: (line: string) => void): string {
  const stays = !isRoot() || existsSync(join(dataDirectory, 'cluster')) || canReach(dataDirectory, NOBODY);
  if (stays) return dataDirectory;
  const hash = createHash('sha256').update(realpathSync(dataDirectory)).digest('hex').slice(0, 16);
  const directory = join(SYSTEM_DIRECTORY, hash);
  makeDirectory(SYSTEM_DIRECTORY);
  makeDirectory(directory);
  const why = 'PostgreSQL does not run as root, and the account nobody cannot enter this place.';
  writeFileSync(join(dataDirectory, POINTER), `${directory}\nis where the database is. ${why}\n`);
  log(`The database is kept in ${directory}, not in ${dataDirectory}: ${why}`);
  return directory;
}

/** Whoever made the cluster has to run it: PostgreSQL insists on owning its files. */
function accountFor(cluster: string): Account {
  if (!existsSync(cluster)) return isRoot() ? NOBODY : ownAccount();
  const { uid, gid } = statSync(cluster);
  if (isRoot() || uid === ownAccount().uid) return { uid, gid };
  throw new AppError(
    'EMBEDDED_OTHER_USER',
    `The database in ${cluster} belongs to user id ${uid}, and this process runs as ${ownAccount().uid}. ` +
      'Start distomon as the user who started it first, or as root.',
  );
}

function unreachable(directory: string, account: Account): AppError {
  return new AppError(
    'EMBEDDED_UNREACHABLE',
    `The database is in ${directory}, but user id ${account.uid}, who runs it, may not enter that directory. ` +
      'Give every directory on the way the mode o+x (chmod o+x), or start distomon as that user.',
  );
}

function reachableBinaries(directory: string, account: Account, log: (line: string) => void): PostgresBinaries {
  const installed = findBinaries();
  if (linkLibraries(installed) && canReach(join(installed.directory, 'bin', 'postgres'), account)) return installed;
  const copy = copyBinaries(installed, directory);
  log(`PostgreSQL runs from a copy in ${copy.directory}: user id ${account.uid} cannot use ${installed.directory}.`);
  return copy;
}
