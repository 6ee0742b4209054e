import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#config';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

const OWNER_FILE = /^owner-(\d+)\.json$/;

/** The right to start and stop the server of one directory, held by one process. */
export class Ownership {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }
}

/**
 * Claims a directory for this process, or takes it over from an owner that is dead.
 *
 * Owner files are numbered and the highest number owns. Taking over creates the next number, which the file system lets
 * only one of several contenders do; deleting and recreating one file would let two of them believe they won.
 *
 * @throws AppError `EMBEDDED_OWNED` while a living process owns it, this one included.
 */
export function claimOwnership(directory: string): Ownership {
  for (;;) {
    const last = lastOwner(directory);
    if (last?.owner && isRunning(last.owner)) throw ownedBy(last.owner.pid, directory);
    const number = (last?.number ?? 0) + 1;
    if (!createOwnerFile(directory, number)) continue;
    // Somebody may have claimed a higher number between the look and the claim; then this one is void.
    if (lastOwner(directory)?.number !== number) {
      rmSync(ownerPath(directory, number), { force: true });
      continue;
    }
    removeOwnersBelow(directory, number);
    return new Ownership(ownerPath(directory, number));
  }
}

function ownedBy(pid: number, directory: string): AppError {
  return new AppError(
    'EMBEDDED_OWNED',
    `The database in ${directory} is in use by process ${pid}. Stop that process, or give this one another DISTOMON_HOME.`,
  );
}

function lastOwner(directory: string): { number: number; owner: ProcessIdentity | null } | null {
  const number = Math.max(0, ...ownerNumbers(directory));
  return number === 0 ? null : { number, owner: readOwner(ownerPath(directory, number)) };
}

/** `null`: it was released meanwhile, or its content was lost in a crash of the machine. Either way nobody owns. */
function readOwner(path: string): ProcessIdentity | null {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : null;
  } catch {
    return null;
  }
}

/** Written aside and linked, so that nobody ever reads half a file. `false`: the number is taken. */
function createOwnerFile(directory: string, number: number): boolean {
  const draft = join(directory, `.owner-${process.pid}.draft`);
  writeFileSync(draft, JSON.stringify(identifyProcess(process.pid)));
  try {
    linkSync(draft, ownerPath(directory, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function removeOwnersBelow(directory: string, number: number): void {
  for (const old of ownerNumbers(directory)) {
    if (old < number) rmSync(ownerPath(directory, old), { force: true });
  }
}

function ownerNumbers(directory: string): number[] {
  return readdirSync(directory).flatMap(name => OWNER_FILE.exec(name)?.slice(1).map(Number) ?? []);
}

function ownerPath(directory: string, number: number): string {
  return join(directory, `owner-${number}.json`);
}
