import { randomUUID } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#config';
import { Heartbeat, isBeating } from './heartbeat.ts';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

const OWNER_FILE = /^owner-(\d+)\.json$/;

/** What an owner file says. */
interface Owner extends ProcessIdentity {
  readonly host?: string;
  /** Where its pid means anything: two containers may both have a process 1. `null`: this system has no such thing. */
  readonly pidNamespace?: string | null;
}

/** The right to start and stop the server of one directory, held by one process. */
export class Ownership {
  readonly #heartbeat: Heartbeat;

  constructor(heartbeat: Heartbeat) {
    this.#heartbeat = heartbeat;
  }

  /** The file stays, empty, so that no number is ever given twice. May be called more than once. */
  release(): void {
    this.#heartbeat.stop();
  }
}

/**
 * Claims a directory for this process, or takes it over from an owner that is dead. An owner in another container or on
 * another host is dead when it does not touch its file any more; after its end this takes up to 15 seconds to show.
 *
 * Owner files are numbered and the highest number owns. Taking over creates the next number, which the file system lets
 * only one of several contenders do; deleting and recreating one file would let two of them believe they won.
 *
 * @throws AppError `EMBEDDED_OWNED` while a living process owns it, this one included; the reason of the signal when that
 * is aborted.
 */
export async function claimOwnership(directory: string, signal?: AbortSignal): Promise<Ownership> {
  const content = JSON.stringify(describeSelf());
  for (;;) {
    const last = lastOwner(directory);
    if (last?.owner && (await isAlive(last.owner, ownerPath(directory, last.number), directory, signal)))
      throw ownedBy(last.owner, directory);
    const number = (last?.number ?? 0) + 1;
    if (!createOwnerFile(directory, number, content)) continue;
    // Somebody may have claimed a higher number between the look and the claim; then this one is void.
    if (lastOwner(directory)?.number !== number) {
      rmSync(ownerPath(directory, number), { force: true });
      continue;
    }
    removeOwnersBelow(directory, number);
    return new Ownership(new Heartbeat(ownerPath(directory, number), content));
  }
}

function describeSelf(): Owner {
  const identity = identifyProcess(process.pid) ?? { pid: process.pid, startedAt: '' };
  return { ...identity, host: hostname(), pidNamespace: pidNamespace() };
}

function pidNamespace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}

/** Its number says something only about processes that this one can see. */
function isForeign({ host, pidNamespace: theirs }: Owner): boolean {
  const own = pidNamespace();
  return own !== null && typeof theirs === 'string' && (theirs !== own || host !== hostname());
}

async function isAlive(owner: Owner, path: string, directory: string, signal?: AbortSignal): Promise<boolean> {
  if (!isForeign(owner)) return isRunning(owner);
  const reference = draftPath(directory);
  writeFileSync(reference, '');
  try {
    // What touched the file may have been its release.
    return (await isBeating(path, reference, signal)) && readOwner(path) !== null;
  } finally {
    rmSync(reference, { force: true });
  }
}

function ownedBy(owner: Owner, directory: string): AppError {
  const where = isForeign(owner) ? ` in another container or machine (${owner.host})` : '';
  return new AppError(
    'EMBEDDED_OWNED',
    `The database in ${directory} is in use by process ${owner.pid}${where}. ` +
      'Stop that process, or give this one another DISTOMON_HOME.',
  );
}

function lastOwner(directory: string): { number: number; owner: Owner | null } | null {
  const number = Math.max(0, ...ownerNumbers(directory));
  return number === 0 ? null : { number, owner: readOwner(ownerPath(directory, number)) };
}

/** `null`: it was released meanwhile, or its content was lost in a crash of the machine. Either way nobody owns. */
function readOwner(path: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Owner;
    return typeof owner.pid === 'number' && typeof owner.startedAt === 'string' ? owner : null;
  } catch {
    return null;
  }
}

/** Written aside and linked, so that nobody ever reads half a file. `false`: the number is taken. */
function createOwnerFile(directory: string, number: number, content: string): boolean {
  const draft = draftPath(directory);
  writeFileSync(draft, content);
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

/** Also two containers with the same process number do not share it. */
function draftPath(directory: string): string {
  return join(directory, `.owner-${process.pid}-${randomUUID()}.draft`);
}
