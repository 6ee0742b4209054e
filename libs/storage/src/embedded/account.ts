import { realpathSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { AppError } from '#config';

/** Who runs the server's processes. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root, and every system has this account. */
export const NOBODY: Account = { uid: 65_534, gid: 65_534 };

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The account of this process. */
export function ownAccount(): Account {
  return { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
}

/** Options for `spawn` to run something as this account; only root may ask for another one than its own. */
export function spawnAs(account: Account): { uid: number; gid: number } | Record<string, never> {
  return isRoot() ? { uid: account.uid, gid: account.gid } : {};
}

/**
 * Whether an account may enter every directory on the way to an existing path, and enter or execute the path itself.
 * Looks at modes only, not at access control lists.
 */
export function canReach(path: string, account: Account): boolean {
  for (let at = realpathSync(path); ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** initdb asks the system for the name of its user and gives up without an answer (`docker run --user 1234`). */
export function unknownUser(uid: number, cause?: unknown): AppError {
  const message =
    `The embedded PostgreSQL cannot be created by user id ${uid}: the system knows no name for it. ` +
    `Set DATABASE_URL to a PostgreSQL of your own, or add a line for ${uid} to /etc/passwd.`;
  return new AppError('EMBEDDED_UNKNOWN_UID', message, { cause });
}

/** @throws AppError `EMBEDDED_UNKNOWN_UID` when the system has no name for this process's user. */
export function requireKnownUser(): void {
  try {
    userInfo();
  } catch (error) {
    throw unknownUser(ownAccount().uid, error);
  }
}
